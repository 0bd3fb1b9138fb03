"""PDF documents: Typst templates filled with data, as tagged PDF/A-2a and PDF/UA-1.

What people have written reaches the template as data only, never as template text. The compiler sees a folder with
nothing but the template and the shared look, and the fonts that are shipped with Kursvis.
"""

import json
import shutil
import unicodedata
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from kursvis.core.font_coverage import characters_of

_PROJECT = Path(__file__).resolve().parents[2]
_PAPER = Path(__file__).parent / "typst" / "paper.typ"
_FONTS = Path(__file__).parent / "fonts"
_MISSING = "?"
_KEPT = "\n\t"


def render(template: str, data: dict[str, Any]) -> bytes:
    """Return the PDF of a template (its path in the project, "kursvis/letters/kinds/call/letter.typ").

    `data` holds text, numbers, booleans, lists and dicts; the template's head says which. Letters that the font does
    not have become "?", since an archived PDF may hold no empty boxes. Raises `typst.TypstError` for a wrong template.
    """
    with TemporaryDirectory(prefix="kursvis-pdf-") as folder:
        root = Path(folder)
        shutil.copyfile(_PROJECT / template, root / "main.typ")
        shutil.copyfile(_PAPER, root / "paper.typ")
        return typst.compile(
            root / "main.typ",
            root=root,
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            package_path=root / "none",
            package_cache_path=root / "none",
            sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
        )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """Return what every weight of the font can show and an archive can read: no control or private-use characters."""
    drawn = frozenset.intersection(*(characters_of(file) for file in sorted(_FONTS.glob("*.ttf"))))
    return frozenset(code for code in drawn if not unicodedata.category(chr(code)).startswith("C"))


def _printable(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _printable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return printable(value) if isinstance(value, str) else value


def printable(text: str) -> str:
    """Return a text with composed letters, and "?" for each that the font does not have."""
    letters = _letters()
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter if ord(letter) in letters or letter in _KEPT else _stand_in(letter) for letter in composed)


def _stand_in(letter: str) -> str:
    """Return nothing for what is invisible anyway (joiners, direction marks), else the sign for a missing letter."""
    if unicodedata.category(letter) in ("Cf", "Mn"):
        return ""
    return " " if unicodedata.category(letter) in ("Zs", "Zl", "Zp") else _MISSING
