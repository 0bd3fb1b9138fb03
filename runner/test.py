"""`make test`, `make proof` and `make test-server`: checks and tests, with a database and a browser of their own."""

import argparse
import os
import shlex
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from runner import proof
from runner.browser import chromium, needed_chromium
from runner.child import spawn, stop, tie_to_make
from runner.location import PROJECT
from runner.temporary import database_for_tests, temporary_server
from runner.trouble import told

BIN = Path(sys.executable).parent
CHECKS: dict[str, Sequence[str | Path]] = {
    "Style": [BIN / "ruff", "check", "--quiet"],
    "Format": [BIN / "ruff", "format", "--check", "--quiet"],
    "Types": [BIN / "mypy"],
    "Import contracts": [BIN / "lint-imports"],
    "Migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
}

SEQUENCES_A_MACHINE = "2500"
"""Random sequences on the database for each of the four state machines: ten thousand in all."""


def main() -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", action="store_true", help="run a database for tests, and print its environment")
    parser.add_argument("--proof", action="store_true", help="run the long measurements, and write them down")
    asked, for_pytest = parser.parse_known_args()
    tie_to_make()
    if asked.server:
        return serve()
    browser = {"KURSVIS_CHROMIUM": needed_chromium()}
    if asked.proof:
        return measure(browser, for_pytest)
    return check(browser, for_pytest)


def serve() -> int:
    """Keep a test server running until we are stopped; prints what to `eval` to use it."""
    with temporary_server() as environment:
        browser = chromium()
        for name, value in (environment | ({"KURSVIS_CHROMIUM": browser} if browser else {})).items():
            print(f"export {name}={shlex.quote(value)}")
        print("# the server runs until this process ends (Ctrl-C)", flush=True)
        threading.Event().wait()
    return 0


def check(browser: Mapping[str, str], for_pytest: Sequence[str]) -> int:
    """Run every check, then the tests, and stop at the first that fails."""
    started = time.monotonic()
    with database_for_tests() as environment:
        tests = {"Tests": [sys.executable, "-m", "pytest", "-n", "2", *for_pytest]}
        for name, command in (CHECKS | tests).items():
            if not _passes(name, command, {**os.environ, **environment, **browser}):
                return 1
    print(f"\nEverything passed, in {time.monotonic() - started:.0f} s.")
    return 0


def measure(browser: Mapping[str, str], for_pytest: Sequence[str]) -> int:
    """Run the measurements, one at a time, and write docs/proof/<date>.md."""
    with database_for_tests(durable=True) as environment:
        report = proof.begin()
        settings = {**os.environ, **environment, **browser, "KURSVIS_PROOF_FILE": str(report)}
        settings.setdefault("KURSVIS_SEQUENCES", SEQUENCES_A_MACHINE)
        command = [sys.executable, "-m", "pytest", "-m", "proof or sequences", "-p", "no:cacheprovider", *for_pytest]
        with proof.summary(report) as xml:
            passed = _passes("Measurements", [*command, f"--junitxml={xml}"], settings)
    print(f"\nWritten to {report.relative_to(PROJECT)}")
    return 0 if passed else 1


def _passes(name: str, command: Sequence[str | Path], environment: Mapping[str, str]) -> bool:
    print(f"\n== {name} ==", flush=True)
    process = spawn(command, environment=environment, folder=PROJECT)
    try:
        status = process.wait()
    finally:
        stop(process, signal.SIGINT, 10, signal.SIGTERM)
    if status:
        print(f"\n== {name}: failed ==\nAlone: {shlex.join(map(str, command))}", file=sys.stderr)
    return not status


if __name__ == "__main__":
    sys.exit(told(main))
