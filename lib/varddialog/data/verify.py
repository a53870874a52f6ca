"""Is the store whole, does it fit the catalogue, and what do the quality checks say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from varddialog.data.rows import RemarkRow
from varddialog.data.schema import ORDERINGS, REMARKS, check_observations
from varddialog.data.store import Store
from varddialog.errors import DataError, Fault
from varddialog.model.catalogue import Catalogue
from varddialog.swedish import did_you_mean

if TYPE_CHECKING:
    import pandas as pd


def verify(store: Store, catalogue: Catalogue) -> list[RemarkRow]:
    """All remarks on the store's observations, made afresh.

    Raises DataError when a file is damaged, a row does not fit the schema, the two orderings
    differ, the store and the catalogue name different series, or the stored remarks are not those
    that the checks give.
    """
    from varddialog.data.quality import inspect  # slow to import, and every build asks for `series_faults`
    from varddialog.data.within.verify import within_faults

    store.verify_files()
    observations = check_observations(store.observations(), f"{store.shown}/{next(reversed(ORDERINGS))}")
    faults = [*_orderings(store, observations), *series_faults(store, catalogue)]
    faults += region_faults(observations, catalogue, store.shown)
    faults += within_faults(store, catalogue)
    remarks = _remarks(inspect(observations, catalogue))
    if not faults and remarks != _remarks(store.remarks()):
        faults.append(
            Fault(
                "De sparade anmärkningarna stämmer inte med vad kontrollerna säger.",
                f"{store.shown}/{REMARKS}",
                todo="Skriv uppgiftslagret på nytt.",
            )
        )
    if faults:
        raise DataError(*faults)
    return remarks


def _remarks(table: pd.DataFrame) -> list[RemarkRow]:
    return [RemarkRow(*row) for row in table.itertuples(index=False, name=None)]


def series_faults(store: Store, catalogue: Catalogue) -> list[Fault]:
    """Series without a place in the catalogue, and indicators that promise figures the store lacks in silence."""
    stored, known, lacking = set(store.manifest.series), catalogue.indicators, store.manifest.lacking
    faults = [
        Fault(f"Serien {s} står inte i katalogen.", f"{store.shown}/manifest.json", todo=did_you_mean(s, list(known)))
        for s in sorted((stored | set(store.manifest.within)) - set(known))
    ]
    for indicator in known.values():
        where = f"params/indicators, {indicator.id}"
        if indicator.derived is not None:
            parts = (indicator.derived.numerator, indicator.derived.denominator)
            faults += [
                Fault(f"Serien {p} som måttet räknas ur finns inte.", where)
                for p in parts
                if p not in stored and p not in lacking
            ]
        elif indicator.gap is None and indicator.id not in stored and indicator.id not in lacking:
            faults.append(Fault("Måttet har inga uppgifter och ingen beskriven lucka.", where, todo="Fyll i «gap»."))
        if indicator.gap is not None and indicator.id in stored and not indicator.live:
            faults.append(Fault("Måttet beskrivs som en lucka men har uppgifter.", where, todo="Ta bort «gap»."))
        abroad = indicator.international.series if indicator.international else None
        if abroad and abroad not in store.manifest.international and abroad not in lacking:
            hint = did_you_mean(abroad, list(store.manifest.international))
            faults.append(Fault(f"Den internationella serien {abroad} finns inte.", where, todo=hint))
    return faults


def region_faults(observations: pd.DataFrame, catalogue: Catalogue, where: str) -> list[Fault]:
    """Regions that params/units.yml does not have, and units without a single row, whose reports would be empty."""
    there, known = set(observations["region"]), catalogue.units.by_code
    faults = [Fault(f"Regionkoden {code} står inte i params/units.yml.", where) for code in sorted(there - set(known))]
    return faults + [
        Fault(
            f"{unit.name} (enhet {code}) har inga uppgifter alls.",
            where,
            allowed="minst en rad för varje enhet i params/units.yml",
            todo="Hämta uppgifterna på nytt; de förra rapporterna ligger kvar.",
        )
        for code, unit in sorted(known.items())
        if code not in there
    ]


def _orderings(store: Store, observations: pd.DataFrame) -> list[Fault]:
    """The file sorted by unit holds the same rows as the one sorted by indicator."""
    regions = sorted(set(observations["region"]))
    by_unit = store.observations(regions=regions)
    key = ORDERINGS["observations-by-indicator.parquet"]
    same = by_unit.sort_values(key).reset_index(drop=True).equals(observations.sort_values(key).reset_index(drop=True))
    if same:
        return []
    return [Fault("De två sorteringarna av observationerna håller inte samma rader.", store.shown)]
