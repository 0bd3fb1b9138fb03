"""What is written about an authority, a provider and a school: numbers with a form, and what is unique (R01, R02)."""

import re
from collections.abc import Collection

from kursvis.core.personnummer import check_digit
from kursvis.core.reasons import Reason

_PREFIX = re.compile(r"[a-z]{2,6}")
_UNIT_CODE = re.compile(r"[1-9][0-9]{7}")
_ORGANISATION_NUMBER = re.compile(r"[0-9]{6}-[0-9]{4}")
_POSTAL_CODE = re.compile(r"[1-9][0-9]{2} [0-9]{2}")


def as_organisation_number(text: str) -> str:
    """Return an organisation number as it is kept: NNNNNN-NNNN, also from ten or (with 16 before) twelve digits."""
    digits = re.sub(r"[\s-]", "", text)
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 else text.strip()


def against_organisation_number(number: str) -> list[Reason]:
    """Return what is wrong with an organisation number: ten digits, of which the last is the check digit (Luhn)."""
    if not _ORGANISATION_NUMBER.fullmatch(number):
        return [Reason("organisation.organisation_number_form")]
    digits = number.replace("-", "")
    return [] if check_digit(digits[:9]) == digits[9] else [Reason("organisation.organisation_number_check_digit")]


def as_postal_code(text: str) -> str:
    """Return a postal code as it is kept: NNN NN."""
    digits = re.sub(r"\s", "", text)
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 5 else text.strip()


def against_postal_code(code: str) -> list[Reason]:
    """Return what is wrong with a Swedish postal code."""
    return [] if _POSTAL_CODE.fullmatch(code) else [Reason("organisation.postal_code_form")]


def against_unit_code(code: str) -> list[Reason]:
    """Return what is wrong with a code of the school unit register: eight digits, not beginning with 0."""
    return [] if _UNIT_CODE.fullmatch(code) else [Reason("organisation.unit_code_form")]


def against_prefix(prefix: str) -> list[Reason]:
    """Return what is wrong with a school's prefix: it has two to six letters a–z (R02)."""
    return [] if _PREFIX.fullmatch(prefix) else [Reason("organisation.prefix_form")]


def against_name(name: str) -> list[Reason]:
    """Return what is wrong with a name: there is none."""
    return [] if name.strip() else [Reason("organisation.name_missing")]


def against_school(*, name: str, unit_code: str, prefix: str, postal_code: str) -> list[Reason]:
    """Return everything that is wrong with what is written about a school."""
    return against_name(name) + against_unit_code(unit_code) + against_prefix(prefix) + against_postal_code(postal_code)


def against_same_school_twice(
    *, unit_code: str, prefix: str, unit_codes: Collection[str], prefixes: Collection[str]
) -> list[Reason]:
    """Return what the authority's other schools already have: the code, or the prefix of user names."""
    reasons = [Reason("organisation.unit_code_taken", {"code": unit_code})] if unit_code in unit_codes else []
    return reasons + ([Reason("organisation.prefix_taken", {"prefix": prefix})] if prefix in prefixes else [])


def against_same_provider_twice(number: str, *, numbers: Collection[str]) -> list[Reason]:
    """Return why a provider is not entered: the authority has one with the organisation number."""
    return [Reason("organisation.provider_exists", {"number": number})] if number in numbers else []


def against_same_authority_twice(name: str, *, names: Collection[str]) -> list[Reason]:
    """Return why an authority may not have a name: another one has it."""
    return [Reason("organisation.authority_name_taken", {"name": name})] if name in names else []
