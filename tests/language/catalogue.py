"""The English texts: their file (.po), and the one that the program reads (.mo)."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "kursvis" / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = SOURCE.with_suffix(".mo")


def read() -> polib.POFile:
    """Return the English texts. Raises OSError for a file that is no .po file, ValueError for a text said twice."""
    return polib.pofile(str(SOURCE), check_for_duplicates=True)


def compiled() -> bytes:
    """Return the English texts as the program reads them; the same texts give the same bytes."""
    return bytes(read().to_binary())
