"""A PostgreSQL that was left running on our data by somebody who did not stop it."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from runner.trouble import Trouble


def server_of(data: Path) -> int | None:
    """The process number of a server that runs on `data` now, or None."""
    with suppress(OSError, ValueError, IndexError):
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        return pid if _is_postgres(pid, data) else None
    return None


def end(pid: int, data: Path) -> None:
    """End that server, cleanly if it will. Raises Trouble when it cannot be ended."""
    for number, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 20), (signal.SIGKILL, 10)):
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if not _is_postgres(pid, data):
                return
            time.sleep(0.05)
    raise Trouble(f"an old PostgreSQL (process {pid}) on {data} cannot be stopped.")


def _is_postgres(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL server on `data` (its working folder is its data folder)."""
    proc = Path("/proc") / str(pid)
    if Path("/proc/self").exists():
        with suppress(OSError):
            here = (proc / "cwd").resolve(strict=True) == data.resolve()
            return here and b"postgres" in (proc / "cmdline").read_bytes()
        return False
    found = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
    return "postgres" in found.stdout and str(data) in found.stdout
