"""Snapshots of the store: which one counts, how it changes in one step, and what is left when something goes wrong."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from varddialog.config import CURRENT, Project, current
from varddialog.data import snapshots
from varddialog.data.schema import MANIFEST
from varddialog.data.snapshots import commit, newest, rollback, writing
from varddialog.data.store import Store
from varddialog.data.update.run import go_back
from varddialog.data.verify import verify
from varddialog.errors import DataError
from varddialog.model.catalogue import load_catalogue

DAY = "2026-11-26"


@pytest.fixture
def stores(tmp_path: Path) -> Path:
    """The folder of a store whose embedded snapshot is there, by its manifest alone."""
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / MANIFEST).write_text("{}", encoding="utf-8")
    return folder


def make(stores: Path, day: str = DAY) -> str:
    """A snapshot more, by its manifest alone, that counts from now on."""
    with writing(stores) as fresh:
        (fresh / "lager").mkdir()
        (fresh / "lager" / MANIFEST).write_text("{}", encoding="utf-8")
        return commit(stores, fresh / "lager", day)


def folders(stores: Path) -> list[str]:
    return sorted(path.name for path in stores.iterdir() if path.is_dir())


def a_second(project: Project, previous: str = "") -> str:
    """A snapshot of the project like the embedded one, that counts from now on; its name."""
    manifest = Store.of(project).manifest.model_copy(update={"previous": previous})
    with writing(project.stores) as fresh:
        lager = fresh / "lager"
        lager.mkdir()
        for name in manifest.files:
            shutil.copy(project.stores / name, lager / name)
        (lager / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
        return commit(project.stores, lager, DAY)


# which one counts


def test_without_a_pointer_the_embedded_one_counts(stores: Path) -> None:
    assert current(stores) == ""
    assert current(stores / "missing") == ""
    assert current(stores / MANIFEST / "below a file") == ""


def test_what_is_committed_counts_and_is_whole_where_it_lies(stores: Path) -> None:
    assert make(stores) == DAY == current(stores)
    assert (stores / DAY / MANIFEST).is_file()
    assert folders(stores) == [DAY]


def test_several_of_a_day_have_numbers_and_none_takes_the_name_of_another(stores: Path) -> None:
    assert [make(stores) for _ in range(4)] == [DAY, f"{DAY}-2", f"{DAY}-3", f"{DAY}-4"]
    assert current(stores) == f"{DAY}-4"
    assert folders(stores) == [f"{DAY}-3", f"{DAY}-4"]
    # what -3 followed is gone, and its name is not given to another, which would then be what -3 followed
    rollback(stores, f"{DAY}-3")
    assert make(stores) == f"{DAY}-5"


def test_the_one_that_counted_before_is_kept_and_older_ones_go(stores: Path) -> None:
    for day in ("2026-11-26", "2026-12-24", "2027-01-15"):
        make(stores, day)
    assert folders(stores) == ["2026-12-24", "2027-01-15"]
    assert (stores / MANIFEST).is_file()


def test_a_half_removed_old_one_goes_too_and_what_is_no_snapshot_stays(stores: Path) -> None:
    (stores / "2020-01-01-2").mkdir()
    (stores / "2020-01-01-2" / "half").write_bytes(b"x")
    (stores / "egna").mkdir()
    make(stores)
    assert folders(stores) == [DAY, "egna"]


def test_rollback_lets_the_one_that_is_named_count_and_keeps_the_other(stores: Path) -> None:
    make(stores)
    make(stores, "2026-12-24")
    rollback(stores, DAY)
    assert current(stores) == DAY
    rollback(stores, "")
    assert current(stores) == ""
    assert not (stores / CURRENT).exists()
    assert folders(stores) == [DAY, "2026-12-24"]


@pytest.mark.parametrize(
    ("previous", "said"), [(DAY, f"Ögonblicksbilden {DAY} finns"), ("", "Ögonblicksbilden som följer med projektet")]
)
def test_rollback_to_what_is_not_there_is_told_and_changes_nothing(stores: Path, previous: str, said: str) -> None:
    make(stores, "2026-12-24")
    (stores / MANIFEST).unlink()
    with pytest.raises(DataError, match=said):
        rollback(stores, previous)
    assert current(stores) == "2026-12-24"


def test_the_newest_is_by_day_and_number_and_never_the_one_that_counts(stores: Path) -> None:
    assert newest(stores) == ""
    for name in (DAY, f"{DAY}-2", f"{DAY}-10", "2025-12-31-11"):
        (stores / name).mkdir()
        (stores / name / MANIFEST).write_text("{}", encoding="utf-8")
    (stores / "2027-01-01").mkdir()  # without a manifest it holds nothing
    assert newest(stores) == f"{DAY}-10"
    (stores / CURRENT).write_text(f"{DAY}-10\n", encoding="utf-8")
    assert newest(stores) == f"{DAY}-2"


# one at a time, and what is left


def attempt(stores: Path, work: Callable[[Path], object]) -> None:
    with writing(stores) as fresh:
        work(fresh)


def test_only_one_process_changes_the_store(stores: Path) -> None:
    with FileLock(stores / ".lock"), pytest.raises(DataError, match="En annan körning ändrar redan"), writing(stores):
        pass
    make(stores)


def test_a_process_that_is_killed_leaves_no_lock(stores: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from varddialog.data.snapshots import writing
with writing(Path({str(stores)!r})) as fresh:
    (fresh / "half").write_bytes(b"x")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    assert folders(stores) == [".fresh"]
    with writing(stores) as fresh:
        assert list(fresh.iterdir()) == []
    assert folders(stores) == []


def test_what_a_killed_run_was_about_to_put_in_place_is_swept(stores: Path) -> None:
    for name in (f".{CURRENT}.4711", ".asked.json.4711"):
        (stores / name).write_bytes(b"x")
    make(stores)
    assert sorted(path.name for path in stores.iterdir() if path.is_file()) == [".lock", CURRENT, MANIFEST]


def test_a_folder_that_is_not_committed_goes_whatever_happened(stores: Path) -> None:
    def work(fresh: Path) -> None:
        (fresh / "half").write_bytes(b"x")
        raise KeyError

    with pytest.raises(KeyError):
        attempt(stores, work)
    assert folders(stores) == []


# nothing can be written


def test_a_store_that_cannot_be_written_is_told_with_what_to_do(stores: Path) -> None:
    (stores / ".lock").mkdir()
    with pytest.raises(DataError, match=r"data/store: Uppgiftslagret går inte att skriva .*Ge plats"), writing(stores):
        pass
    with pytest.raises(DataError, match="går inte att skriva"), writing(stores / MANIFEST):
        pass


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disken är full"),
        (errno.EACCES, "behörighet saknas"),
        (errno.EROFS, "disken är skrivskyddad"),
        (errno.EIO, re.escape(os.strerror(errno.EIO))),
    ],
)
def test_why_it_cannot_be_written_is_told(stores: Path, number: int, said: str) -> None:
    def work(fresh: Path) -> None:
        (fresh / "half").write_bytes(b"x")
        raise OSError(number, os.strerror(number), str(fresh))

    with pytest.raises(DataError, match=rf"går inte att skriva \({said}\)"):
        attempt(stores, work)
    assert folders(stores) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the disk that is always full is there on Linux alone")
def test_a_full_disk_is_called_so_by_those_who_write_tables_too(stores: Path) -> None:
    import pandas as pd

    from varddialog.data.write import write_table

    def work(fresh: Path) -> None:
        table = fresh / "observations.parquet"
        table.symlink_to("/dev/full")  # by a link: what fails to be written is removed, and that must not be the device
        write_table(pd.DataFrame({"year": range(100_000)}), table)

    with pytest.raises(DataError, match="disken är full"):
        attempt(stores, work)


def test_a_disk_that_fills_when_it_is_to_count_leaves_the_one_that_counted(
    stores: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(stores)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(snapshots, "write_atomic", full)
        with pytest.raises(DataError, match="disken är full"):
            make(stores, "2026-12-24")
    assert current(stores) == DAY
    # the next one sweeps what did not come to count
    assert make(stores, "2027-01-15") == current(stores)
    assert folders(stores) == [DAY, "2027-01-15"]


# a pointer that leads nowhere

COMMANDS = [
    ("data", "list"),
    ("data", "verify"),
    ("data", "diff"),
    ("data", "update"),
    ("check",),
    ("assess", "--region", "Skåne"),
    ("build", "--dry-run"),
    ("status",),
]
FOREIGN = [b"../x", b"/tmp", b"..", b"", b"\0\0\0", b"\xff\xfe", b"2026-11-26/../..", b"params", b".fresh"]


def assert_told(text: str, *pieces: str) -> None:
    """One fault with these pieces in order: a sentence, or the line of a table that `check` makes."""
    assert re.search(".*".join(map(re.escape, pieces)), text)
    assert text.count(pieces[0]) == 1
    assert "Traceback" not in text


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_pointer_to_a_snapshot_that_is_missing_is_told_by_every_command(
    small_project: Project, command: Callable[..., Any], words: tuple[str, ...]
) -> None:
    (small_project.stores / CURRENT).write_text("2026-11-26\n", encoding="utf-8")
    said = command(*words)
    assert said.code == 11
    assert_told(
        said.out + said.err,
        "data/store/2026-11-26/manifest.json",
        "Förteckningen över uppgifterna saknas.",
        "Gå tillbaka med «varddialog data rollback».",
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_pointer_to_something_else_is_told_by_every_command(
    small_project: Project, command: Callable[..., Any], words: tuple[str, ...]
) -> None:
    (small_project.stores / CURRENT).write_bytes(b"../x")
    said = command(*words)
    assert said.code == 11
    assert_told(
        said.out + said.err,
        "data/store/current",
        "Filen säger inte vilken ögonblicksbild som gäller.",
        "en mapp i data/store, som 2026-11-26",
        "Gå tillbaka med «varddialog data rollback».",
    )


@pytest.mark.parametrize("content", FOREIGN)
def test_no_pointer_leads_out_of_the_store(stores: Path, content: bytes) -> None:
    (stores / CURRENT).write_bytes(content)
    with pytest.raises(DataError, match=r"data/store/current: .*data rollback"):
        current(stores)


@pytest.mark.parametrize("content", [b"../x", b"2026-11-27", b"\0"])
def test_rollback_mends_a_pointer_that_leads_nowhere(
    small_project: Project, command: Callable[..., Any], content: bytes
) -> None:
    (small_project.stores / CURRENT).write_bytes(content)
    said = command("data", "rollback")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Nu gäller de uppgifter som följer med projektet: 2\u00a0serier")
    assert command("data", "verify").code == 0


def test_rollback_from_a_damaged_snapshot_goes_to_the_newest_that_is_left(small_project: Project) -> None:
    name = a_second(small_project)
    (small_project.stores / CURRENT).write_text("2026-12-24\n", encoding="utf-8")
    assert go_back(small_project)[0] == name == current(small_project.stores)
    (small_project.store / MANIFEST).write_text("{", encoding="utf-8")
    assert go_back(small_project)[0] == ""
    verify(Store.of(small_project), load_catalogue(small_project))


def test_a_damaged_file_of_a_snapshot_is_told_with_the_way_back(
    small_project: Project, command: Callable[..., Any]
) -> None:
    a_second(small_project)
    (small_project.store / "remarks.parquet").write_bytes(b"x")
    said = command("data", "verify")
    assert (said.code, said.err) == (
        11,
        f"data/store/{DAY}/remarks.parquet: Filen är ändrad: kontrollsumman stämmer inte. "
        "Gå tillbaka med «varddialog data rollback».\n",
    )
    assert command("data", "rollback").code == 0
    assert command("data", "verify").code == 0


def test_when_nothing_whole_is_left_rollback_says_where_to_get_it(small_project: Project) -> None:
    (small_project.store / MANIFEST).unlink()
    with pytest.raises(DataError, match="ur git"):
        go_back(small_project)


def test_whoever_reads_goes_on_with_the_snapshot_that_it_began_with(small_project: Project) -> None:
    before = Store.of(small_project)
    a_second(small_project)
    assert before.folder == small_project.stores
    assert Store.of(small_project).folder == small_project.stores / DAY
    before.verify_files()
