"""The archive of a real pack: whole, sound, without a dead link, the same every time, and only of what is fresh."""

from __future__ import annotations

import errno
import hashlib
import html
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from tests.publish.share.conftest import Files, share, unpacked

from varddialog.batch.record import Failure, read_record, write_record
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.data.manifest import read_manifest
from varddialog.errors import DataError, UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.publish.files import MAKERS
from varddialog.publish.paper.pdf import lacking
from varddialog.publish.share.links import target
from varddialog.publish.share.share import Shared
from varddialog.publish.share.verify import verify

pytestmark = pytest.mark.slow
_ADDRESS = re.compile(r'\s(?:xlink:)?(?:href|src|action)="([^"]*)"')


def test_all_of_the_pack_is_there_and_nothing_else(shared: Shared, files: Files, site: Path) -> None:
    folder = shared.unit.folder
    own = {path.name for path in (site / folder).iterdir()}
    assert {name.partition("/")[2] for name in files if name.startswith(f"{folder}/")} == own
    assert {"index.html", "dagordning.html", "diskussionsfragor.html", "fokusomrade-cancervard.ipynb"} <= own
    assert set(MAKERS) - ({"faktablad.pdf"} if lacking() else set()) <= own
    for name in ("LÄS MIG.html", "kallor.html", "LICENS.txt", "manifest.json", "metod.html", "omgang.html"):
        assert name in files
    assert {name for name in files if name.startswith("matt/")} == {f"matt/{p.name}" for p in (site / "matt").iterdir()}
    assert not [name for name in files if re.search(r"misslyckad|run\.json|\.lock|\.js$|/\.|\\", name)]


def test_every_link_leads_to_a_place_that_is_there(files: Files) -> None:
    pages = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    places = {name: set(re.findall(r'\sid="([^"]*)"', page)) for name, page in pages.items()}
    followed = 0
    for name, page in pages.items():
        for address in _ADDRESS.findall(page):
            to = target(address, name)
            if to is None and not address.startswith("#"):
                assert address.startswith(("https://", "data:")), f"{name}: {address}"
                continue
            to = to or name
            assert to in files, f"{name}: {address}"
            place = html.unescape(address).partition("#")[2]
            assert not place or to not in places or place in places[to], f"{name}: {address}"
            followed += 1
    assert followed > 1000


def test_nothing_is_asked_of_other_places_and_no_script_is_run(files: Files) -> None:
    for name, content in files.items():
        if name.endswith(".html"):
            assert not re.search(rb"<(?:script|iframe|object|embed|link)\b|@import|url\((?!['\"]?data:)", content), name


def test_the_pages_of_the_archive_are_sound(shared: Shared, files: Files) -> None:
    for name in ("LÄS MIG.html", "kallor.html", f"{shared.unit.folder}/index.html", "matt/index.html", "omgang.html"):
        html5lib.HTMLParser(strict=True).parse(files[name].decode())


def test_a_notebook_is_shared_as_it_was_rendered(shared: Shared, files: Files, site: Path) -> None:
    notebooks = [name for name in files if name.endswith(".ipynb")]
    assert len(notebooks) >= 11
    for name in notebooks:
        assert files[name] == (site / name).read_bytes()


def test_the_manifest_has_every_file_and_what_the_reports_are_made_of(shared: Shared, files: Files, site: Path) -> None:
    told = json.loads(files["manifest.json"])
    assert told["files"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"
    }
    record = read_record(site, DEFAULT_CYCLE)
    mine = {key: job for key, job in record.jobs.items() if key.startswith(shared.unit.folder)}
    assert {key: report["inputs"] for key, report in told["reports"].items()} == {
        key: job.inputs.parts for key, job in mine.items()
    }
    assert told["versions"] == record.versions
    assert "seconds" not in files["manifest.json"].decode()
    assert set(verify(shared.path).files) == set(told["files"])


def test_every_series_that_is_shown_has_its_terms(files: Files, project: Project, catalogue: Catalogue) -> None:
    told = json.loads(files["manifest.json"])["sources"]
    named = {name for source in told for name in source["indicators"]}
    stored = read_manifest(project.store, "data/store").series
    shown = {i.name for key, i in catalogue.indicators.items() if f"matt/{i.slug}.html" in files and key in stored}
    assert len(shown) > 100
    assert shown <= named
    page = html.unescape(files["kallor.html"].decode())
    for source in told:
        for words in (source["publisher"], source["channel"], source["licence"] or "ingen angiven"):
            assert words in page
        assert source["attribution"], f"nobody says how {source['publisher']} is named"
        for name in source["indicators"]:
            assert name in page


def test_the_licence_comes_along(files: Files, project: Project) -> None:
    assert files["LICENS.txt"] == (project.root / "LICENSE").read_bytes()


def test_the_receiver_is_told_where_to_begin_and_how_to_check(shared: Shared, files: Files) -> None:
    page = files["LÄS MIG.html"].decode()
    for words in ("Packa upp hela arkivet", "certutil -hashfile", "Get-FileHash", "shasum -a 256", "utan internet"):
        assert words in page
    assert f'<a href="{shared.unit.folder}/index.html">' in page
    for name in files:
        if name.startswith(f"{shared.unit.folder}/") and not name.endswith("/index.html"):
            assert f'href="{name}"' in page, f"{name} is not told of"


def test_an_archive_is_small(shared: Shared) -> None:
    assert shared.size == shared.path.stat().st_size < 15_000_000


def test_the_same_pack_gives_the_same_bytes_elsewhere_and_later(
    archive_of: Callable[[str], Shared], results: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = archive_of("09-gotland")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        second = share(project, results, "gotland")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert second.path.read_bytes() == first.path.read_bytes()
    assert second.path == results / DEFAULT_CYCLE / "arkiv" / "varddialog-09-gotland-2026-2027.zip"
    assert (second.sha256, second.files) == (hashlib.sha256(second.path.read_bytes()).hexdigest(), first.files)


# what is not shared


def _change(path: Path, content: bytes) -> None:
    """Another file in the place of one that the built site has too."""
    path.unlink()
    path.write_bytes(content)


def _refused(project: Project, results: Path, unit: str = "gotland") -> str:
    with pytest.raises((UsageError, DataError)) as refused:
        share(project, results, unit)
    assert not list(results.rglob("*.zip"))
    return str(refused.value)


def test_a_pack_that_is_not_whole_is_refused(results: Path, project: Project) -> None:
    folder = results / DEFAULT_CYCLE / "09-gotland"
    (folder / "diskussionsfragor.html").unlink()
    (folder / "faktaunderlag.xlsx").unlink()
    assert _refused(project, results) == (
        "Gotland: Är inte gjort (2): Diskussionsfrågor och faktaunderlag.xlsx. "
        "Kör «varddialog build --region Gotland» och dela sedan igen."
    )
    assert "Är inte gjort" in _refused(project, results, "skåne")


def test_a_report_that_is_stale_or_failed_is_refused(results: Path, project: Project) -> None:
    folder = results / DEFAULT_CYCLE
    record = read_record(folder, DEFAULT_CYCLE)
    first, second = (record.jobs[f"09-gotland/{n}"] for n in ("1-halsa-i-befolkningen", "2-kvalitet-i-tjansterna"))
    first.inputs.parts["data"] = "andra"
    second.failure = Failure(cell="area", error="KeyError", message="x")
    write_record(folder, record)
    said = _refused(project, results).splitlines()
    assert said[0].startswith("Gotland: Är gammalt (")
    assert "Hälsa i befolkningen" in said[0]
    assert said[1].startswith("Gotland: Misslyckades senast (1): Kvalitet i tjänsterna. Kör «varddialog build")


def test_pages_of_another_time_than_the_reports_are_refused(results: Path, project: Project) -> None:
    record = read_record(results / DEFAULT_CYCLE, DEFAULT_CYCLE)
    record.site = "andra"
    write_record(results / DEFAULT_CYCLE, record)
    assert "Är gammalt (1): sidorna om hela landet." in _refused(project, results)


def test_a_notebook_changed_by_hand_is_refused(results: Path, project: Project) -> None:
    path = results / DEFAULT_CYCLE / "09-gotland" / "1-halsa-i-befolkningen.ipynb"
    _change(path, path.read_bytes().replace(b"Gotland", b"Gutland"))
    said = _refused(project, results)
    assert "Är ändrat för hand efter bygget (1): Hälsa i befolkningen. " in said
    assert "--force" in said


def test_a_trace_of_the_machine_is_refused_with_its_place(results: Path, project: Project) -> None:
    path = results / DEFAULT_CYCLE / "09-gotland" / "kortrapport.html"
    _change(path, path.read_bytes().replace(b"</main>", f"<p>{project.root}/data</p></main>".encode()))
    said = _refused(project, results)
    assert said.startswith("09-gotland/kortrapport.html: Innehåller uppgift om datorn (sökväg): «")
    assert str(project.root) in said


def test_what_lies_beside_the_pack_stays_at_home(
    archive_of: Callable[[str], Shared], results: Path, project: Project
) -> None:
    folder = results / DEFAULT_CYCLE / "09-gotland"
    for name in ("1-halsa-i-befolkningen.misslyckad.ipynb", "anteckning.txt", ".index.html.123"):
        (folder / name).write_text(str(project.root), encoding="utf-8")
    assert share(project, results, "gotland").sha256 == archive_of("09-gotland").sha256


def test_a_link_that_leads_out_of_the_results_takes_no_file_along(results: Path, project: Project) -> None:
    folder, secret = results / DEFAULT_CYCLE, results.parent / "hemligt.html"
    secret.write_text("hemligt", encoding="utf-8")
    _change(folder / "metod.html", b"")
    (folder / "metod.html").unlink()
    (folder / "metod.html").symlink_to(secret)
    made = unpacked(share(project, results, "gotland").path.read_bytes())
    assert "metod.html" not in made
    assert not [name for name, content in made.items() if b"hemligt" in content]


def test_a_full_disk_leaves_the_archive_that_was_there(
    results: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = share(project, results, "gotland")
    before = made.path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match=r"Disken är full\."):
        share(project, results, "gotland")
    monkeypatch.undo()
    assert [path.read_bytes() for path in made.path.parent.iterdir()] == [before]
