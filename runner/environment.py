"""The virtual environment `.venv`, with exactly the packages that a requirements file pins."""

import fcntl
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from runner.location import PROJECT
from runner.trouble import Trouble

FOLDER = PROJECT / ".venv"
PYTHON = FOLDER / "bin" / "python"
STAMP = FOLDER / "kursvis-installed.json"
DEVELOPMENT = "requirements-dev.txt"  # pins all of requirements.txt too


def go_on(requirements: str, module: str, arguments: Sequence[str]) -> NoReturn:
    """Become `module`, run by the virtual environment's Python with the packages that `requirements` pins."""
    ensure(requirements)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])


def ensure(requirements: str) -> None:
    """Make or mend the virtual environment when it is not as `requirements` says.

    Raises Trouble when this Python cannot make one, or the packages cannot be installed.
    """
    with (PROJECT / requirements).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two starts at once: the second finds it ready
        wanted = _hash(requirements)
        if not _works():
            _make()
        installed = _installed()
        if installed.get(requirements) == wanted:
            return
        STAMP.unlink(missing_ok=True)
        _install(requirements)
        both = {name: _hash(name) for name in ("requirements.txt", DEVELOPMENT)}
        STAMP.write_text(json.dumps(both if requirements == DEVELOPMENT else {requirements: wanted}))


def _hash(requirements: str) -> str:
    return hashlib.sha256((PROJECT / requirements).read_bytes()).hexdigest()


def _installed() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _works() -> bool:
    """Whether the environment has a Python that runs (the one it was made with may be gone) and pip."""
    try:
        check = "import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
        return not subprocess.run([PYTHON, "-c", check], capture_output=True, check=False).returncode and any(
            FOLDER.glob("lib/*/site-packages/pip/__init__.py")
        )
    except OSError:
        return False


def _make() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Trouble(
            f"{sys.executable} cannot make virtual environments: its modules venv and ensurepip are missing. "
            "On Debian and Ubuntu: sudo apt install python3-venv. On others: install the full Python."
        )
    print("Making the virtual environment .venv …", flush=True)
    _run([sys.executable, "-m", "venv", "--clear", FOLDER], "The virtual environment .venv could not be made")


def _install(requirements: str) -> None:
    print(f"Installing the packages of {requirements} (the first time; takes about half a minute) …", flush=True)
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    _run([*pip, "-r", PROJECT / requirements], f"The packages of {requirements} could not be installed")


def _run(command: Sequence[str | Path], failure: str) -> None:
    environment = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=environment
    )
    if result.returncode:
        lines = [line for line in result.stdout.splitlines() if not line.startswith("WARNING")]
        end = "\n".join(lines[-12:])
        raise Trouble(f"{failure}. Is the network reachable? What it said:\n{end}")
