"""Errors a person can act on, each with its own exit code, and nothing in between a user error and a bug."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: what, where, what is allowed and what to do.

    `where` is a file (relative to the project) with line or row when known.
    """

    what: str
    where: str = ""
    allowed: str = ""
    todo: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        rest = [f"Tillåtet: {self.allowed}." if self.allowed else "", self.todo]
        return place + " ".join([self.what, *(part for part in rest if part)])


class UserError(Exception):
    """An error shown as its message alone, without a traceback.

    Carries every fault found, not only the first. Survives pickling, so that it can come back
    from another process.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), self.faults)


class UsageError(UserError):
    """The command line or a notebook's parameters are wrong (exit code 2)."""

    exit_code = 2


class ParamsError(UserError):
    """Something under params/ is wrong (exit code 10)."""

    exit_code = 10


class DataError(UserError):
    """The store is missing, damaged or holds what cannot be used (exit code 11)."""

    exit_code = 11


class NotebooksFailed(UserError):
    """Some notebooks, or files beside the reports, failed; the others are there (exit code 12)."""

    exit_code = 12


class SourceError(UserError):
    """A source is not reached, or its answer cannot be understood (exit code 13)."""

    exit_code = 13


class ClusterError(UserError):
    """The cluster is not reached, was lost, or is not like this machine (exit code 14)."""

    exit_code = 14


class ReviewDiffers(UserError):
    """A review found that a report is not what its cells give (exit code 15)."""

    exit_code = 15
