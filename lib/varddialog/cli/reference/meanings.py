"""What the columns hold, in words. Which they are is told by the code; one without a meaning here is an error."""

from __future__ import annotations

STORE = {
    "indicator": "id of the measure in the catalogue",
    "region": "county code; `00` is Riket",
    "year": "the year of the value; the last one when it covers several",
    "period": "`YYYY-MM` for monthly values, otherwise empty",
    "sex": "`T` both, `K` women, `M` men",
    "grouping": "what the value is split by: `utbildning`, `inkomst`, `födelseland`, `ålder`; empty for all",
    "group": "which group of the grouping; empty for all",
    "value": "the value in the measure's unit, never missing",
    "low": "lower limit of the publisher's 95 % confidence interval, when published",
    "high": "upper limit of the interval",
    "numerator": "count of persons or events, when published",
    "denominator": "count that the numerator is a part of, when published",
    "retrieval": "number of the retrieval that brought the value; `manifest.json` tells day and source",
    "series": "id of the international series",
    "country": "the country's code; `SE` is Sweden",
    "flag": "the source's own mark on the value",
    "age_band": "the lowest age of the band",
    "deaths": "number of deaths",
    "population": "mean population",
    "place": "code of the municipality or unit",
    "code": "the source's own code; for a region's own unit the region's code and the unit's name",
    "name": "what the place is called",
    "kind": "`kommun`, `enhet` (unit, told by a source) or `egen` (a unit that the region has told of itself)",
}

REMARK = STORE | {
    "region": "county code; empty for a remark on a whole series",
    "year": "the year of the value; 0 for a remark on a whole series",
    "check": "which check questions the value",
    "level": "`fel` (cannot be), `osannolikt` (unlikely) or `upplysning` (to know)",
    "reason": "why, in Swedish",
}

ASSESSMENT = {
    "indicator": "id of the measure",
    "region": "county code; `00` is Riket",
    "year": "year of the value",
    "sex": "`T` both, `K` women, `M` men",
    "value": "the value",
    "unit": "its unit, in Swedish",
    "uncertainty_level": "`A` counts or interval, `A*` sample, `B` the series' own noise, `C` unknown",
    "relevance": "the smallest difference that matters, in the unit",
    "persons_to_target": "the gap to the first target level in persons, where counts are published",
    "relation": "how the distance to Riket has developed",
    "outlying": "whether it lies apart from Riket even when the ordinary variation between regions is allowed for",
    "vs_nation": "the answer against Riket of the same year",
    "vs_target": "against the target level",
    "trend": "over time",
    "variation": "between units within the region",
    "inequality": "between groups",
}

# the sheet of a form → what it is for
FILLED_IN = {
    "Uppgifter": "A [region's own figures](../own-data.md), for `varddialog data add`.",
    "Uttalanden": "What was said, in the [records](../records.md) of a dialogue.",
    "Åtgärder": "What was agreed, and how it goes.",
    "Utvärdering": "How the dialogue was found.",
}
