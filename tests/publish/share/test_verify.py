"""Whatever is done to an archive is told, and an archive made to do harm does none."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varddialog.errors import DataError
from varddialog.publish.share import verify as module
from varddialog.publish.share.archive import entry, pack
from varddialog.publish.share.manifest import FORMAT, NAME, ArchiveManifest, checksums
from varddialog.publish.share.verify import verify

FILES = {
    "12-skane/index.html": "<h1>Region Skåne</h1>".encode() * 40,
    "12-skane/faktablad.pdf": bytes(range(256)) * 9,
    "LÄS MIG.html": b"<p>Packa upp.</p>",
}


def manifest(files: dict[str, bytes], **other: object) -> bytes:
    told = ArchiveManifest(
        format=FORMAT, unit="Region Skåne", folder="12-skane", cycle="2026-2027", data_until="2026-11-21",
        files=checksums(files), versions={}, snapshot="", reports={}, sources=(),
    )  # fmt: skip
    return told.model_copy(update=other).as_json()


WHOLE = {**FILES, NAME: manifest(FILES)}
MADE = pack(WHOLE)


def told(path: Path, content: bytes) -> list[str]:
    """What is told of an archive, place and first words; nothing when it is as it was."""
    path.write_bytes(content)
    try:
        verify(path)
    except DataError as error:
        return [f"{fault.where}: {fault.what}" for fault in error.faults]
    return []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "arkiv.zip"


def test_the_same_files_give_the_same_bytes_in_whatever_order_they_come() -> None:
    assert pack(dict(reversed(WHOLE.items()))) == MADE
    with ZipFile(io.BytesIO(MADE)) as archive:
        assert {(i.date_time, i.external_attr, i.create_system) for i in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644 << 16, 3)
        }
        assert archive.namelist() == sorted(WHOLE)


def test_an_archive_as_it_was_made_is_told_to_be_so(path: Path) -> None:
    path.write_bytes(MADE)
    assert set(verify(path).files) == set(FILES)


CHANGES: dict[str, tuple[Callable[[dict[str, bytes]], object], list[str]]] = {
    "a file changed": (
        lambda files: files.update({"LÄS MIG.html": b"<p>Packa ner.</p>"}),
        ["LÄS MIG.html: Filen är ändrad: kontrollsumman är en annan."],
    ),
    "a file removed": (lambda files: files.pop("12-skane/index.html"), ["12-skane/index.html: Filen är borttagen."]),
    "a file added": (
        lambda files: files.update({"12-skane/ny.html": b""}),
        ["12-skane/ny.html: Filen är tillagd: den står inte i förteckningen."],
    ),
    "a file renamed": (
        lambda files: files.update({"12-skane/a.html": files.pop("12-skane/index.html")}),
        [
            "12-skane/a.html: Filen är tillagd: den står inte i förteckningen.",
            "12-skane/index.html: Filen är borttagen.",
        ],
    ),
    "the manifest removed": (
        lambda files: files.pop(NAME),
        ["arkiv.zip: Arkivet saknar manifest.json: det är ändrat, eller gjort på annat sätt."],
    ),
    "the manifest no manifest": (
        lambda files: files.update({NAME: b"{}"}),
        ["arkiv.zip, manifest.json: Förteckningen går inte att läsa."],
    ),
    "the manifest of a later time": (
        lambda files: files.update({NAME: manifest(FILES, format=9)}),
        ["arkiv.zip: Arkivets format 9 är okänt."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_done_to_the_files_is_told(path: Path, change: str) -> None:
    act, expected = CHANGES[change]
    files = dict(WHOLE)
    act(files)
    assert told(path, pack(files)) == expected


def test_everything_that_was_done_is_told_at_once(path: Path) -> None:
    files = {**WHOLE, "ny.txt": b"", "LÄS MIG.html": b""}
    del files["12-skane/faktablad.pdf"]
    assert len(told(path, pack(files))) == 3


def test_files_packed_anew_by_another_program_are_told(path: Path) -> None:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(WHOLE.items()):
            archive.writestr(ZipInfo(name, (2026, 1, 2, 3, 4, 6)), content)
    assert told(path, out.getvalue()) == [": Arkivet är packat på nytt: ordning, datum eller rättigheter är andra."]


@pytest.mark.parametrize("where", ["before", "after", "comment", "between"])
def test_what_is_hidden_beside_the_files_is_told(path: Path, where: str) -> None:
    if where == "comment":
        out = io.BytesIO(MADE)
        with ZipFile(out, "a") as archive:
            archive.comment = b"gomt"
        content = out.getvalue()
    elif where == "between":
        out = io.BytesIO()
        with ZipFile(out, "w") as archive:
            for name, body in sorted(WHOLE.items()):
                archive.writestr(entry(name), body)
                archive.fp.write(b"gomt")  # type: ignore[union-attr]
                archive.start_dir = archive.fp.tell()  # type: ignore[union-attr]
        content = out.getvalue()
    else:
        content = b"gomt" + MADE if where == "before" else MADE + b"gomt"
    assert told(path, content)


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # what the test is about
def test_a_file_that_is_there_twice_is_told(path: Path) -> None:
    out = io.BytesIO(MADE)
    with ZipFile(out, "a") as archive:
        archive.writestr(entry("LÄS MIG.html"), FILES["LÄS MIG.html"])
    assert "LÄS MIG.html: Filen finns flera gånger i arkivet." in told(path, out.getvalue())


@given(st.integers(0, len(MADE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_told_or_changes_no_file(
    tmp_path_factory: pytest.TempPathFactory, at: int, change: int
) -> None:
    """A few bits of a zip file mean nothing, such as those that fill the last byte of a packed file."""
    changed = bytearray(MADE)
    changed[at] ^= change
    if not told(tmp_path_factory.mktemp("byte") / "arkiv.zip", bytes(changed)):
        with ZipFile(io.BytesIO(changed)) as archive:
            assert {info.filename: archive.read(info) for info in archive.infolist()} == WHOLE


@given(st.integers(0, len(MADE) - 1))
def test_an_archive_cut_short_is_told(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    assert told(tmp_path_factory.mktemp("cut") / "arkiv.zip", MADE[:length])


def test_what_is_no_archive_is_told(path: Path) -> None:
    (said,) = told(path, b"%PDF-1.7 inget arkiv")
    assert said.startswith("arkiv.zip: Arkivet är trasigt och går inte att läsa")
    with pytest.raises(DataError, match=r"Filen finns inte\."):
        verify(path.with_name("ingen.zip"))


# an archive made to do harm


@pytest.mark.parametrize("name", ["../../utanfor.html", "/etc/passwd", "C:\\Windows\\a.exe", "12-skane/../../x"])
def test_a_way_out_of_the_archive_is_told_and_nothing_is_written(path: Path, name: str) -> None:
    before = set(path.parent.parent.rglob("*"))
    said = told(path, pack({**WHOLE, name: b"x"}))
    assert [line for line in said if "Filen är tillagd" in line]
    assert set(path.parent.parent.rglob("*")) - before == {path}


def test_a_way_out_that_the_manifest_names_is_told_too(path: Path) -> None:
    files = {**FILES, "../utanfor.html": b"x"}
    assert told(path, pack({**files, NAME: manifest(files)})) == [
        "../utanfor.html: Filens namn leder ut ur arkivet."
    ]  # fmt: skip


def test_a_file_that_unpacks_to_far_too_much_is_not_unpacked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1_000_000)
    bomb = pack({**WHOLE, "12-skane/index.html": bytes(5_000_000)})
    assert told(path, bomb) == ["arkiv.zip: Arkivet är orimligt stort och läses inte."]


def test_a_file_that_lies_of_its_size_is_read_no_further(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_MANIFEST", 10_000)
    made = bytearray(pack({**WHOLE, NAME: bytes(50_000)}))
    at = made.index(b"manifest.json", made.index(b"PK\1\2"))  # in the list at the end
    made[at - 46 + 24 : at - 46 + 28] = (10).to_bytes(4, "little")
    assert told(path, bytes(made))


def test_too_many_files_are_not_looked_through(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 3)
    assert told(path, MADE) == ["arkiv.zip: Arkivet är orimligt stort och läses inte."]


def test_a_locked_file_is_told(path: Path) -> None:
    made = bytearray(MADE)
    at = made.index(b"PK\1\2") + 8
    made[at] |= 1  # encrypted, says its entry
    assert told(path, bytes(made))


def test_the_manifest_is_read_by_a_person_too() -> None:
    lines = WHOLE[NAME].decode().splitlines()
    assert f'  "LÄS MIG.html": "{checksums(FILES)["LÄS MIG.html"]}"' in lines
    assert json.loads(WHOLE[NAME])["files"] == checksums(FILES)


def test_an_archive_is_not_stored_unpacked() -> None:
    with ZipFile(io.BytesIO(MADE)) as archive:
        assert ZIP_STORED not in {info.compress_type for info in archive.infolist()}
