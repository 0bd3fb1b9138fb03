"""Reading the English texts (.po), and writing them as the program reads them (.mo), without other tools."""

import ast
import struct
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "kursvis" / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = SOURCE.with_suffix(".mo")
_MAGIC = 0x950412DE


@dataclass
class Entry:
    """One text: its Swedish (singular and plural), and its English, one for each form."""

    singular: str = ""
    plural: str = ""
    english: dict[int, str] = field(default_factory=dict)
    has_singular: bool = False

    def keys(self) -> tuple[str, str]:
        """Return what the compiled file is searched by, and what it then answers."""
        key = f"{self.singular}\0{self.plural}" if self.plural else self.singular
        return key, "\0".join(self.english[form] for form in sorted(self.english))


def read(text: str) -> list[Entry]:
    """Return the entries of a .po file, the head (an empty text) among them. Raises ValueError for another line."""
    entries: list[Entry] = []
    entry, part = Entry(), ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        word, _space, quoted = ("", "", line) if line.startswith('"') else line.partition(" ")
        if word == "msgid":
            entry = Entry(has_singular=True)
            entries.append(entry)
        elif word and word != "msgid_plural" and not word.startswith("msgstr"):
            raise ValueError(line)
        part = word or part
        said = ast.literal_eval(quoted)
        if part == "msgid":
            entry.singular += said
        elif part == "msgid_plural":
            entry.plural += said
        else:
            form = int(part[7:-1]) if "[" in part else 0
            entry.english[form] = entry.english.get(form, "") + said
    return entries


def compiled(entries: list[Entry]) -> bytes:
    """Return the entries as a .mo file: two tables of lengths and places, and the texts."""
    pairs = sorted((key.encode(), said.encode()) for key, said in (entry.keys() for entry in entries))
    first = 28 + 16 * len(pairs)
    tables: list[list[int]] = [[], []]
    texts = b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += [len(pair[column]), first + len(texts)]
            texts += pair[column] + b"\0"
    head = [_MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0]
    return struct.pack(f"<{7 + 4 * len(pairs)}I", *head, *tables[0], *tables[1]) + texts
