"""WHO's Global Health Observatory: OData in JSON, values of whole countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from varddialog.data.rows import ForeignValue
from varddialog.data.sources.answers import Untrusted, field, figure, last_year, listed, one_by_one, queries
from varddialog.data.sources.base import Abroad, Done, Event, Lacking, Wanted
from varddialog.model.live import WhoQuery
from varddialog.swedish import listing

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

COUNTRY = "COUNTRY"
# older indicators leave out the first part
SEXES = {"T": ("SEX_BTSX", "BTSX"), "K": ("SEX_FMLE", "FMLE"), "M": ("SEX_MLE", "MLE")}

_MORE = ("Dim2", "Dim3", "DataSourceDim")  # what an indicator may be split by besides sex


class Who:
    """The source. Countries are named by three letters, as in the series of the OECD."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """Every series whole, each time: the source does not say what has changed."""
        return one_by_one(wanted, lambda one: _series(one, client))


def _series(wanted: Wanted, client: Client) -> Iterator[Event]:
    found: dict[tuple[str, int], ForeignValue] = {}
    for query in queries(wanted, WhoQuery):
        seen: dict[tuple[str, int], dict[str, Any]] = {}
        for row in _rows(query, client):
            if row.get("SpatialDimType") != COUNTRY or row.get("Dim1") not in SEXES[query.sex]:
                continue
            key = (str(field(row, "SpatialDim", query.code)), last_year(field(row, "TimeDim", query.code), query.code))
            value = figure(field(row, "NumericValue", query.code), query.code)
            if value is None:
                continue
            if key in seen and value != found[key].value:
                names = listing(name for name in _MORE if row.get(name) != seen[key].get(name)) or "inget"
                raise Untrusted(f"Flera värden gäller {key[0]} {key[1]}; {names} skiljer raderna.", query.code)
            seen[key], found[key] = row, ForeignValue(wanted.series, *key, value, "")
    if not found:
        yield Lacking(wanted.series, "WHO har inga värden för länder i det som efterfrågas.")
        return
    yield Abroad(wanted.series, list(found.values()))
    yield Done(wanted.series)


def _rows(query: WhoQuery, client: Client) -> Iterator[dict[str, Any]]:
    """The rows of every page. Raises Untrusted when a page links to one that has been read."""
    from varddialog.data.sources.transport import NotThere

    spelt = " or ".join(f"Dim1 eq '{code}'" for code in SEXES[query.sex])
    asked: dict[str, str] | None = {"$filter": f"SpatialDimType eq '{COUNTRY}' and ({spelt})"}
    path, read = query.code, {query.code}
    while True:
        try:
            answer = client.json(path, asked)
        except NotThere:
            raise Untrusted(f"Indikatorn {query.code} finns inte hos WHO.", query.code) from None
        for row in listed(field(answer, "value", query.code), query.code):
            field(row, "SpatialDimType", query.code)
            yield row
        if not (link := answer.get("@odata.nextLink")):
            return
        path, asked = client.relative(str(link)), None
        if path in read:
            raise Untrusted("Sidorna i svaret tar inte slut: en sida leder till en som redan är läst.", query.code)
        read.add(path)
