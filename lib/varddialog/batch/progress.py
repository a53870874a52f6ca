"""Telling how a build goes: a matrix that fills on a terminal, plain lines elsewhere, JSON lines for programs.

With `--events json` each event is one line of JSON on standard output and nothing else is written there:

    {"event": "started",  "job": "12-skane/1-halsa-i-befolkningen", "seconds": 0.0}
    {"event": "done",     "job": "12-skane/1-halsa-i-befolkningen", "seconds": 0.8}
    {"event": "failed",   "job": "12-skane/2-kvalitet-i-tjansterna", "seconds": 0.4, "message": "KeyError: 'x'"}
    {"event": "finished", "seconds": 21.4, "made": 86, "failed": 1, "fresh": 1}

`seconds` is the time of the job, or of the whole build in `finished`, which always comes last, also when nothing
had to be made; it is missing only after a build that was stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Event:
    """Something that happened to a job."""

    event: Literal["started", "done", "failed"]
    job: str
    seconds: float = 0.0
    message: str = ""


Tell = Callable[[Event], None]
