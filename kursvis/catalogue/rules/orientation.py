"""Orientation courses: what each is for, by its code, and a group name that says so (help page R18; rules.md 4.13)."""

import re
from datetime import date

_CODE = re.compile(r"(?:KGYORI1|GRNORI2)1([A-H])")
PURPOSES = {
    "A": "studie- och yrkesval",
    "B": "studieteknik",
    "C": "introduktion",
    "D": "validering",
    "E": "modersmålsstöd",
    "F": "yrkessvenska",
    "G": "digital kompetens",
    "H": "arbetsliv",
}
"""The last letter of the code, and the purpose; the two last are inferred from how municipalities use them."""
LONGEST_NAME = 80


def purpose_of(code: str) -> str:
    """Return what an orientation course is for: "studieteknik" of KGYORI11B; "" where the code does not say."""
    found = _CODE.fullmatch(code)
    return PURPOSES[found.group(1)] if found else ""


def is_orientation(code: str) -> bool:
    """Say whether a code is that of an orientation course."""
    return code.startswith(("KGYORI", "GRNORI"))


def suggested_group_name(code: str, *, starts_on: date, school: str, taken: frozenset[str]) -> str:
    """Return a name that says what the group is: "Orientering studieteknik, v. 34 Björkskolan", then "…, grupp 2"."""
    about = f"Orientering {purpose_of(code)}".strip()
    base = f"{about}, v. {starts_on.isocalendar().week} {school}"
    number, name = 2, base[:LONGEST_NAME].rstrip()
    while name in taken:
        ending = f", grupp {number}"
        name = base[: LONGEST_NAME - len(ending)].rstrip() + ending
        number += 1
    return name
