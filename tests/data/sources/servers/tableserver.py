"""What both versions of PxWeb are made of: tables, an address, and a limit on the cells of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Self

import pandas as pd
from tests.data.sources.loopback import Answer, Loopback, Request
from tests.data.sources.servers.tables import Table, tables_of

from varddialog.model.live import TableQuery


class TableServer(Loopback):
    """root: what comes before the paths of the API."""

    root: ClassVar[str]

    def __init__(self, tables: Iterable[Table], max_cells: int = 150_000) -> None:
        super().__init__(self.serve)
        self.tables = {table.name: table for table in tables}
        self.max_cells = max_cells

    @classmethod
    def of(
        cls,
        rows: pd.DataFrame,
        queries: Mapping[str, Sequence[TableQuery]],
        years: Mapping[str, int] | None = None,
        max_cells: int = 150_000,
    ) -> Self:
        """Serves the figures of a store to the queries of its series (`tables_of`)."""
        return cls(tables_of(rows, queries, years), max_cells)

    @property
    def address(self) -> str:
        """The base address to be configured."""
        return f"{self.url}{self.root}"

    def serve(self, request: Request) -> Answer:
        """What the API answers."""
        raise NotImplementedError
