"""Walking the colleagues around the cast to where they stand: asked for, granted, refused, invited, locked, gone."""

from datetime import date, timedelta

from django.db import transaction

from kursvis.access.actors import SYSTEM, Person
from kursvis.accounts import services as accounts
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.queries import actor_of
from kursvis.accounts.services import attempts, locks, staff
from kursvis.core import time
from kursvis.demo.rules.cast import PASSWORD, member
from kursvis.demo.rules.colleagues import COLLEAGUES, REFUSAL, SECOND_SCHOOL, Colleague, Situation
from kursvis.demo.services.offer import Stage
from kursvis.demo.services.people import email_of
from kursvis.organisation.models import Authority, School
from kursvis.organisation.queries.settings import settings_of
from kursvis.organisation.rules.settings import Setting

ASKED_FOR = (Situation.WAITS, Situation.INVITED, Situation.REFUSED)
REQUESTED, DECIDED, LOCKED = timedelta(days=3), timedelta(days=2), timedelta(days=1)
"""How long ago a school asked for a role, the municipality answered, and an account was locked."""
WRONG_PASSWORD = "inte det här"


def make_colleagues(stage: Stage, *, today: date) -> dict[str, User]:
    """Make the colleagues; return them by key."""
    users = {}
    for person in COLLEAGUES:
        with transaction.atomic():
            asked_for = person.situation in ASKED_FOR
            user = _asked_for(person, stage, today) if asked_for else _there_already(person, stage, today)
            User.objects.filter(pk=user.pk).update(demo_note=person.note)
        users[person.key] = user
    _at_a_second_school(stage, today)
    return users


def _asked_for(person: Colleague, stage: Stage, today: date) -> User:
    """Let the school ask for the role; the municipality has answered, or has not yet."""
    user = _add(person, person.schools[0], stage, today, is_known=False)
    assignment = Assignment.objects.get(user=user)
    by, now = stage.actors["system_administrator"], time.at_noon(today - DECIDED)
    if person.situation is Situation.INVITED:
        accounts.grant(assignment=assignment, by=by, now=now, today=today - DECIDED)
    if person.situation is Situation.REFUSED:
        accounts.refuse(assignment=assignment, why=REFUSAL, by=by, now=now)
    return user


def _at_a_second_school(stage: Stage, today: date) -> None:
    """Let a second school ask for somebody who has an account: it types her personnummer."""
    key, school = SECOND_SCHOOL
    known = member(key)
    assert known.role is not None
    wanted = Colleague(
        key, known.first_name, known.last_name, known.personnummer, known.role, title=known.title, from_day=0
    )
    _add(wanted, school, stage, today, is_known=True)


def _add(person: Colleague, school_key: str, stage: Stage, today: date, *, is_known: bool) -> User:
    school = stage.schools[school_key]
    typed = staff.Colleague(
        personnummer=person.personnummer or "",
        first_name=person.first_name,
        last_name=person.last_name,
        title=person.title,
        email=email_of(person.first_name, person.last_name),
        is_known=is_known,
    )
    starts_on, ends_on = _days(person, today)
    return staff.add_colleague(
        colleague=typed,
        roles=[person.role],
        school=school,
        authority=school.authority,
        starts_on=starts_on,
        ends_on=ends_on,
        by=stage.administrator(school_key),
        now=time.at_noon(today - REQUESTED),
    )


def _there_already(person: Colleague, stage: Stage, today: date) -> User:
    """Make somebody who has been there for a while, and what has happened to her since."""
    starts_on, ends_on = _days(person, today)
    now = time.at_noon(min(starts_on, today - REQUESTED))
    schools = [stage.schools[key] for key in person.schools]
    authority = Authority.objects.get(name=person.authority)
    user = accounts.create_user(
        first_name=person.first_name,
        last_name=person.last_name,
        personnummer=person.personnummer,
        school=schools[0] if schools else None,
        authority=authority,
        password=PASSWORD if person.has_password else None,
        title=person.title,
        email=email_of(person.first_name, person.last_name) if person.has_password else "",
        by=SYSTEM,
        now=now,
    )
    units: list[School | None] = [*schools] or [None]
    for school in units:
        accounts.assign(
            user=user,
            role=person.role,
            school=school,
            authority=None if school else authority,
            starts_on=starts_on,
            ends_on=ends_on,
            by=SYSTEM,
            now=now,
        )
    _happened_since(person, user, stage, today)
    return user


def _happened_since(person: Colleague, user: User, stage: Stage, today: date) -> None:
    now = time.at_noon(today - LOCKED)
    if person.situation is Situation.LEFT:
        by: Person = stage.administrator(person.schools[0])
        accounts.end(assignment=Assignment.objects.get(user=user), by=by, now=now)
    if person.situation is Situation.LOCKED_OUT:
        allowed = settings_of(stage.schools[person.schools[0]].authority_id, on=today)[Setting.FAILED_ATTEMPTS]
        for _ in range(allowed):
            attempts.by_password(user_name=user.user_name or "", password=WRONG_PASSWORD)
        locks.lock_after_failures(user_id=user.pk, now=now)
    if person.situation is Situation.AWAY:
        _leave_unused(user, stage.schools[person.schools[0]].authority_id, today)
        locks.lock_inactive(today=time.swedish_date(time.real_now()), now=now)


def _leave_unused(user: User, authority_id: int, today: date) -> None:
    """Let somebody have logged in for the last time just longer ago than the municipality allows."""
    allowed = settings_of(authority_id, on=today)[Setting.INACTIVE_DAYS]
    away = timedelta(days=allowed + 1)
    last_time = time.at_noon(today - away)
    accounts.logged_in(user=user, way="password", by=actor_of(user, today=today), now=last_time)
    User.objects.filter(pk=user.pk).update(seen_at=time.days_after(time.real_now(), -away.days))


def _days(person: Colleague, today: date) -> tuple[date, date | None]:
    ends_on = None if person.to_day is None else today + timedelta(days=person.to_day)
    return today + timedelta(days=person.from_day), ends_on
