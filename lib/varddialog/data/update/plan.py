"""What an update asks: the series with a live source, by API, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from varddialog.data.sources.base import Wanted
from varddialog.data.update.asked import SeriesAsked, query_digest
from varddialog.errors import Fault, UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.live import APIS, Query
from varddialog.swedish import did_you_mean


def live_queries(catalogue: Catalogue) -> dict[str, tuple[Query, ...]]:
    """Series → its queries, for every series that has a live source; indicators first."""
    own = {i.id: tuple(i.live) for i in catalogue.indicators.values() if i.live}
    return own | {s.id: tuple(s.live) for s in catalogue.foreign.values() if s.live}


def chosen_queries(
    catalogue: Catalogue, sources: Collection[str], indicators: Collection[str]
) -> dict[str, tuple[Query, ...]]:
    """The queries of the sources and series that are named, of all when none is.

    Raises UsageError for a source or series that does not exist, or a series without a live source.
    """
    everything = live_queries(catalogue)
    for name in sources:
        if name not in APIS:
            raise UsageError(Fault(f"Okänd källa: «{name}».", allowed=", ".join(APIS), todo=did_you_mean(name, APIS)))
    for name in indicators:
        if name not in everything:
            known = name in catalogue.indicators or name in catalogue.foreign
            what = f"Måttet {name} har ingen källa som kan hämtas." if known else f"Okänt mått: «{name}»."
            todo = "Skriv «live» för måttet i params." if known else did_you_mean(name, list(everything))
            raise UsageError(Fault(what, todo=todo))
    return {
        key: queries
        for key, queries in everything.items()
        if (not sources or queries[0].api in sources) and (not indicators or key in indicators)
    }


def plan(
    queries: Mapping[str, tuple[Query, ...]], asked: Mapping[str, SeriesAsked], since: dt.date | None
) -> dict[str, list[Wanted]]:
    """API → the series to ask it for. since: instead of the day when each was last asked for."""
    made: dict[str, list[Wanted]] = {}
    for key, own in queries.items():
        before = asked.get(key)
        if before is not None and before.query == query_digest(own):
            wanted = Wanted(key, own, since or dt.date.fromisoformat(before.day), before.version)
        else:
            wanted = Wanted(key, own, since)
        made.setdefault(own[0].api, []).append(wanted)
    return made
