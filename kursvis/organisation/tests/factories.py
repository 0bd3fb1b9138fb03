"""Authorities, providers and schools for tests, made by the services."""

from datetime import date
from itertools import count
from typing import Any

from kursvis.access.actors import SYSTEM
from kursvis.core import time
from kursvis.core.personnummer import check_digit
from kursvis.organisation import services
from kursvis.organisation.models import Agreement, Authority, Provider, RegisterEntry, School
from kursvis.organisation.rules import AgreementKind, ProviderKind
from kursvis.organisation.rules.registers import Register
from kursvis.organisation.services import registers

_numbers = count(1)
_LONG_AGO = date(2020, 1, 1)


def organisation_number(number: int) -> str:
    """Return an invented organisation number with a right check digit."""
    digits = f"5599{number:05d}"
    return f"{digits[:6]}-{digits[6:]}{check_digit(digits)}"


def in_letters(number: int) -> str:
    """Return a number as a prefix: four letters a–z that no other number has."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in reversed(range(4)))


def make_authority(**given: Any) -> Authority:
    """Return an education authority with an address for paper catalogues."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": f"Provkommun {number}",
        "adult_education_name": f"Provkommun {number} vuxenutbildning",
        "municipality_code": "9999",
        "organisation_number": organisation_number(number),
        "catalogue_address": f"Provkommun {number}\nBetygsarkivet\n999 99 Provstad",
        "email": "vux@example.org",
    }
    return services.create_authority(**(values | given), by=SYSTEM, now=time.now())


def make_provider(*, authority: Authority, **given: Any) -> Provider:
    """Return a provider: the municipality itself unless told otherwise."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": f"Anordnare {number}",
        "organisation_number": organisation_number(number),
        "kind": ProviderKind.OWN,
    }
    return services.create_provider(authority=authority, **(values | given), by=SYSTEM, now=time.now())


def make_agreement(
    *,
    school: School,
    kind: AgreementKind = AgreementKind.ORDINARY,
    starts_on: date = _LONG_AGO,
    ends_on: date | None = None,
    **limits: Any,
) -> Agreement:
    """Return an agreement that lets the school offer education: everything, unless it is limited."""
    return services.create_agreement(
        school=school, kind=kind, starts_on=starts_on, ends_on=ends_on, **limits, by=SYSTEM, now=time.now()
    )


def make_industry(code: str, *, authority: Authority) -> RegisterEntry:
    """Return an industry of the municipality's register, in force since long ago."""
    return registers.add_entry(
        authority=authority,
        register=Register.INDUSTRY,
        code=code,
        name=f"Bransch {code}",
        text="",
        meaning="",
        starts_on=_LONG_AGO,
        by=SYSTEM,
        now=time.now(),
    )


def make_school(
    *, authority: Authority | None = None, agreement: AgreementKind | None = AgreementKind.ORDINARY, **given: Any
) -> School:
    """Return a school with an ordinary agreement; `agreement=None` for a school without any."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": f"Provskolan {number}",
        "unit_code": f"{10_000_000 + number}",
        "prefix": in_letters(number),
        "street": "Skolgatan 1",
        "postal_code": "999 99",
        "locality": "Provstad",
        "email": f"skola{number}@example.org",
        "phone": "000-000 00 00",
    }
    provider = given.pop("provider", None) or make_provider(authority=authority or make_authority())
    school = services.create_school(provider=provider, **(values | given), by=SYSTEM, now=time.now())
    if agreement is not None:
        ends_on = date(2099, 12, 31) if agreement is AgreementKind.TEMPORARY else None
        make_agreement(school=school, kind=agreement, ends_on=ends_on)
    return school
