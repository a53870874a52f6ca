"""The snapshots of the store (ögonblicksbilder): the embedded one, those that updates made, and which one counts.

The embedded snapshot lies in the store's folder itself. An update makes a folder of its own beside it, and `current`
names the one that counts: one file that is replaced whole, so that the store changes in one step or not at all, and
whoever reads while it changes goes on with the snapshot that it began with.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from varddialog.atomic import write_atomic
from varddialog.config import CURRENT, SNAPSHOT, current
from varddialog.data.schema import MANIFEST
from varddialog.errors import DataError, Fault

_FRESH = ".fresh"
_WHY = {
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.EACCES: "behörighet saknas",
    errno.EPERM: "behörighet saknas",
    errno.EROFS: "disken är skrivskyddad",
}


@contextmanager
def writing(stores: Path) -> Iterator[Path]:
    """A folder to make a snapshot in, by the only process that changes the store; removed again unless committed.

    Raises DataError when another process changes the store, or when nothing can be written there.
    """
    fresh = stores / _FRESH
    try:
        stores.mkdir(parents=True, exist_ok=True)
        lock = FileLock(stores / ".lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise DataError(
            Fault("En annan körning ändrar redan uppgiftslagret.", "data/store", todo="Vänta tills den är klar.")
        ) from None
    except OSError as error:
        raise DataError(_unwritable(error)) from error
    try:
        _sweep(stores)
        fresh.mkdir()
        yield fresh
    except OSError as error:
        raise DataError(_unwritable(error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        lock.release()


def commit(stores: Path, fresh: Path, day: str) -> str:
    """Let the snapshot in `fresh` count from now on; its name: the day, with a number when the day has several.

    The one that counted until now stays, and can be returned to; older ones, but for the embedded one, go.
    """
    before, name = current(stores), _free(stores, day)
    fresh.rename(stores / name)
    _point(stores, name)
    for left in _there(stores):
        if left not in (name, before):
            shutil.rmtree(stores / left, ignore_errors=True)
    return name


def newest(stores: Path) -> str:
    """The newest snapshot that is there beside the one that counts, empty when there is only the embedded one."""
    names = [name for name in _there(stores) if (stores / name / MANIFEST).is_file()]
    try:
        counts = current(stores)
    except DataError:
        counts = ""
    return max((name for name in names if name != counts), default="", key=_order)


def rollback(stores: Path, previous: str) -> None:
    """Let the snapshot `previous` (empty: the embedded one) count again.

    Raises DataError when it is not there any more.
    """
    if not (stores / previous / MANIFEST).is_file():
        raise DataError(
            Fault(
                f"Ögonblicksbilden {previous or 'som följer med projektet'} finns inte kvar.",
                "data/store",
                todo="Kör «varddialog data update», eller återställ data/store ur git.",
            )
        )
    _point(stores, previous)


def _point(stores: Path, name: str) -> None:
    """Write which snapshot counts, whole or not at all."""
    if not name:
        (stores / CURRENT).unlink(missing_ok=True)
        return
    write_atomic(stores / CURRENT, name + "\n")


def _there(stores: Path) -> list[str]:
    """The names of all snapshots but the embedded one, whole or not."""
    return [path.name for path in stores.iterdir() if path.is_dir() and SNAPSHOT.fullmatch(path.name)]


def _order(name: str) -> tuple[str, int]:
    """By day, and by number within it."""
    return name[:10], int(name[11:] or 1)


def _sweep(stores: Path) -> None:
    """Remove what a run that was killed has left: its folder, and files that were to replace others (atomic.py)."""
    shutil.rmtree(stores / _FRESH, ignore_errors=True)
    for left in stores.glob(".*.[0-9]*"):
        left.unlink()


def _free(stores: Path, day: str) -> str:
    """A name above all that the day has: one below them that is gone may still be told of as what another followed."""
    n = max((number for of, number in map(_order, _there(stores)) if of == day), default=0) + 1
    return day if n == 1 else f"{day}-{n}"


def _unwritable(error: OSError) -> Fault:
    return Fault(
        f"Uppgiftslagret går inte att skriva ({_WHY.get(error.errno or 0) or error.strerror or error}).",
        "data/store",
        todo="Det som fanns är orört. Ge plats eller rätt att skriva där, och kör igen.",
    )
