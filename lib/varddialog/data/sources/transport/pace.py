"""How often a host is asked, whoever asks it: at most so many requests in any window of time."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable


class Overdrawn(Exception):
    """The window is full for longer than the one who asks will wait. seconds: until there is room."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Pace:
    """At most `calls` in any `window` seconds, in bursts if need be; none at all means no limit."""

    def __init__(
        self,
        calls: int,
        window: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._taken: deque[float] = deque(maxlen=calls)
        self._calls, self._window = calls, window
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()

    def wait(self, patience: float) -> None:
        """Return when the next request may be sent. Raises Overdrawn when that takes longer than `patience` seconds."""
        if not self._calls:
            return
        with self._lock:
            now = self._clock()
            full = len(self._taken) == self._calls
            turn = max(now, self._taken[0] + self._window) if full else now
            if turn - now > patience:
                raise Overdrawn(turn - now)
            self._taken.append(turn)
        if turn > now:
            self._sleep(turn - now)


_paces: dict[tuple[str, int, float], Pace] = {}
_lock = threading.Lock()


def pace_of(host: str, calls: int, window: float) -> Pace:
    """The pace of a host, which every client in this process shares."""
    with _lock:
        return _paces.setdefault((host, calls, window), Pace(calls, window))
