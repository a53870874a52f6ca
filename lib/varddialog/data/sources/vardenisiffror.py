"""Vården i siffror, whose interface is undocumented: it may change or close without notice.

It is therefore off unless `VARDDIALOG_VARDENISIFFROR` is 1, and nothing may need it. Values stand in whatever unit the
measure has there; whether that is the indicator's own is checked by the one who writes the query.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from varddialog.data.rows import Observation
from varddialog.data.sources.answers import Untrusted, field, figure, listed, one_by_one, queries
from varddialog.data.sources.base import Batch, Done, Event, Heeded, Lacking, Wanted
from varddialog.model.live import VardenISiffrorQuery

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

SWITCH = "VARDDIALOG_VARDENISIFFROR"
OFF = (
    "Vården i siffror läses inte, eftersom dess gränssnitt är odokumenterat och kan ändras utan förvarning. "
    f"Sätt {SWITCH}=1 för att läsa det ändå."
)
UNDOCUMENTED = "Värdena kommer ur ett odokumenterat gränssnitt (Vården i siffror) och bör jämföras med webbplatsen."

_PATH = "api/measurements/measurementswithmetadata"
_RIKET = "SE"


class VardenISiffror:
    """The source."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """Every series whole, each time, or none when the source is off."""
        if os.environ.get(SWITCH) != "1":
            yield from (Lacking(one.series, OFF) for one in wanted)
            return
        yield from one_by_one(wanted, lambda one: _series(one, client, regions))


def _series(wanted: Wanted, client: Client, regions: Sequence[str]) -> Iterator[Event]:
    found: dict[tuple[str, int], Observation] = {}
    units = {_RIKET if region == "00" else region: region for region in regions}
    for query in queries(wanted, VardenISiffrorQuery):
        seen = set()
        for unit in listed(client.json(_PATH, body=_body(query, list(units))), _PATH):
            measure, organisation = field(unit, "measureId", _PATH), field(unit, "organizationId", _PATH)
            if measure != query.measure or organisation not in units:
                what = f"Svaret gäller måttet {measure} i {organisation}, som inte efterfrågades."
                raise Untrusted(what, _PATH)
            for given in listed(field(unit, "measurements", _PATH), _PATH):
                key = (units[organisation], _year(given))
                if key in seen:
                    raise Untrusted(f"Två värden gäller region {key[0]}, år {key[1]}, i måttet {measure}.", _PATH)
                seen.add(key)
                if (value := figure(field(given, "value", _PATH), _PATH)) is not None:
                    found[key] = Observation(
                        wanted.series, *key, "", "T", "", "", value, *_interval(given),
                        figure(given.get("numerator"), _PATH), figure(given.get("denominator"), _PATH),
                    )  # fmt: skip
    if not found:
        yield Lacking(wanted.series, "Vården i siffror har inga årsvärden för måttet.")
        return
    yield Batch(wanted.series, list(found.values()))
    yield Heeded(wanted.series, UNDOCUMENTED)
    yield Done(wanted.series)


def _body(query: VardenISiffrorQuery, units: list[str]) -> dict[str, Any]:
    """What is asked; without a type of period the source fails."""
    return {
        "measureIds": [query.measure],
        "units": units,
        "periodType": "Year",
        "dateFrom": "2000-01-01",
        "dateTo": f"{dt.date.today().year}-12-31",
    }


def _year(given: Any) -> int:
    """The last year that a value covers."""
    period = field(given, "period", _PATH)
    try:
        start, end = (dt.date.fromisoformat(str(field(period, name, _PATH))[:10]) for name in ("start", "end"))
    except ValueError:
        raise Untrusted(f"{period!r} är ingen period.", _PATH) from None
    if end > start and (end.month, end.day) == (1, 1):  # the first day after the period
        end -= dt.timedelta(days=1)
    return end.year


def _interval(given: dict[str, Any]) -> tuple[float | None, float | None]:
    limits = given.get("confidenceInterval") or {}
    return figure(limits.get("low"), _PATH), figure(limits.get("high"), _PATH)
