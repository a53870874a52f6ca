"""JupyterLab's server starts, interrupts, restarts and ends forked kernels, and leaves no process behind."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
import websocket
from tests.batch.kernels.running import is_running, left_of, sleeper, told

from varddialog import kernelspec

SECONDS = 120.0  # for a machine that has much else to do


@dataclass(frozen=True)
class Server:
    """A Jupyter server on the loopback, spoken to as JupyterLab does."""

    process: subprocess.Popen[bytes]
    address: str
    token: str

    def ask(self, method: str, path: str, **body: object) -> Any:
        """What the REST API answers."""
        request = Request(
            f"http://{self.address}/api/{path}",
            json.dumps(body).encode() if body else None,
            {"Authorization": f"token {self.token}"},
            method=method,
        )
        with urlopen(request, timeout=SECONDS) as answer:
            read = answer.read()
        return json.loads(read) if read else None

    def talk(self, kernel: str) -> Talk:
        """A conversation with a kernel."""
        address = f"ws://{self.address}/api/kernels/{kernel}/channels?token={self.token}"
        return Talk(websocket.create_connection(address, timeout=SECONDS))

    def processes(self) -> list[int]:
        """Every process below the server, in its order of birth."""
        parents = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
        found, fresh = [], [self.process.pid]
        while fresh:
            fresh = [pid for pid, parent in parents.items() if parent in fresh]
            found += fresh
        return found


@dataclass(frozen=True)
class Talk:
    """Messages to a kernel and back, over one websocket."""

    socket: websocket.WebSocket

    def send(self, code: str) -> str:
        """Ask for a cell to be run; the id of the request."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "username": "", "session": "s"}
        content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}
        message = {"header": {**header, "version": "5.3", "date": ""}, "parent_header": {}, "metadata": {}}
        self.socket.send(json.dumps({**message, "content": content, "channel": "shell"}))
        return header["msg_id"]

    def until(self, request: str, kind: str) -> tuple[dict[str, Any], str]:
        """The first message of a kind about the request, and what the cell printed before it."""
        printed = ""
        while True:
            message = json.loads(self.socket.recv())
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                printed += message["content"]["text"]
            if message["msg_type"] == kind:
                return message["content"], printed

    def run(self, code: str) -> str:
        """What a cell prints, when it has been run."""
        request = self.send(code)
        # the answer and what was printed come on different channels, in any order
        _, printed = self.until(request, "status")
        while True:
            content, more = self.until(request, "status")
            printed += more
            if content["execution_state"] == "idle":
                return printed


@pytest.fixture(params=["by its kernelspec", "by the environment"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """A server, and the name of a kernel of it that is forked."""
    kernelspec.install(prefix=str(tmp_path))
    by_name = request.param == "by its kernelspec"
    token, told_in = secrets.token_hex(16), tmp_path / "runtime"
    told_in.mkdir(mode=0o700)
    env = {
        **os.environ,
        "JUPYTER_PATH": str(tmp_path / "share" / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(told_in),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
        "JUPYTER_TOKEN": token,
        "PYTHONWARNINGS": "ignore",
        **({} if by_name else {"JUPYTER_DEFAULT_PROVISIONER_NAME": kernelspec.FORKED}),
    }
    command = [sys.executable, "-m", "jupyter_server", "--ip=127.0.0.1", "--port=0", "--no-browser", "--allow-root"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, f"--ServerApp.root_dir={tmp_path}"], env=env, cwd=tmp_path, stdout=log, stderr=log
        )
    try:
        address = _address(process, told_in)
        yield Server(process, address, token), kernelspec.FORKED if by_name else kernelspec.NAME
    finally:
        process.terminate()
        try:
            process.wait(SECONDS)
        finally:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], folder: Path) -> str:
    """Where the server answers, once it does: it says its port in a file."""
    ends = monotonic() + SECONDS
    while monotonic() < ends and process.poll() is None:
        for path in folder.glob("jpserver-*.json"):
            try:
                address = f"127.0.0.1:{json.loads(path.read_text(encoding='utf-8'))['port']}"
                urlopen(f"http://{address}/api", timeout=SECONDS).close()
            except (URLError, ValueError, KeyError):
                break
            return address
        sleep(0.05)
    raise AssertionError((folder.parent / "log").read_text(encoding="utf-8"))


WHO = "import os, pathlib; print(os.getpid(), pathlib.Path(f'/proc/{os.getppid()}/cmdline').read_text())"
LOOP = "print('nu', flush=True)\nwhile True: pass"


def test_a_kernel_of_jupyterlab_from_its_start_to_its_end(server: tuple[Server, str], tmp_path: Path) -> None:
    here, name = server
    kernel = here.ask("POST", "kernels", name=name)["id"]
    talk = here.talk(kernel)
    first, parent = talk.run(WHO).split(maxsplit=1)
    assert "varddialog.batch.kernels.parent" in parent
    talk.run(sleeper(tmp_path / "first", apart=True))

    request = talk.send(LOOP)
    talk.until(request, "stream")
    here.ask("POST", f"kernels/{kernel}/interrupt")
    answer, _ = talk.until(request, "execute_reply")
    assert answer["ename"] == "KeyboardInterrupt"
    assert talk.run("print(6 * 7)") == "42\n"
    assert is_running(int(first))

    here.ask("POST", f"kernels/{kernel}/restart")
    assert left_of(told(tmp_path / "first")) == []
    talk.socket.close()
    talk = here.talk(kernel)
    second, parent = talk.run(WHO).split(maxsplit=1)
    assert second != first
    assert "varddialog.batch.kernels.parent" in parent
    talk.run(sleeper(tmp_path / "second", apart=True))
    talk.socket.close()

    below = here.processes()
    assert int(second) in below
    here.ask("DELETE", f"kernels/{kernel}")
    assert here.ask("GET", "kernels") == []
    assert left_of(told(tmp_path / "second")) == []

    kernel = here.ask("POST", "kernels", name=name)["id"]  # one that still runs when the server ends
    talk = here.talk(kernel)
    talk.run(sleeper(tmp_path / "third", apart=True))
    talk.socket.close()
    below = here.processes()
    here.process.terminate()
    here.process.wait(SECONDS)
    assert left_of([*below, *told(tmp_path / "third")]) == []
