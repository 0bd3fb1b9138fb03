"""A Chromium for the browser tests: the machine's, Playwright's own, or one that is fetched now."""

import os
import shutil
import subprocess
import sys

from runner.trouble import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WHERE = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"


def chromium() -> str | None:
    """The path of a Chromium that runs: KURSVIS_CHROMIUM, one on PATH, or Playwright's own."""
    chosen = os.environ.get("KURSVIS_CHROMIUM")
    if chosen:
        return chosen if _runs(chosen) else None
    found = [path for path in map(shutil.which, NAMES) if path is not None]
    for path in found:
        if _runs(path):
            return path
    return _playwrights()


def needed_chromium() -> str:
    """The same, fetching one when there is none: Playwright's download, or Debian's package when we are root.

    Raises Trouble when neither is possible, saying what to install.
    """
    return chromium() or _downloaded() or _installed() or _nothing()


def _runs(path: str) -> bool:
    try:
        result = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def _playwrights() -> str | None:
    path = subprocess.run([sys.executable, "-c", WHERE], capture_output=True, text=True, check=False).stdout.strip()
    return path if path and _runs(path) else None


def _downloaded() -> str | None:
    print("There is no Chromium here; fetching Playwright's …", flush=True)
    if _quietly(sys.executable, "-m", "playwright", "install", "chromium"):
        return _playwrights()
    return None


def _installed() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    print("Installing the package chromium (apt-get) …", flush=True)
    if _quietly("apt-get", "update") and _quietly("apt-get", "install", "-y", "--no-install-recommends", "chromium"):
        return chromium()
    return None


def _quietly(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=environment
    )
    if result.returncode:
        print("\n".join(result.stdout.splitlines()[-3:]), flush=True)
    return result.returncode == 0


def _nothing() -> str:
    if os.environ.get("KURSVIS_CHROMIUM"):
        raise Trouble(f"KURSVIS_CHROMIUM={os.environ['KURSVIS_CHROMIUM']} does not run.")
    raise Trouble(
        "the browser tests need Chromium, and none could be fetched. Install one: "
        "`sudo apt install chromium` (Debian), `sudo dnf install chromium` (Fedora), or name one that you have: "
        "KURSVIS_CHROMIUM=/path/to/chromium make test"
    )
