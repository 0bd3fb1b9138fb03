"""Watches the processes of a running Kursvis: one that ends by itself ends them all."""

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from runner.child import spawn, stop
from runner.location import PROJECT
from runner.postgres import Server
from runner.trouble import Trouble


def say(text: str) -> None:
    """Tell the person at the keyboard, who may have closed the terminal."""
    with suppress(OSError):
        print(text, flush=True)


def log_end(log: Path, lines: int = 12) -> str:
    """The last lines of a log."""
    with suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return "(no log)"


@dataclass
class _Part:
    name: str
    process: subprocess.Popen[bytes]
    log: Path


class Supervisor:
    """Starts the parts, notices when one ends, and stops them in order: web and worker first, the database last."""

    def __init__(self, logs: Path) -> None:
        self.database: Server | None = None
        self._logs = logs
        self._parts: list[_Part] = []

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a part, with its output in a log of its own."""
        log = self._logs / (name.split()[0] + ".log")
        with log.open("ab") as output:
            process = spawn(command, environment=environment, folder=PROJECT, output=output)
        self._parts.append(_Part(name, process, log))

    def check(self) -> None:
        """Raise Trouble when a part has ended by itself."""
        for part in self._all():
            status = part.process.poll()
            if status is not None:
                raise Trouble(
                    f"the {part.name} ended unexpectedly ({_how(status)}), so everything is stopped. "
                    f"The end of {part.log}:\n{log_end(part.log)}"
                )

    def watch(self) -> int:
        """Wait until a part ends by itself (Trouble) or a signal stops us."""
        while True:
            self.check()
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop all parts, cleanly."""
        for part in self._parts:
            with suppress(ProcessLookupError):
                part.process.terminate()
        for part in self._parts:
            stop(part.process, signal.SIGTERM, 10, signal.SIGKILL)
        if self.database is not None:
            self.database.stop()

    def _all(self) -> list[_Part]:
        server = self.database
        if server is None or server.process is None:
            return self._parts
        return [*self._parts, _Part("database", server.process, self._logs / "postgresql.log")]


def _how(status: int) -> str:
    return f"status {status}" if status >= 0 else f"signal {-status}"
