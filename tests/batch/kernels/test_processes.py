"""Kernels begin, are ended, and leave nothing behind, whatever happens."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Thread
from typing import Any

import nbformat
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from tests.batch.kernels.running import is_running, left_of, sleeper, text, told

from varddialog.batch.kernels import Engine, open_engine
from varddialog.batch.kernels.manager import EngineKernelManager

Run = Callable[..., nbformat.NotebookNode]
ENDLESS = "while True: pass"


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """Where a cell tells of its processes."""
    return tmp_path / "pids"


def with_kernel(engine: Engine, scratch: Path, talk: Callable[[EngineKernelManager, Any], Awaitable[None]]) -> None:
    """Start a kernel, talk to it, kill it."""

    async def start() -> None:
        manager = EngineKernelManager(kernel_name=engine.kernel_name, config=engine.config(scratch))
        await manager.start_kernel(extra_arguments=engine.extra_arguments)
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=60)
            await talk(manager, client)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    asyncio.run(start())


async def ended(manager: EngineKernelManager) -> int | None:
    """The exit code, once the kernel has one."""
    for _ in range(1500):  # half a minute, for a machine that has much else to do
        code = await manager.provisioner.poll()
        if code is not None:
            return code
        await asyncio.sleep(0.02)
    return None


def test_the_parent_has_one_thread_and_its_children_nothing_of_it(
    fork: Engine, parent_of: Callable[[Engine], int], run: Run
) -> None:
    parent = parent_of(fork)
    assert len(list(Path(f"/proc/{parent}/task").iterdir())) == 1
    sockets = {str(fd.readlink()) for fd in Path(f"/proc/{parent}/fd").iterdir()}
    theirs = {link for link in sockets if link.startswith("socket:")}
    assert len(theirs) == 1
    cell = """
import os
from pathlib import Path
print(os.getppid(), os.getsid(0) == os.getpid())
for fd in Path("/proc/self/fd").iterdir():
    if fd.is_symlink():
        print(os.readlink(fd))"""
    printed = text(run(fork, cell)).split()
    assert printed[:2] == [str(parent), "True"]
    assert theirs.isdisjoint(printed)
    assert "anon_inode:[pidfd]" not in printed


def test_nothing_is_left_after_success(engine: Engine, run: Run, mark: Path) -> None:
    run(engine, sleeper(mark, engine.forks))
    assert left_of(told(mark)) == []


def test_nothing_is_left_after_a_failing_cell(engine: Engine, run: Run, mark: Path) -> None:
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        run(engine, sleeper(mark, engine.forks), "1 / 0")
    assert left_of(told(mark)) == []


def test_nothing_is_left_after_a_cell_without_end(engine: Engine, run: Run, mark: Path) -> None:
    with pytest.raises(CellTimeoutError):
        run(engine, sleeper(mark, engine.forks), ENDLESS, execution_timeout=1)
    assert left_of(told(mark)) == []


def test_nothing_is_left_after_kill_9_of_the_kernel(fork: Engine, run: Run, mark: Path) -> None:
    with pytest.raises(DeadKernelError):
        run(fork, sleeper(mark, True), "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert left_of(told(mark)) == []


def test_nothing_is_left_after_the_engine_kills(engine: Engine, run: Run, mark: Path, tmp_path: Path) -> None:
    """As when a notebook has had its time."""

    def kill() -> None:
        told(mark)
        engine.kill(tmp_path / "scratch")

    killer = Thread(target=kill)
    killer.start()
    with pytest.raises(DeadKernelError):
        run(engine, sleeper(mark, engine.forks), ENDLESS)
    killer.join()
    assert left_of(told(mark)) == []


def test_an_interrupt_stops_the_cell_and_not_the_kernel_which_leaves_nothing(
    fork: Engine, tmp_path: Path, mark: Path
) -> None:
    async def talk(manager: EngineKernelManager, client: Any) -> None:
        await client.execute_interactive(sleeper(mark, True), timeout=60)
        reply = asyncio.ensure_future(client.execute_interactive(ENDLESS, timeout=60))
        while not reply.done():  # a signal that comes before the cell has begun stops nothing
            await manager.interrupt_kernel()
            await asyncio.sleep(0.2)
        assert (await reply)["content"]["ename"] == "KeyboardInterrupt"
        again = await client.execute_interactive("1", timeout=60)
        assert again["content"]["status"] == "ok"

    with_kernel(fork, tmp_path, talk)
    assert left_of(told(mark)) == []


def test_what_a_running_kernel_has_started_outlives_other_kernels(
    fork: Engine, run: Run, tmp_path: Path, mark: Path
) -> None:
    async def talk(manager: EngineKernelManager, client: Any) -> None:
        await client.execute_interactive(sleeper(mark, True), timeout=60)
        await asyncio.to_thread(run, fork, "1 + 1", name="another")
        alone = told(mark)[1:]
        assert len(alone) == 3
        assert all(is_running(pid) for pid in alone)

    with_kernel(fork, tmp_path, talk)
    assert left_of(told(mark)) == []


def test_killing_where_no_kernel_is(engine: Engine, tmp_path: Path) -> None:
    engine.kill(tmp_path / "nowhere")


def test_exit_codes_are_known(fork: Engine, tmp_path: Path) -> None:
    async def talk(manager: EngineKernelManager, client: Any) -> None:
        assert await manager.provisioner.poll() is None
        client.execute("import os\nos._exit(7)")
        assert await ended(manager) == 7
        assert await manager.provisioner.poll() == 7
        assert not await manager.is_alive()
        await manager.signal_kernel(signal.SIGTERM)  # which reaches nobody

    with_kernel(fork, tmp_path, talk)


def test_a_kernel_asked_to_end_does_what_was_registered(fork: Engine, tmp_path: Path, mark: Path) -> None:
    """And nothing that was registered in the parent, which would be done once for each kernel."""

    async def talk(manager: EngineKernelManager, client: Any) -> None:
        cell = f"import atexit\natexit.register(lambda: open({str(mark)!r}, 'a').write('x'))"
        await client.execute_interactive(cell, timeout=20)
        client.shutdown()
        assert await ended(manager) == 0

    with_kernel(fork, tmp_path, talk)
    assert mark.read_text(encoding="utf-8") == "x"


def test_a_restarted_kernel_is_a_new_one(fork: Engine, tmp_path: Path) -> None:
    async def talk(manager: EngineKernelManager, client: Any) -> None:
        first = manager.provisioner.pid
        await manager.restart_kernel(now=True)
        await client.wait_for_ready(timeout=60)
        assert manager.provisioner.pid != first
        assert left_of([first]) == []

    with_kernel(fork, tmp_path, talk)


def test_each_kernel_has_its_own_log(engine: Engine, run: Run, tmp_path: Path) -> None:
    cell = "import os, sys\nos.write(getattr(sys.stderr, '_original_stdstream_copy', 2), 'logg {}'.encode())"
    for name in ("ett", "två"):
        run(engine, cell.format(name), name=name)
    for name in ("ett", "två"):
        assert engine.log(tmp_path / name).read_text(encoding="utf-8").endswith(f"logg {name}")


def test_sockets_are_private(engine: Engine, run: Run, tmp_path: Path) -> None:
    cell = f"import os\nprint(sorted(os.listdir({str(engine.folder(tmp_path / 'scratch'))!r})))"
    listed = text(run(engine, cell))
    assert "'s-1'" in listed
    assert "'kernel.json'" in listed
    assert engine.folder(tmp_path / "scratch").stat().st_mode & 0o077 == 0


def test_a_scratch_folder_too_deep_for_sockets(fork: Engine, run: Run) -> None:
    assert text(run(fork, "1 + 1", name="mycket-" * 12)) == "2"


def test_memory_is_limited(run: Run, tmp_path: Path) -> None:
    for wanted in ("fork", "stock"):
        with open_engine(wanted, memory_mb=700) as engine:
            assert engine.name == wanted
            assert text(run(engine, "import pandas, pyarrow.dataset\nprint(len(bytes(10**8)))", name=f"{wanted}-a"))
            with pytest.raises(PapermillExecutionError, match="MemoryError"):
                run(engine, "bytes(10**9)", name=f"{wanted}-b")


def test_kernels_end_with_their_parent(run: Run, parent_of: Callable[[Engine], int], mark: Path) -> None:
    """And the next kernel gets a new parent."""
    with open_engine() as engine:
        first = parent_of(engine)
        with pytest.raises(DeadKernelError):
            run(engine, sleeper(mark), f"import os, signal\nos.kill({first}, signal.SIGKILL)", ENDLESS)
        assert left_of([first, *told(mark)]) == []
        assert text(run(engine, "1 + 1", name="again")) == "2"
        second = parent_of(engine)
        assert engine.name == "fork"
    assert left_of([second]) == []


OWNER = """
import asyncio, sys, tempfile
from pathlib import Path
from varddialog.batch.kernels import open_engine
from varddialog.batch.kernels.manager import EngineKernelManager

async def main():
    with open_engine("fork") as engine, tempfile.TemporaryDirectory() as scratch:
        manager = EngineKernelManager(kernel_name=engine.kernel_name, config=engine.config(Path(scratch)))
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        await client.execute_interactive(sys.argv[1])
        print(engine.nursery.folder, engine.nursery.warm({}).process.pid, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_everything_ends_with_its_owner(number: signal.Signals, mark: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", OWNER, sleeper(mark, True)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd="/",
    ) as owner:
        assert owner.stdout is not None
        line = owner.stdout.readline()
        owner.send_signal(number)
    folder, parent = line.split()
    assert left_of([int(parent), *told(mark)]) == []
    assert not Path(folder).exists()
