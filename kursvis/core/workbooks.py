"""The sheets of an Excel workbook as texts. A program of its own reads it: a hostile file ends that one, not ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

from kursvis.core import workbook_reader

_READER = Path(__file__).with_name("workbook_reader.py")
_ENVIRONMENT = ("LD_LIBRARY_PATH", "SYSTEMROOT")
"""What Python may need to start; nothing else of ours is handed over, such as the secrets."""
Rows = list[list[str]]


class NoWorkbook(Exception):
    """What was sent cannot be read as a workbook."""


class TooMuch(Exception):
    """Reading the workbook took more memory or time than a reader may use."""


def sheets_of(content: bytes, *, most_characters: int) -> list[tuple[str, Rows]]:
    """Return the visible sheets of a workbook, each by its name with its rows from the first, cells cut to a length.

    Raises `NoWorkbook` or `TooMuch`.
    """
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    command = [sys.executable, "-I", str(_READER), str(most_characters)]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            env=environment,
            timeout=2 * workbook_reader.MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise TooMuch from slow
    if done.returncode == workbook_reader.NO_WORKBOOK:
        raise NoWorkbook
    if done.returncode:
        raise TooMuch
    return [(name, rows) for name, rows in json.loads(done.stdout)]
