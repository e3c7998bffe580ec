"""What is measured runs in processes of its own, as it would in earnest: from bytecode, with a clean environment.

Bytecode goes into a folder that is gone afterwards, so that a checkout where nothing was compiled yet, or where
Python may not write, measures the same as an image with everything compiled.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bot
from benchmarks import payloads
from bot.settings import Settings

ROOT = Path(bot.__file__).parents[1]
PATIENCE = 60.0


class DidNotStart(Exception):
    """A process that is needed ended, or did not answer in time; the text holds what it said last."""


class House:
    """A folder with all that one run of the benchmarks leaves behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def python(self, *arguments: str, **environment: str) -> dict[str, Any]:
        """What subprocess.Popen needs to run our Python with nothing of the caller's settings."""
        ours = {name.upper() for name in Settings.model_fields}
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ours and not name.startswith(("PYTHON", "OPENAI_", "SLACK_"))
        }
        compiled = {"PYTHONPYCACHEPREFIX": str(self.folder / "bytecode"), "PYTHONPATH": str(ROOT)}
        return {"args": [sys.executable, *arguments], "env": kept | compiled | environment, "cwd": self.folder}

    @contextmanager
    def running(self, *arguments: str, port: int, path: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """A server that answers under `path`; it is told to stop at the end. Raises DidNotStart."""
        log = self.folder / "log"
        with log.open("wb") as said:
            process = subprocess.Popen(**self.python(*arguments, **environment), stdout=subprocess.DEVNULL, stderr=said)
        try:
            wait_until(lambda: answers(port, path), process, log)
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)

    @contextmanager
    def acht(self, port: int, slack: int, database: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
        """`acht run` in HTTP mode."""
        settings = settings_of(port, slack, database) | settings
        with self.running("-m", "bot", "run", port=port, path="/readyz", **settings) as process:
            yield process

    @contextmanager
    def bare(self, port: int, slack: int) -> Iterator[subprocess.Popen[bytes]]:
        """Bolt with listeners that do nothing."""
        with self.running("-m", "benchmarks.bare", str(port), str(slack), port=port, path="/healthz") as process:
            yield process

    @contextmanager
    def slack(self) -> Iterator[int]:
        """The port of a Slack that takes everything: what the servers call, light enough not to be noticed."""
        port = free_port()
        with self.running("-m", "benchmarks.stand_in", str(port), port=port, path="/api/api.test"):
            yield port

    def generate(self, **job: Any) -> dict[str, float]:
        """Runs the load generator in a process of its own. Raises DidNotStart when it could not do its work."""
        done = subprocess.run(
            **self.python("-m", "benchmarks.load"), input=json.dumps(job).encode(), capture_output=True, check=False
        )
        if done.returncode:
            raise DidNotStart(done.stderr.decode()[-2000:])
        return json.loads(done.stdout)


def settings_of(port: int, slack: int, database: Path) -> dict[str, str]:
    return {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SLACK_BOT_TOKEN": payloads.TOKEN,
        "SLACK_SIGNING_SECRET": payloads.SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
        "DATABASE_URL": f"sqlite+aiosqlite:///{database}",
        "ACHT_ENCRYPTION_KEYS": payloads.KEY,
    }


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def answers(port: int, path: str) -> bool:
    """Whether a GET is answered well: with 200."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes], log: Path | None = None) -> None:
    """Looks every two milliseconds. Raises DidNotStart."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if process.poll() is not None or time.monotonic() > end:
            raise DidNotStart(log.read_text()[-2000:] if log else f"process {process.pid}")
        time.sleep(0.002)


def memory(process: subprocess.Popen[bytes]) -> float:
    """What a process holds in memory now, in MB (RSS)."""
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True, check=True)
    return int(said.stdout) / 1024
