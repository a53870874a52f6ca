"""Why a result is not fresh, in words: what has changed, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from varddialog.batch.fingerprint import NOTEBOOK_PARTS, PAGE, Inputs
from varddialog.batch.plan import Job
from varddialog.model.catalogue import Catalogue
from varddialog.swedish import listing, number

# as many names as a line can hold
_NAMED = 3

_CHANGED = {
    "library": "programmet är ändrat",
    "params": "params/ är ändrat",
    "data": "uppgifterna är ändrade",
    "results": "rapporter som den bygger på är ändrade",
    "lock": "paketversionerna är ändrade",
    PAGE: "sidans utformning är ändrad",
}


# kind of a piece of params/ → what it is called
_PARAMS = {
    "ramverk": "ramverket", "ordning": "ramverket", "omgång": "dialogomgången", "val": "dialogomgången",
    "tema": "temana", "fokusområde": "fokusområdet", "arena": "arenan",
}  # fmt: skip


def changed(job: Job, before: Inputs, now: Inputs) -> list[str]:
    """In words, what differs; empty when the result is fresh. When the notebook must be run again, the page is too."""
    parts = [part for part in NOTEBOOK_PARTS if before.parts.get(part) != now.parts.get(part)]
    if not parts and before.parts.get(PAGE) != now.parts.get(PAGE):
        parts = [PAGE]
    return [_reason(part, job, before, now) for part in parts]


def _reason(part: str, job: Job, before: Inputs, now: Inputs) -> str:
    if part == "notebook":
        return f"notebooken {job.report.notebook} är ändrad"
    if part == "parameters":
        differ = sorted(
            k for k in before.parameters.keys() | now.parameters.keys()
            if before.parameters.get(k) != now.parameters.get(k)
        )  # fmt: skip
        return f"parametrarna är ändrade{_named(differ)}"
    return f"{_CHANGED[part]}{_named(_names(part, job, before, now))}"


def _names(part: str, job: Job, before: Inputs, now: Inputs) -> Iterable[str]:
    """What changed, as a reader knows it; nothing when the pieces of the older result are lost."""
    if now.shared is None or not before.pieces or part == "results":
        return ()
    wanted = now.shared.names(job, part)
    if part not in ("params", "data"):  # what is gone has changed too
        wanted = sorted({*wanted, *(name for name in before.pieces if name.startswith(f"{part}/"))})
    differ = [name for name in wanted if before.pieces.get(name) != now.pieces.get(name)]
    return dict.fromkeys(_name(name, now.shared.catalogue) for name in differ)


def _name(piece: str, catalogue: Catalogue) -> str:
    """A piece as a reader knows it: the name of an indicator, a file of the package, a package."""
    part, _, rest = piece.partition("/")
    if part == PAGE:
        return rest
    if part == "params":
        kind, _, key = rest.partition("/")
        if kind == "mått":
            return _indicator(key, catalogue)
        if kind == "tillägg":
            return f"{key.partition('/')[0]}: tillägg eller kommentar"
        return _PARAMS.get(kind, "enheterna")
    if part == "data":
        if rest.startswith("dialog/"):
            return f"registrerade samtal ({rest.partition('/')[2]})"
        if rest.startswith("utlandet/"):
            return f"den internationella serien {rest.partition('/')[2]}"
        return _indicator(rest.partition("/")[0], catalogue)
    return rest


def _indicator(key: str, catalogue: Catalogue) -> str:
    known = catalogue.indicators.get(key)
    return known.name if known else key


def _named(names: Iterable[str]) -> str:
    shown = some(list(names))
    return f" ({shown})" if shown else ""


def some(names: Sequence[str]) -> str:
    """At most three names, then how many more: `a, b, c och 4 till`."""
    more = len(names) - _NAMED
    return listing([*names[:_NAMED], f"{number(more)} till"] if more > 0 else names)
