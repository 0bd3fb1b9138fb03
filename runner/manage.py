"""Runs the management commands that prepare a demo or a test."""

import hashlib
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from runner.child import spawn, stop
from runner.location import PROJECT
from runner.trouble import Trouble


class Manage:
    """`manage.py` with the environment of this run; the owner's address is given only to what needs it."""

    def __init__(self, logs: Path, environment: Mapping[str, str], owner_url: str) -> None:
        self._log = logs / "prepare.log"
        self._environment = dict(environment)
        self._owner = {"DATABASE_OWNER_URL": owner_url}

    def as_owner(self, *arguments: str) -> None:
        """Run a command that may also connect as the owner. Raises Trouble when it fails."""
        self._run(arguments, self._environment | self._owner)

    def answer(self, *arguments: str) -> str:
        """Run a command as the app and return what it prints. Raises Trouble when it fails."""
        return self._run(arguments, self._environment)

    def collect_static(self, folder: Path) -> None:
        """Collect the static files, when they are others than last time."""
        stamp = folder / ".kursvis-stamp"
        now = _fingerprint()
        if not stamp.exists() or stamp.read_text() != now:
            self._run(("collectstatic", "--no-input", "--clear"), self._environment)
            stamp.write_text(now)

    def _run(self, arguments: tuple[str, ...], environment: Mapping[str, str]) -> str:
        with self._log.open("wb") as log:
            command = [sys.executable, "manage.py", *arguments]
            process = spawn(command, environment=environment, folder=PROJECT, output=log)
            try:
                status = process.wait()
            finally:
                stop(process, signal.SIGTERM, 5, signal.SIGKILL)
        printed = self._log.read_text(errors="replace")
        if status:
            end = "\n".join(printed.splitlines()[-15:])
            raise Trouble(f"`manage.py {' '.join(arguments)}` failed. The end of {self._log}:\n{end}")
        return printed


def _fingerprint() -> str:
    """Names, sizes and times of our static files, and the pinned packages that bring others."""
    digest = hashlib.sha256((PROJECT / "requirements.txt").read_bytes())
    for path in sorted(PROJECT.glob("kursvis/*/static/**/*")):
        status = path.stat()
        digest.update(f"{path.relative_to(PROJECT)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
