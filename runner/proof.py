"""The page that `make proof` writes: machine, commit and date, what the measurements say, and how they ended."""

import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from runner.location import PROJECT


def begin() -> Path:
    """Start today's page with what the figures were measured on; measurements append their lines to it."""
    page = PROJECT / "docs" / "proof" / time.strftime("%Y-%m-%d.md")
    page.parent.mkdir(parents=True, exist_ok=True)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    page.write_text(
        f"# Measurements of {time.strftime('%Y-%m-%d')}\n\n"
        f"- Machine: {os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GiB of memory\n"
        f"- Python {platform.python_version()}, commit {_commit()}\n\n"
    )
    return page


@contextmanager
def summary(page: Path) -> Iterator[Path]:
    """A place for pytest's report; when the block ends, its sum stands at the end of the page."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        yield report
        with page.open("a") as file:
            file.write(f"\n{_sum(report)}\n")


def _sum(report: Path) -> str:
    if not report.exists():
        return "The measurements did not come to an end."
    suite = ElementTree.parse(report).getroot().find("testsuite")
    if suite is None:
        return "There was nothing to measure."
    count = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    passed = count["tests"] - count["failures"] - count["errors"] - count["skipped"]
    failed = count["failures"] + count["errors"]
    return f"{passed} passed, {failed} failed, {count['skipped']} skipped, in {float(suite.get('time', '0')):.0f} s."


def _commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
        ).stdout.strip()

    changed = " with changes that are not committed" if git("status", "--porcelain") else ""
    return (git("rev-parse", "--short", "HEAD") or "unknown") + changed
