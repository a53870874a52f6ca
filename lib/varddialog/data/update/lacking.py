"""Series that the catalogue promises and the store has not, each with the reason, which the reports show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from varddialog.data.update.gather import Answer
from varddialog.data.update.merge import Merged
from varddialog.data.update.plan import live_queries
from varddialog.model.catalogue import Catalogue

_NO_SOURCE = "Uppgifterna går inte att hämta från någon öppen källa."
_NOT_ASKED = "Uppgifterna är inte hämtade."
_UNREACHED = "Källan gick inte att nå när uppgifterna hämtades."
_UNUSABLE = "Källans svar gick inte att använda när uppgifterna hämtades."
_EMPTY = "Källan har inga värden."


def lacking(
    catalogue: Catalogue,
    merged: Merged,
    answers: Mapping[str, Answer],
    asked: Collection[str],
    before: Mapping[str, str],
) -> dict[str, str]:
    """Series → why it is not in what is merged.

    answers: of every API that was asked, also those that failed. asked: the series that were asked for. before: what
    was lacking until now, and still is so when it was not asked for.
    """
    live = live_queries(catalogue)

    def why(series: str) -> str:
        if series not in live:
            return _NO_SOURCE
        if series not in asked:
            return before.get(series, _NOT_ASKED)
        answer = answers[live[series][0].api]
        if answer.error is not None:
            return _UNREACHED
        if series in answer.stage.lacking:
            return answer.stage.lacking[series]
        return _EMPTY if series in answer.stage.done and series not in merged.faulty else _UNUSABLE

    promised = [i.id for i in catalogue.indicators.values() if i.gap is None and i.derived is None]
    abroad = {i.international.series for i in catalogue.indicators.values() if i.international}
    missing = [*(key for key in promised if key not in merged.origins), *sorted(abroad - set(merged.abroad))]
    return {key: why(key) for key in missing}
