"""The first part of user names (help page R02): a school's own, and for the municipality's staff the municipality's."""

import re
import unicodedata

from kursvis.core.reasons import Reason

_NO_ACCENT_TO_TAKE_OFF = str.maketrans({"ø": "o", "æ": "a", "ß": "s", "ł": "l", "đ": "d"})
_OF_AN_AUTHORITY = re.compile(r"[a-z]{2,6}")


def letters(text: str) -> str:
    """Return the letters a–z of a text, in lower case: å and ä become a, ö becomes o, é becomes e; no other signs."""
    plain = unicodedata.normalize("NFD", text.lower().translate(_NO_ACCENT_TO_TAKE_OFF))
    return "".join(letter for letter in plain if "a" <= letter <= "z")


def prefix_of_authority(name: str) -> str:
    """Return the prefix that a municipality has until it chooses: the first three letters of its name."""
    first = letters(name)[:3]
    return first if len(first) > 1 else "kom"


def against_authority_prefix(prefix: str) -> list[Reason]:
    """Return what is wrong with a municipality's prefix: it has two to six letters a–z."""
    return [] if _OF_AN_AUTHORITY.fullmatch(prefix) else [Reason("organisation.authority_prefix")]
