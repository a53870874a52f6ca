"""Threads that the program does not wait for when it ends."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from varddialog.data.sources.beside import beside, leave


def test_what_the_work_comes_to_is_had_from_its_future() -> None:
    assert beside("prov", divmod, 7, 2).result(5) == (3, 1)


def test_the_error_of_the_work_is_raised_where_its_result_is_asked_for() -> None:
    with pytest.raises(ZeroDivisionError):
        beside("prov", divmod, 7, 0).result(5)


def test_work_that_ends_soon_is_let_to_and_no_other_is_waited_for() -> None:
    free = threading.Event()
    soon, late = beside("prov", time.sleep, 0.05), beside("prov", free.wait)
    begun = time.monotonic()
    leave([soon, late])
    assert soon.done()
    assert not late.done()
    assert time.monotonic() - begun < 5
    free.set()
    assert late.result(5)


def test_the_program_ends_while_work_goes_on() -> None:
    code = "import time; from varddialog.data.sources.beside import beside; beside('prov', time.sleep, 60)"
    assert subprocess.run([sys.executable, "-c", code], timeout=30, check=False).returncode == 0
