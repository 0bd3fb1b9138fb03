"""Accounts: one user per natural person; roles are assigned at a unit for a period."""

import unicodedata
from datetime import date

from kursvis.access.rules import SCHOOL_ROLES, Role
from kursvis.core.personnummer import shown
from kursvis.core.reasons import Reason

_NO_ACCENT_TO_TAKE_OFF = str.maketrans({"ø": "o", "æ": "a", "ß": "s", "ł": "l", "đ": "d"})


def user_name(*, prefix: str, first_name: str, last_name: str, taken: frozenset[str] = frozenset()) -> str:
    """Return the user name: school prefix + 2 letters of the first name + 3 of the surname (help page R02).

    Letters are lower case without accents (å and ä become a, ö becomes o, é becomes e); what is no letter falls away. A
    short name gives fewer letters. When the name is taken a number from 2 is added.
    """
    base = prefix.lower() + _letters(first_name)[:2] + _letters(last_name)[:3]
    if base not in taken:
        return base
    number = 2
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().translate(_NO_ACCENT_TO_TAKE_OFF))
    return "".join(letter for letter in plain if "a" <= letter <= "z")


def against_names(first_name: str, last_name: str) -> list[Reason]:
    """Return what is wrong with the names: both are needed."""
    return [] if first_name.strip() and last_name.strip() else [Reason("accounts.name_missing")]


def against_second_account(personnummer: str) -> list[Reason]:
    """Return the refusal of a second account for one natural person (R01)."""
    return [Reason("accounts.has_account_already", {"personnummer": shown(personnummer)})]


def against_assignment(role: Role, *, at_school: bool, starts_on: date, ends_on: date | None) -> list[Reason]:
    """Return what is wrong with a role at a unit for a period: school roles are held at schools, no others."""
    reasons = []
    if (role in SCHOOL_ROLES) != at_school:
        reasons.append(Reason("accounts.role_does_not_fit_unit", {"role": ("role", role)}))
    if ends_on is not None and ends_on < starts_on:
        reasons.append(Reason("accounts.ends_before_start"))
    return reasons


def against_same_role_twice(overlaps: bool) -> list[Reason]:
    """Return the refusal of a role that she already holds at the unit on some day of the period."""
    return [Reason("accounts.holds_role_already")] if overlaps else []
