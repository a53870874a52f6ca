"""Socialstyrelsen's statistical database, whose answers must be checked against what was asked.

Numbers are Swedish texts, `X` is hidden, links name http, a segment that is not known is left out of account without a
word, and a combination without figures is 404. No row is no figure: in some subjects it means nobody, but the source
does not say which, so nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from varddialog.data.rows import Observation
from varddialog.data.sources.answers import (
    Untrusted,
    differing,
    ending,
    field,
    figure,
    last_year,
    listed,
    one_by_one,
    queries,
    whole,
)
from varddialog.data.sources.base import Event, Wanted
from varddialog.model.live import SocialstyrelsenQuery
from varddialog.swedish import listing, plural

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

ROWS_A_PAGE = "5000"  # the most that is given
HIDDEN = "X"

_SEXES = {"1": "M", "2": "K", "3": "T"}


class Socialstyrelsen:
    """The source."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """Every series whole, each time: the source does not say what has changed."""
        return one_by_one(wanted, lambda one: _series(one, client, regions))


def _series(wanted: Wanted, client: Client, regions: Sequence[str]) -> Iterator[Event]:
    found: dict[tuple[str, int, str], Observation] = {}
    hidden = 0
    for query in queries(wanted, SocialstyrelsenQuery):
        for key, row in _cells(query, client, regions).items():
            text = field(row, "varde", query.subject)
            if text == HIDDEN:
                hidden += 1
            elif (value := figure(text, query.subject)) is not None:
                found[key] = Observation(
                    wanted.series, key[0], key[1], "", key[2], "", "", value, None, None, None, None
                )  # fmt: skip
    nothing = "Socialstyrelsens statistikdatabas har inga värden för det som efterfrågas."
    yield from ending(wanted.series, list(found.values()), hidden, "Socialstyrelsen", nothing)


def _cells(
    query: SocialstyrelsenQuery, client: Client, regions: Sequence[str]
) -> dict[tuple[str, int, str], dict[str, Any]]:
    """Region, year and sex → the row. Raises Untrusted when two rows have the same, or sex is not as asked."""
    asked = _asked(query, client, regions)
    cells: dict[tuple[str, int, str], dict[str, Any]] = {}
    apart = False
    for row in _rows(query, asked, client):
        sex = _SEXES.get(str(row.get("konId", "3")), "")
        if sex != "T" and "kon" not in asked:  # the answer is split by sex although it was not asked to be
            apart = True
            continue
        key = (asked["region"][str(row["regionId"])], last_year(row["ar"], query.subject), sex)
        if key in cells:
            names = listing(differing(cells[key], row, ("varde",))) or "inget"
            what = f"Flera rader gäller region {key[0]}, år {key[1]}; {names} skiljer dem åt."
            raise Untrusted(what, query.subject, "Välj en kod i «select» i params.")
        cells[key] = row
    if apart and not cells:
        what = "Ämnet har bara värden för kvinnor och män, inte för båda."
        raise Untrusted(what, query.subject, "Välj kön i params, eller sätt «by_sex».")
    return cells


def _asked(query: SocialstyrelsenQuery, client: Client, regions: Sequence[str]) -> dict[str, dict[str, str]]:
    """Variable → the source's code → what it stands for; years and regions as the subject itself lists them.

    Raises Untrusted when the subject is unknown, or knows none of the regions.
    """
    from varddialog.data.sources.transport import NotThere

    asked = {name: {code: code} for name, code in query.select.items()}
    if query.by_sex:
        asked["kon"] = _SEXES
    try:
        places = listed(client.json(f"{query.subject}/region"), query.subject)
        years = listed(client.json(f"{query.subject}/ar"), query.subject)
    except NotThere:
        what = f"Ämnet «{query.subject}» finns inte, eller är inte uppdelat på region och år."
        raise Untrusted(what, "Socialstyrelsens statistikdatabas") from None
    named = {str(field(place, "id", query.subject)): _county(place) for place in places}
    asked["region"] = {code: county for code, county in named.items() if county in regions}
    if not asked["region"]:
        raise Untrusted("Ämnet har ingen av regionerna.", f"{query.subject}/region")
    asked.setdefault("ar", {str(year): str(year) for year in (field(y, "id", query.subject) for y in years)})
    return asked


def _county(place: dict[str, Any]) -> str:
    """The county code of a region, which is 3, "03" or in its `kod`; longer codes are of other places."""
    code = str(place.get("kod") or place["id"])
    return code.zfill(2)


def _rows(query: SocialstyrelsenQuery, asked: dict[str, dict[str, str]], client: Client) -> Iterator[dict[str, Any]]:
    """The rows of every page. Raises Untrusted when a row is of something else than what was asked for."""
    segments = "/".join(f"{quote(name)}/{quote(','.join(codes), safe=',')}" for name, codes in asked.items())
    for row in _pages(f"{query.subject}/resultat/{segments}", client):
        field(row, "ar", query.subject)
        for name, codes in asked.items():
            got = row.get("ar" if name == "ar" else f"{name}Id")
            if str(got) not in codes:
                given = "nämner den inte" if got is None else f"gäller {got}, inte {listing(codes, 'eller')}"
                what = f"Källan bryr sig inte om «{name}» i frågan: svaret {given}."
                raise Untrusted(
                    what, query.subject, "Rätta namnet eller koden i params; fel namn hoppas över av källan."
                )
        yield row


def _pages(first: str, client: Client) -> Iterator[dict[str, Any]]:
    """The rows, page by page, as many pages as the first one says."""
    from varddialog.data.sources.transport import NotThere

    where = first.partition("/")[0]
    try:
        answer = client.json(first, {"per_sida": ROWS_A_PAGE, "sida": "1"})
    except NotThere:
        return  # the subject is there, so the combination has no figures
    pages, seen = whole(answer, "sidor", where), {1}
    while True:
        yield from listed(field(answer, "data", where), where)
        link = field(answer, "nasta_sida", where)
        if not link:
            break
        answer = client.json(client.relative(str(link)))
        page = whole(answer, "sida", where)
        if page in seen or len(seen) >= pages or whole(answer, "sidor", where) != pages:
            raise Untrusted(f"Sidorna i svaret tar inte slut: sida {page} efter {len(seen)} av {pages}.", where)
        seen.add(page)
    if len(seen) < pages:
        raise Untrusted(f"Svaret är avbrutet: {len(seen)} av {plural(pages, 'sida', 'sidor')} kom.", where)
