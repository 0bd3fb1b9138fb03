"""Where the data of this copy of Kursvis lives, and whether a demo runs on it now."""

import fcntl
import hashlib
import json
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.trouble import Trouble

PROJECT = Path(__file__).resolve().parent.parent
SHARED_HOME = Path("/var/lib/kursvis")
LOCK = "lock"
STATE_KEYS = frozenset({"mode", "app_url", "owner_url", "secret_key", "port", "pid"})


@dataclass(frozen=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """Who PostgreSQL runs as: `nobody` when we are root (PostgreSQL refuses root), None for ourselves.

    Raises Trouble when root has no such user: initdb needs an entry in the password database.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise Trouble(
            "PostgreSQL does not run as root, and this machine has no user 'nobody'. Run as an ordinary user."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def reachable(path: Path, account: Account | None) -> bool:
    """Whether `account` may pass every existing folder on the way to `path`, `path` itself included."""
    if account is None:
        return True
    folders = (folder for folder in (path, *path.parents) if folder.is_dir())
    return all(_may_pass(folder.stat(), account) for folder in folders)


def _may_pass(status: os.stat_result, account: Account) -> bool:
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def shared_home(project: Path = PROJECT) -> Path:
    """The folder that stands in for `.kursvis/` where PostgreSQL's user cannot reach the project."""
    return SHARED_HOME / hashlib.sha256(str(project).encode()).hexdigest()[:12]


def home() -> Path:
    """The folder of this project's data: KURSVIS_DATA, else `.kursvis/`, else a folder under /var/lib/kursvis.

    Raises Trouble when KURSVIS_DATA names a folder that PostgreSQL's user cannot reach.
    """
    account = server_account()
    chosen = os.environ.get("KURSVIS_DATA")
    if chosen:
        folder = Path(chosen).expanduser().resolve()
        if not reachable(folder.parent, account):
            raise Trouble(
                f"PostgreSQL runs as the user 'nobody', who cannot reach KURSVIS_DATA={folder}. "
                "Choose a folder whose parents everybody may pass."
            )
        return folder
    return PROJECT / ".kursvis" if reachable(PROJECT, account) else shared_home()


def make_home(folder: Path) -> Path:
    """Make the folder (never touching what stands above it) so that PostgreSQL's user can pass and others cannot look.

    Raises Trouble when it belongs to another user.
    """
    for missing in reversed([f for f in (folder, *folder.parents) if not f.exists()]):
        missing.mkdir()
        missing.chmod(0o711)
    if not folder.is_dir():
        raise Trouble(f"{folder} should be the data folder, but it is a file.")
    if not is_ours(folder) and {path.name for path in folder.iterdir()} - {"static"}:
        raise Trouble(f"the folder {folder} holds other things. Choose an empty or a new one for Kursvis's data.")
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        raise Trouble(
            f"the data folder {folder} belongs to another user (number {owner}). "
            "Run as that user, or choose another folder: KURSVIS_DATA=/some/folder make demo"
        )
    folder.chmod(0o711)
    (folder / "log").mkdir(exist_ok=True)
    (folder / "log").chmod(0o700)
    return folder


def is_ours(folder: Path) -> bool:
    """Whether Kursvis has kept data in the folder."""
    return (folder / LOCK).exists()


def write_private(path: Path, content: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


class Lock:
    """Held by the process that runs the data folder, as long as it lives; kill -9 lets go of it too."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> bool:
        """Whether we hold the folder now; False when another process does."""
        return _locked(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        """Let go of the folder."""
        os.close(self._file)


def _locked(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_running(folder: Path) -> bool:
    """Whether a living process holds the data folder."""
    try:
        file = os.open(folder / LOCK, os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _locked(file, fcntl.LOCK_SH)
    finally:
        os.close(file)


def running() -> dict[str, Any] | None:
    """The running demo of this project (mode, app_url, owner_url, secret_key, port, pid), or None.

    None too when another user runs it: her secrets are not ours.
    """
    try:
        folder = home()
        state = json.loads((folder / "running.json").read_text())
    except (OSError, ValueError, Trouble):
        return None
    if not isinstance(state, dict) or STATE_KEYS - state.keys() or not is_running(folder):
        return None
    return state
