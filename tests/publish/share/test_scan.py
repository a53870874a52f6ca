"""Whatever a file tells of the machine that made it is found, in every format, and nothing else is taken for it."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.publish.share.planting import embedded, jpeg, notebook, office, pdf, png, png_chunk, png_text

from varddialog.config import Project
from varddialog.publish.share.machine import Machine
from varddialog.publish.share.scan import Scan

NOW = datetime(2026, 11, 27, 6, 33, 11, tzinfo=UTC)
CORE = "<cp:coreProperties><dc:creator>{}</dc:creator><dcterms:created>{}</dcterms:created></cp:coreProperties>"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" rdf:about="" xmp:CreateDate="2024-01-01T10:30:00"/>'
    "</rdf:RDF></x:xmpmeta>"
)
MIDNIGHT = "2026-11-21T00:00:00Z"
TEXTS = {
    "home": "<p>/home/kv17/x.csv</p>",
    "checkout": "<pre>File /arbete/utkast/lib/a.py</pre>",
    "checkout in an address": '<a href="file:///arbete/utkast/lib/a.py">a</a>',
    "folder with a space": "<p>se /data/mina filer/bild</p>",
    "folder with a space in an address": "<p>se /data/mina%20filer/bild</p>",
    "temporary": "File /tmp/ipykernel_412/33.py",
    "another machine": "sparad i /Users/maja/Documents",
    "another machine, Windows": r"sparad i C:\Users\maja\rapport",
    "another machine, Windows in a string": r"sparad i C:\\Users\\maja\\rapport",
    "written with entities": "<p>&#47;arbete&#x2F;utkast</p>",
    "user": "gjord av kv17 på jobbet",
    "user of an ordinary name, with host": "root@utv-4471",
    "host": "gjord på UTV-4471",
    "clock": "<p>gjord 2026-11-27 06:33:11.123</p>",
    "clock, to the minute": "<p>gjord 2026-11-27 06:33</p>",
    "clock of yesterday": "2026-11-26T17:00:00Z",
    "clock, compact": "DTSTAMP:20261127T063311Z",
    "clock of programs in C": "Fri Nov 27 06:33:11 2026",
    "clock of mail": "Fri, 27 Nov 2026 06:33:11 +0000",
    "seconds since 1970": f"tid={NOW.timestamp():.3f}",
    "thousandths since 1970": f"tid={NOW.timestamp() * 1000:.0f}",
    "seconds since 1970, whole, where no reader sees them": f'<meta name="v" content="{NOW.timestamp():.0f}">',
    "metadata of a drawing, old": "<svg><metadata><dc:date>2019-05-01T10:00:00</dc:date></metadata></svg>",
    "author of a page": '<meta name="author" content="root">',
    "comment": "<!-- root -->",
    "data in an address": '<a href="data:text/csv,a%0D%0A%2Farbete%2Futkast">hämta</a>',
}
FILES = {
    **{f"{name}, in text": text.encode() for name, text in TEXTS.items()},
    "PNG, text": png_text("/arbete/utkast"),
    "PNG, packed text": png_text("/arbete/utkast", "zTXt"),
    "PNG, packed international text": png_text("/arbete/utkast", "iTXt"),
    "PNG, user of an ordinary name": png_text("root"),
    "PNG, time": png_chunk(b"tIME", struct.pack(">H5B", 2025, 3, 4, 10, 0, 0)),
    "PNG, EXIF": png_chunk(b"eXIf", b"MM\0*\0\0\0\x08utv-4471"),
    "PNG, something after the picture": png() + b"/arbete/utkast",
    "JPEG, program": jpeg(software="kv17 ritprogram"),
    "JPEG, time": jpeg(date="2021:11:27 06:33:00"),
    "page with a picture in it": embedded(png_text("/arbete/utkast")),
    "notebook, its metadata": notebook({"papermill": {"output_path": "/arbete/utkast/x.ipynb"}}),
    "notebook, times of its run": notebook({"papermill": {"start_time": "2024-01-02T03:04:05.678"}}),
    "notebook, code": notebook(source='open("/arbete/utkast/x")'),
    "notebook, code for Windows": notebook(source=r'open("C:\\Users\\x")'),
    "notebook, a picture": notebook(picture=png_text("/arbete/utkast")),
    "notebook, an output cut into lines": notebook(html="<b>/arbete/utkast</b>"),
    "workbook, who made it": office({"docProps/core.xml": CORE.format("root", MIDNIGHT)}),
    "workbook, when": office({"docProps/core.xml": CORE.format("Vårddialog", "2024-02-03T10:11:12Z")}),
    "workbook, a part": office({"xl/sharedStrings.xml": "<t>/arbete/utkast</t>"}),
    "workbook, name of a part": office({"xl/kv17.xml": ""}),
    "workbook, day of a part": office({"xl/a.xml": ""}, (2026, 11, 27, 0, 0, 0)),
    "slides, a workbook in them": office({"ppt/b.xlsx": office({"docProps/core.xml": CORE.format("kv17", MIDNIGHT)})}),
    "slides, a picture in them": office({"ppt/media/a.png": png_text("/arbete/utkast")}),
    "PDF, who made it": pdf(author="root"),
    "PDF, letters of two bytes": pdf(author="åäö → kv17"),
    "PDF, when": pdf(author="D:20240101103000Z"),
    "PDF, XMP": pdf(xmp=XMP),
    "PDF, a file in it": pdf(attached=b"/arbete/utkast"),
    "PDF, drawn": pdf(drawn="BT (/arbete/utkast) Tj ET"),
    "PDF, a string": pdf(alt="/arbete/utkast"),
}  # fmt: skip
BROKEN_PNG = png_chunk(b"zTXt", b"Comment\0\0trasig")
CLEAN = {
    "an address on the web": b'<a href="https://example.org/home/tmp/mnt/x">x</a> example.org/arbete/utkast/a',
    "a way within the archive": b'<a href="../matt/tmp/x.html">x</a>',
    "a style sheet": b"<style>:root { color: red }</style>",
    "the day of the figures": "<p>Hämtat 2026-11-27. Uppgifter till och med 27 november 2026.</p>".encode(),
    "an old time": b"<p>2019-05-01 10:30:00</p>",
    "figures": f"<v>{NOW.timestamp():.0f}</v><v>0.{NOW.timestamp():.0f}</v><v>20262027</v> 12:30".encode(),
    "a name inside a word": b"<p>akv17 kv171 utv-44711</p>",
    "office files of the pack's day": office({"docProps/core.xml": CORE.format("Vårddialog", MIDNIGHT)}),
    "a picture": png(),
    "a photograph": jpeg(software="Vårddialog"),
    "a document": pdf(author="Vårddialog", drawn="BT (Region Skåne) Tj ET"),
    "a notebook": notebook({"kernelspec": {"name": "varddialog"}}, source="pack.overview()", picture=png()),
}


@pytest.fixture(scope="module")
def scan() -> Scan:
    paths = ("/arbete/utkast", "/data/mina filer", "/home/kv17")
    names = ("kv17", "root", "utv-4471")
    return Scan(Machine(paths, names, frozenset({"root"}), NOW - timedelta(hours=20), NOW + timedelta(hours=14)))


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_trace_is_found_and_told_with_its_file(scan: Scan, content: bytes) -> None:
    found = list(scan.faults({"mapp/fil": content}))
    assert found
    for fault in found:
        assert fault.where.startswith("mapp/fil")
        assert fault.what.startswith("Innehåller uppgift om datorn")


@pytest.mark.parametrize("content", CLEAN.values(), ids=CLEAN)
def test_what_is_no_trace_is_left_alone(scan: Scan, content: bytes) -> None:
    assert [str(fault) for fault in scan.faults({"mapp/fil": content})] == []


def test_the_place_in_the_file_is_told(scan: Scan) -> None:
    slides = office({"ppt/b.xlsx": office({"docProps/core.xml": CORE.format("kv17", MIDNIGHT)})})
    (fault,) = scan.faults({"12-skane/faktaunderlag.pptx": slides})
    assert fault.where == "12-skane/faktaunderlag.pptx, ppt/b.xlsx, docProps/core.xml"
    assert fault.what == "Innehåller uppgift om datorn (användare eller dator): «kv17»."


def test_the_name_of_a_file_is_looked_at_too(scan: Scan) -> None:
    (fault,) = scan.faults({"12-skane/kv17.html": b""})
    assert fault.where == "filnamnet 12-skane/kv17.html"


@pytest.mark.parametrize("content", [b"PK\x03\x04 trasig", b"%PDF-1.7 trasig", BROKEN_PNG], ids=["zip", "pdf", "png"])
def test_a_file_that_cannot_be_read_is_not_let_through(scan: Scan, content: bytes) -> None:
    (fault,) = scan.faults({"a": content})
    assert fault.what.startswith("Filen går inte att läsa och kan inte granskas: ")


def test_a_hundred_traces_of_one_file_are_told_as_a_few(scan: Scan) -> None:
    many = " ".join(f"/arbete/utkast/{n}  /home/kv17/{n}" for n in range(100))
    assert len(list(scan.faults({"a": many.encode()}))) == 5


def test_this_machine_is_known_by_its_folders_names_and_clock(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.node", lambda: "utv-4471.example.org")
    monkeypatch.setattr("getpass.getuser", lambda: "kv17")
    monkeypatch.setenv("USER", "root")
    monkeypatch.setenv("LOGNAME", "gotland")
    monkeypatch.setenv("HOME", "/hemma/kv17")
    oldest = datetime.now(UTC) - timedelta(days=3)
    machine = Machine.here(project, tmp_path, oldest.timestamp())
    assert {str(project.root), str(tmp_path), "/hemma/kv17"} <= set(machine.paths)
    assert {"kv17", "root", "utv-4471", "utv-4471.example.org"} <= set(machine.names)
    assert "gotland" not in machine.names, "a word of every pack betrays nothing"
    assert "root" in machine.ordinary
    assert "kv17" not in machine.ordinary
    assert machine.since < oldest
    for stamp in (datetime.now(UTC), oldest, datetime.now(UTC).astimezone()):
        assert list(machine.found_in(f"{stamp:%Y-%m-%d} {stamp.hour:02}:{stamp.minute:02}:31", by_program=False))
    for trace in (str(project.root), str(Path.cwd()), "/hemma/kv17/x", "kv17", "utv-4471"):
        assert list(machine.found_in(f"se {trace} här", by_program=False)), trace
