"""Who exists, who holds which role where, and who logged in."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from kursvis.access.actors import Actor
from kursvis.access.rules import Role
from kursvis.accounts import rules
from kursvis.accounts.models import Assignment, User
from kursvis.audit import services as audit
from kursvis.core import personnummer as numbers
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.organisation.models import Authority, School


@transaction.atomic
def create_user(
    *,
    first_name: str,
    last_name: str,
    personnummer: str | None = None,
    school: School | None = None,
    user_name: str | None = None,
    password: str | None = None,
    title: str = "",
    email: str = "",
    demo_note: str = "",
    by: Actor,
    now: datetime,
) -> User:
    """Create the account of a natural person. A member of a school's staff gets the user name of rule R02.

    Raises `Refused` when a name is missing or the personnummer is wrong or already has an account.
    """
    number = numbers.normalised(personnummer) if personnummer else None
    refuse_if(rules.against_names(first_name, last_name))
    refuse_if(numbers.against(number) if number else [])
    refuse_if(rules.against_second_account(number) if number and _has_account(number) else [])
    user = User(
        personnummer=number,
        user_name=user_name or (_free_user_name(school, first_name, last_name) if school else None),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        title=title,
        email=email,
        demo_note=demo_note,
    )
    user.set_password(password)
    user.save(force_insert=True)
    audit.record(
        verb="user.created", by=by, subject=user, authority_id=school.authority_id if school else None, now=now
    )
    return user


@transaction.atomic
def ensure_person(*, personnummer: str, first_name: str, last_name: str, by: Actor, now: datetime) -> User:
    """Return the account of a person whose electronic ID has vouched for her number; create it the first time.

    Raises `Refused` when a new person's number is wrong or her name is missing.
    """
    known = User.objects.filter(personnummer=numbers.normalised(personnummer)).first()
    return known or create_user(personnummer=personnummer, first_name=first_name, last_name=last_name, by=by, now=now)


@transaction.atomic
def assign(
    *,
    user: User,
    role: Role,
    authority: Authority | None = None,
    school: School | None = None,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    now: datetime,
) -> Assignment:
    """Give the user a role at a school, or at the whole authority, for a period.

    Raises `Refused` when the role does not fit the unit, the dates are in the wrong order, or she has it already.
    """
    refuse_if(rules.against_assignment(role, at_school=school is not None, starts_on=starts_on, ends_on=ends_on))
    authority_id = _authority_id(authority, school)
    User.objects.select_for_update().get(pk=user.pk)
    refuse_if(rules.against_same_role_twice(_overlaps(user, role, authority_id, school, starts_on, ends_on)))
    assignment = Assignment.objects.create(
        user=user, role=role.value, authority_id=authority_id, school=school, starts_on=starts_on, ends_on=ends_on
    )
    audit.record(
        verb="user.assigned",
        by=by,
        subject=user,
        authority_id=authority_id,
        now=now,
        role=role,
        school_id=school.pk if school else None,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return assignment


@transaction.atomic
def logged_in(*, user: User, way: str, by: Actor, now: datetime) -> None:
    """Note that the user logged in, and how (password, test e-ID)."""
    audit.record(verb="user.logged_in", by=by, subject=user, authority_id=None, now=now, way=way)


@transaction.atomic
def logged_out(*, user: User, by: Actor, now: datetime) -> None:
    """Note that the user logged out."""
    audit.record(verb="user.logged_out", by=by, subject=user, authority_id=None, now=now)


def _authority_id(authority: Authority | None, school: School | None) -> int:
    if school is not None:
        return school.authority_id
    if authority is None:
        raise Refused(Reason("accounts.unit_missing"))
    return authority.pk


def _has_account(number: str) -> bool:
    return User.objects.filter(personnummer=number).exists()


def _free_user_name(school: School, first_name: str, last_name: str) -> str:
    base = rules.user_name(prefix=school.prefix, first_name=first_name, last_name=last_name)
    taken = User.objects.filter(user_name__startswith=base).values_list("user_name", flat=True)
    return rules.user_name(
        prefix=school.prefix, first_name=first_name, last_name=last_name, taken=frozenset(filter(None, taken))
    )


def _overlaps(
    user: User, role: Role, authority_id: int, school: School | None, starts_on: date, ends_on: date | None
) -> bool:
    held = Assignment.objects.filter(user=user, role=role.value, authority_id=authority_id, school=school)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    return (held.filter(starts_on__lte=ends_on) if ends_on else held).exists()
