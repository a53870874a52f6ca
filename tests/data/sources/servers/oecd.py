"""The OECD on loopback: flows of thirteen dimensions, filtered by key, as CSV with a label beside every code."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import pandas as pd
from tests.data.sources.loopback import Answer, Request, text

from varddialog.model.live import OecdQuery, Query

ROOT = "/public/rest"
DIMENSIONS = (
    "REF_AREA", "FREQ", "MEASURE", "UNIT_MEASURE", "AGE", "SEX", "SOCIO_ECON_STATUS", "DEATH_CAUSE",
    "CALC_METHODOLOGY", "GESTATION_THRESHOLD", "HEALTH_STATUS", "DISEASE", "CANCER_SITE",
)  # fmt: skip
LABELS = {name: name.capitalize().replace("_", " ") for name in DIMENSIONS} | {
    "REF_AREA": "Reference area", "FREQ": "Frequency of observation", "TIME_PERIOD": "Time period",
    "OBS_VALUE": "Observation value", "OBS_STATUS": "Observation status", "OBS_STATUS2": "Observation status 2",
}  # fmt: skip
WORDS = {"_T": "Total", "M": "Male", "F": "Female", "A": "Annual", "Y65": "65 years", "Y0": "0 years"}


class OecdServer:
    """flows: flow without version → rows (column → code). renamed: columns that have a new name in the answers."""

    def __init__(self, flows: Mapping[str, Sequence[dict[str, str]]], version: str = "1.1") -> None:
        self.flows = flows
        self.version = version
        self.renamed: dict[str, str] = {}

    @classmethod
    def of(cls, rows: pd.DataFrame, queries: Mapping[str, Sequence[Query]]) -> OecdServer:
        """Serve the figures (international columns of the store) of each series as its query finds them."""
        flows: dict[str, list[dict[str, str]]] = {}
        for series, asked in queries.items():
            for query in asked:
                assert isinstance(query, OecdQuery)
                codes = dict(zip(DIMENSIONS, query.key.split("."), strict=True))
                fixed = {name: code.partition("+")[0] or "_Z" for name, code in codes.items()}
                fixed |= {name: code for name, code in query.select.items() if name in DIMENSIONS}
                flow = flows.setdefault(_plain(query.flow)[0], [])
                for row in rows[rows["series"] == series].itertuples():
                    flow.append(
                        cell(str(row.country), str(row.year), repr(float(row.value)), str(row.flag) or "A", **fixed)
                    )
        return cls(flows)

    def __call__(self, request: Request) -> Answer:
        flow, _, key = request.path.removeprefix(f"{ROOT}/data/").rpartition("/")
        name, version = _plain(flow)
        wanted = key.split(".")
        if name not in self.flows or version not in ("", self.version) or len(wanted) != len(DIMENSIONS):
            return text("NoRecordsFound", "text/plain", 404)
        kept = [
            row
            for row in self.flows[name]
            if all(not code or row[d] in code.split("+") for d, code in zip(DIMENSIONS, wanted, strict=True))
        ]
        if not kept:
            return text("NoResultsFound", "text/plain", 404)
        return text(self._table(name, kept), "application/vnd.sdmx.data+csv")

    def _table(self, flow: str, rows: Sequence[dict[str, str]]) -> str:
        out = io.StringIO()
        columns = [*DIMENSIONS, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "OBS_STATUS2"]
        writer = csv.writer(out)
        names = [part for name in columns for part in (self.renamed.get(name, name), LABELS[name])]
        writer.writerow(["STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", *names, "UNIT_MULT", "DECIMALS"])
        for row in rows:
            # labels have commas, and those of time and value are empty
            labelled = [part for name in columns for part in (row[name], WORDS.get(row[name], f"{row[name]}, words"))]
            identity = f"{flow.replace(',', ':')}({self.version})"
            writer.writerow(["DATAFLOW", identity, "Health, status", "I", *labelled, "0", "1"])
        return out.getvalue()


def cell(country: str, year: str, value: str, status: str = "A", status2: str = "", **codes: str) -> dict[str, str]:
    """One row. codes: dimension → code, "_Z" when it is not said."""
    dimensions = dict.fromkeys(DIMENSIONS, "_Z") | codes | {"REF_AREA": country, "FREQ": "A"}
    return dimensions | {"TIME_PERIOD": year, "OBS_VALUE": value, "OBS_STATUS": status, "OBS_STATUS2": status2}


def _plain(flow: str) -> tuple[str, str]:
    """The flow without its version, and the version."""
    agency, name, *version = flow.split(",")
    return f"{agency},{name}", version[0] if version else ""
