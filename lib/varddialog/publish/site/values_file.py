"""All values of an indicator as a file that a spreadsheet opens, carried by the page itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from urllib.parse import quote

from varddialog.assessment.points import Point
from varddialog.assessment.results import Result
from varddialog.model.indicator import Indicator

_SEXES = {"T": "båda", "K": "kvinnor", "M": "män"}
# what a spreadsheet takes for the beginning of a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Quoted(dict[int, str]):
    """Each sign as an address writes it, found once: quoting a whole file sign by sign takes long."""

    def __missing__(self, sign: int) -> str:
        self[sign] = quote(chr(sign), safe=";,:()'")
        return self[sign]


_QUOTED = _Quoted()


def values_file(indicator: Indicator, results: Mapping[str, Mapping[str, Result]]) -> str:
    """Every year's value of every unit as a `data:` address: semicolons and decimal commas, as Swedish Excel reads.

    results: anchor → unit code → result.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(["mått", "id", "kod", "region", "kön", "tid", "värde", "undre", "övre", "enhet", "ifrågasatt"])
    for found in results.values():
        for code, r in found.items():
            head = [_text(indicator.name), _text(indicator.id), code, _text(r.unit.name), _SEXES[r.sex]]
            writer.writerows([*head, *_row(point), indicator.unit.label, _doubt(point)] for point in r.points)
    return "data:text/csv;charset=utf-8," + ("\ufeff" + buffer.getvalue()).translate(_QUOTED)


def _row(point: Point) -> list[str]:
    return [point.when, *(_value(v) for v in (point.value, point.low, point.high))]


def _value(value: float | None) -> str:
    return "" if value is None else f"{round(value, 6):.15g}".replace(".", ",")


def _doubt(point: Point) -> str:
    return _text(point.remark.reason) if point.remark and point.is_questioned else ""


def _text(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
