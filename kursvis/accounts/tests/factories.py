"""People for tests, made by the services."""

from datetime import date
from itertools import count
from typing import Any

from kursvis.access.actors import SYSTEM, Person
from kursvis.access.rules import SCHOOL_ROLES, Action, Role
from kursvis.accounts import queries, services
from kursvis.accounts.models import Delegation, User
from kursvis.accounts.rules.delegations import DelegatedDecision
from kursvis.core import time
from kursvis.core.personnummer import check_digit
from kursvis.organisation.models import Authority, School
from kursvis.organisation.tests.factories import make_authority, make_school

PASSWORD = "lagom-långt-lösenord"
OFFICIAL = ("199001012385", "199001032383", "199001032391")
"""Some of the Swedish Tax Agency's official test numbers, for tests that type one."""
DELEGATED = {
    Role.ADMISSIONS_OFFICER: DelegatedDecision.RECEPTION,
    Role.SCHOOL_ADMINISTRATOR: DelegatedDecision.ADMISSION,
}
"""What the boards of tests leave to a role, from the first one who holds it."""
REFERENCE = "Delegationsordning 2020, punkt 4.2"
_LONG_AGO = date(2020, 1, 1)
_DAYS_OF_40_YEARS = 40 * 336
_numbers = count()


def new_personnummer() -> str:
    """Return a number with a right check digit and a birth year that was never issued (1800–1839)."""
    number = next(_numbers)
    serial, day = divmod(number, _DAYS_OF_40_YEARS)
    year, day = divmod(day, 336)
    digits = f"{1800 + year}{day // 28 + 1:02d}{day % 28 + 1:02d}{serial + 100:03d}"
    return digits + check_digit(digits[2:])


def make_user(**given: Any) -> User:
    """Return a person with an account and no roles."""
    values: dict[str, Any] = {"first_name": "Hodan", "last_name": "Abdi", "by": SYSTEM, "now": time.now()}
    if "personnummer" not in given:
        values["personnummer"] = new_personnummer()
    return services.create_user(**(values | given))


def make_staff(
    role: Role,
    *,
    school: School | None = None,
    authority: Authority | None = None,
    starts_on: date = _LONG_AGO,
    ends_on: date | None = None,
    **given: Any,
) -> User:
    """Return a person who holds the role at the school or authority (a new one when none is given).

    What her role decides, the board has delegated to it.
    """
    if role in SCHOOL_ROLES:
        school = school or make_school(authority=authority)
    else:
        authority = authority or make_authority()
    values: dict[str, Any] = {"first_name": "Amina", "last_name": "Lindqvist", "title": "Provtitel", "school": school}
    user = make_user(**(values | given))
    services.assign(
        user=user,
        role=role,
        authority=None if role in SCHOOL_ROLES else authority,
        school=school if role in SCHOOL_ROLES else None,
        starts_on=starts_on,
        ends_on=ends_on,
        by=SYSTEM,
        now=time.now(),
    )
    if role in DELEGATED:
        delegate_to_role(role, authority=school.authority if school else authority)
    return user


def delegate_to_role(role: Role, *, authority: Authority | None) -> None:
    """Let the authority's board leave to everybody with the role what such a role decides; once."""
    assert authority is not None
    decision = DELEGATED[role]
    if not Delegation.objects.filter(authority=authority, role=role.value, decision=decision.value).exists():
        services.delegate(
            authority=authority,
            decision=decision,
            role=role,
            reference=REFERENCE,
            starts_on=_LONG_AGO,
            by=SYSTEM,
            now=time.now(),
        )


def actor(user: User) -> Person:
    """Return the user as actor, with the roles that she holds today; she has confirmed every kind of step."""
    return queries.actor_of(user, today=time.today(), confirmed=frozenset(Action))
