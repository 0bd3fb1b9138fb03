"""Child processes that never outlive us: each in a session of its own, ended by the kernel when we die."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from runner.location import Account

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def tied(signal_number: int) -> Callable[[], None]:
    """A function for the new child: the kernel shall send it `signal_number` when its parent dies (Linux only)."""
    parent = os.getpid()
    library = ctypes.CDLL(None) if sys.platform == "linux" else None

    def tie() -> None:
        if library is not None:
            library.prctl(PR_SET_PDEATHSIG, signal_number)
            if os.getppid() != parent:
                os._exit(1)

    return tie


def tie_to_make() -> None:
    """When `make` started us, end with it: nobody would be left to stop us."""
    if sys.platform == "linux" and "MAKELEVEL" in os.environ:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def spawn(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | str | None = None,
    output: IO[bytes] | int | None = None,
    dies_by: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child as `account`, in its own session (a Ctrl-C reaches only us), that gets `dies_by` when we die."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=None if environment is None else dict(environment),
        cwd=folder,
        start_new_session=True,
        preexec_fn=tied(dies_by),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def run_as(
    account: Account | None, command: Sequence[str | Path], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end as `account` (None: as ourselves), from a folder that everybody can reach."""
    return subprocess.run(
        [str(part) for part in command],
        cwd="/",
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def stop(child: subprocess.Popen[bytes], polite: int, patience: float, forced: int) -> None:
    """Ask a child to end, and after `patience` seconds make it."""
    for number in (polite, forced, signal.SIGKILL):
        if child.poll() is not None:
            return
        with suppress(ProcessLookupError):
            child.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            child.wait(patience)
