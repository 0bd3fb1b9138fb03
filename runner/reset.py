"""`make demo-reset`: removes what the demo keeps, so that the next start begins anew."""

import os
import shutil
from pathlib import Path

from runner.location import LOCK, Lock, home, is_ours, shared_home
from runner.trouble import Trouble

OURS = ("data", "data.new", "log", "socket", "static", "secrets.json", "running.json", "password.new", "postgresql.new")


def reset() -> int:
    """Remove the demo's data: what this program put in the data folder, and nothing else there.

    Raises Trouble when a demo runs on it.
    """
    folders = [folder for folder in dict.fromkeys((home(), shared_home())) if folder.is_dir() and is_ours(folder)]
    folders = [folder for folder in folders if os.access(folder, os.W_OK)]
    for folder in folders:
        _empty(folder)
        print(f"Removed the demo's data in {folder}")
    if not folders:
        print("There was no demo data to remove.")
    if os.environ.get("DATABASE_OWNER_URL"):
        print("DATABASE_OWNER_URL names a server of your own: its database was not touched. Drop it there.")
    return 0


def _empty(folder: Path) -> None:
    lock = Lock(folder)
    if not lock.take():
        raise Trouble("a demo is running on this data; stop it first (Ctrl-C where it was started).")
    socket = folder / "socket"
    if socket.is_symlink():
        shutil.rmtree(socket.resolve(), ignore_errors=True)
        socket.unlink()
    for path in [*(folder / name for name in OURS), *folder.glob("postgresql-*"), folder / LOCK]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    lock.release()
    if not any(folder.iterdir()):
        folder.rmdir()
