"""What the period of a series means for its reading: values that overlap, series that have grown old."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from varddialog.data.quality.material import Material, of_series, remarks, together
from varddialog.swedish import plural

ROLLING = "överlappande perioder"
OLD = "gammal"
_YEARS = 3  # a series may be this many years behind the newest
_NUMBERS = ("", "", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")


def overlapping(material: Material) -> pd.DataFrame:
    """Moving averages: neighbouring values share data, so they are no independent points of a trend."""
    tables = []
    for name, years in material.observations.groupby("indicator")["year"]:
        known = material.indicator(str(name))
        ordered = sorted({int(year) for year in years})
        nearest = min((b - a for a, b in pairwise(ordered)), default=None)
        if known is None or known.period.kind != "rullande" or nearest is None:
            continue
        if nearest < known.period.years:
            reason = (
                f"Varje värde är ett medelvärde av {_NUMBERS[known.period.years]} år, "
                "så värden som ligger nära varandra bygger delvis på samma uppgifter. "
                "Utvecklingen prövas därför inte statistiskt."
            )
            tables.append(remarks([of_series(str(name))], ROLLING, "upplysning", [reason]))
    return together(tables)


def old(material: Material) -> pd.DataFrame:
    """Series that are no longer published, or whose last year lies far behind the newest of the store."""
    last = material.observations.groupby("indicator")["year"].max()
    if not len(last):
        return together([])
    # the newest year that is more than an early exception: a tenth of the series have reached it
    newest = max(int(year) for year in last if (last >= year).mean() >= 0.1)
    tables = []
    for name, year in last.items():
        known = material.indicator(str(name))
        if known is not None and known.discontinued is not None:
            reason = f"Serien publiceras inte längre; det sista året är {known.discontinued}."
        elif newest - year > _YEARS:
            behind = plural(newest - int(year), "år", "år")
            reason = f"Det senaste värdet gäller {year}, {behind} före de nyaste uppgifterna ({newest})."
        else:
            continue
        tables.append(remarks([of_series(str(name))], OLD, "upplysning", [reason]))
    return together(tables)
