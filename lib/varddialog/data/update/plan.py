"""What an update asks: the series with a live source, by API, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Mapping

from varddialog.data.sources.base import Done, Unchanged, Wanted
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
    unknown = [name for name in sources if name not in APIS]
    faults = [
        Fault(f"Okänd källa: «{name}».", allowed=", ".join(APIS), todo=did_you_mean(name, APIS)) for name in unknown
    ]
    for name in indicators:
        if name in everything:
            if sources and not unknown and (api := everything[name][0].api) not in sources:
                what = f"Måttet {name} hämtas från {api}, som inte är bland källorna."
                faults.append(Fault(what, allowed=", ".join(sources)))
        elif name in catalogue.indicators or name in catalogue.foreign:
            what = f"Måttet {name} har ingen källa som kan hämtas."
            faults.append(Fault(what, todo="Skriv «live» för måttet i params."))
        else:
            faults.append(Fault(f"Okänt mått: «{name}».", todo=did_you_mean(name, list(everything))))
    if faults:
        raise UsageError(*faults)
    return {
        key: queries
        for key, queries in everything.items()
        if (not sources or queries[0].api in sources) and (not indicators or key in indicators)
    }


def plan(
    queries: Mapping[str, tuple[Query, ...]],
    asked: Mapping[str, SeriesAsked],
    since: dt.date | None,
    held: Container[str],
    day: dt.date,
) -> dict[str, list[Wanted]]:
    """API → the series to ask it for.

    since: instead of the day when each was last asked for; a series that the store does not hold, or that has another
    query than it had, is asked for whole all the same. held: the series that the store holds. day: today.
    """
    made: dict[str, list[Wanted]] = {}
    for key, own in queries.items():
        before = asked.get(key)
        if key not in held or (before is not None and before.query != query_digest(own)):
            wanted = Wanted(key, own)
        elif before is None or before.day > day:  # a clock that was ahead tells nothing
            wanted = Wanted(key, own, since)
        else:
            wanted = Wanted(key, own, since or before.day, before.version)
        made.setdefault(own[0].api, []).append(wanted)
    return made


def known_until(wanted: Wanted, end: Done | Unchanged, before: SeriesAsked | None, day: dt.date) -> SeriesAsked | None:
    """What may be taken as known of a series that was asked for today and ended so.

    before: what was known. None: nothing more than that, since what changed before `wanted.since` was not asked for.
    """
    whole = isinstance(end, Done) and not end.partial
    if whole or wanted.since is None or (before is not None and wanted.since <= before.day <= day):
        return SeriesAsked(day=day, query=query_digest(wanted.queries), version=end.version)
    return None
