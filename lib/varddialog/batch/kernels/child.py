"""What a forked process does to become a kernel like one that was started from nothing."""

from __future__ import annotations

import atexit
import ctypes
import gc
import os
import random
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from pydantic import BaseModel

from varddialog.batch.kernels import orphans

_PR_SET_PDEATHSIG = 1


class Order(BaseModel):
    """A kernel to be made: the arguments after its module's name, and the process's surroundings."""

    argv: list[str]
    env: dict[str, str]
    cwd: str
    log: str
    memory_mb: int | None = None


def run(order: Order, parent: int, imported: Mapping[str, str], leave: Callable[[], None]) -> NoReturn:
    """Be the kernel of `order` until it ends, and never return into the parent's code.

    parent: the process id of the parent, with which the kernel dies. imported: environment variables that libraries
    set when they were imported. leave: closes what belongs to the parent.
    """
    code = 1
    try:
        # what is to be done at the parent's end is not done at the kernel's; what a cell asks for is
        atexit._clear()
        _part_from(parent, order.log, leave)
        _settle(order, parent, imported)
        _kernel(order.argv, parent)
        atexit._run_exitfuncs()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(code)


def _part_from(parent: int, log: str, leave: Callable[[], None]) -> None:
    os.setsid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before that was asked for
        os._exit(1)
    orphans.take_up()
    leave()
    for path, flags, places in (
        (os.devnull, os.O_RDONLY, (0,)),
        (log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, (1, 2)),
    ):
        opened = os.open(path, flags, 0o600)
        for place in places:
            os.dup2(opened, place)
        os.close(opened)


def _settle(order: Order, parent: int, imported: Mapping[str, str]) -> None:
    os.chdir(order.cwd)
    os.environ.clear()
    os.environ.update({**imported, **order.env, "JPY_PARENT_PID": str(parent)})
    if order.memory_mb is not None:
        limit = order.memory_mb * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    # every child would draw the same numbers
    random.seed()
    sys.modules["numpy"].random.seed()
    gc.enable()


def _kernel(argv: list[str], parent: int) -> None:
    import matplotlib_inline.backend_inline
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = [sys.modules["ipykernel_launcher"].__file__ or "", *argv]
    IPKernelApp.clear_instance()
    # the class read the parent's process from the environment when it was imported
    app: Any = IPKernelApp.instance(parent_handle=parent)
    app.initialize(argv)
    # done when pyplot is imported, but then there was no shell to show figures in
    inline: Any = matplotlib_inline.backend_inline
    inline._enable_matplotlib_integration()
    app.start()
