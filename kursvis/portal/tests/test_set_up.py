"""What a municipality has decided moves the deadlines of *Att göra*, and its set-up has lines of its own."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM, Person
from kursvis.access.rules import Role
from kursvis.accounts import services as accounts
from kursvis.accounts.tests.factories import actor, make_staff, make_user
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.grades.tests.factories import Classroom, make_enrolment
from kursvis.organisation.models import Agreement, Authority
from kursvis.organisation.rules.settings import DEFAULTS, Setting
from kursvis.organisation.services import settings
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.portal import todo
from kursvis.portal.rules import catalogue_due

database = pytest.mark.django_db
SPRING = {**DEFAULTS, Setting.CATALOGUE_DAYS: 14, Setting.CATALOGUE_LAST_DAY: 616}


@pytest.mark.parametrize(
    ("ends_on", "due"),
    [
        (date(2026, 5, 20), date(2026, 6, 3)),
        (date(2026, 6, 2), date(2026, 6, 16)),
        (date(2026, 6, 10), date(2026, 6, 16)),
        (date(2026, 6, 16), date(2026, 6, 16)),
        (date(2026, 6, 17), date(2026, 7, 1)),
        (date(2026, 12, 18), date(2027, 1, 1)),
    ],
)
def test_a_spring_catalogue_is_in_by_the_last_day_of_spring(ends_on: date, due: date) -> None:
    assert catalogue_due(ends_on, SPRING) == due


@given(
    ends_on=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    days=st.integers(1, 60),
    last=st.dates(date(2024, 1, 1), date(2024, 12, 31)),
)
def test_a_catalogue_is_never_due_before_the_course_ends_nor_later_than_its_days(
    ends_on: date, days: int, last: date
) -> None:
    values = {**DEFAULTS, Setting.CATALOGUE_DAYS: days, Setting.CATALOGUE_LAST_DAY: last.month * 100 + last.day}
    due = catalogue_due(ends_on, values)
    assert ends_on <= due <= ends_on + timedelta(days=days)
    next_due = catalogue_due(ends_on + timedelta(days=1), values)
    assert due <= next_due


def decide(authority: Authority, setting: Setting, value: int) -> None:
    step = {"by": SYSTEM, "now": time.now()}
    settings.set_value(authority=authority, setting=setting, value=value, starts_on=time.today(), **step)


def line(who: Person, code: str, *, today: date | None = None) -> todo.Todo | None:
    return next((found for found in todo.of(who, today=today or time.today()) if found.code == code), None)


@database
def test_a_teacher_is_told_of_grades_as_long_ahead_as_the_municipality_has_decided() -> None:
    classroom = Classroom()
    enrolment = make_enrolment(classroom)
    ends_on = enrolment.ends_on
    decide(enrolment.authority, Setting.GRADES_AHEAD_DAYS, 21)
    decide(enrolment.authority, Setting.CATALOGUE_DAYS, 10)
    assert line(classroom.teacher, "to_set", today=ends_on - timedelta(days=22)) is None
    found = line(classroom.teacher, "to_set", today=ends_on - timedelta(days=21))
    assert found is not None and found.due_on is not None
    assert found.due_on <= ends_on + timedelta(days=10)


def rows_of(client: Client, url: str) -> int:
    return int(client.get(url).context["page"].paginator.count)


@database
def test_who_runs_a_unit_is_told_of_roles_that_end(client: Client) -> None:
    school = make_school()
    office = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)
    for days in (0, 30, 31):
        make_staff(Role.TEACHER, school=school, ends_on=time.today() + timedelta(days=days))
    make_staff(Role.TEACHER, ends_on=time.today())
    found = line(actor(office), "roles_ending")
    assert found is not None and (found.count, found.day) == (2, time.today())
    client.force_login(office)
    assert rows_of(client, found.url) == 2
    decide(school.authority, Setting.ASSIGNMENT_ENDS_DAYS, 40)
    found = line(actor(office), "roles_ending")
    assert found is not None and found.count == 3


@database
def test_the_municipality_is_told_of_roles_that_schools_ask_for(client: Client) -> None:
    school = make_school()
    office = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)
    administrator = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=school.authority)
    assert line(actor(administrator), "roles_to_activate") is None
    accounts.assign(
        user=make_user(), role=Role.TEACHER, school=school, starts_on=time.today(), by=actor(office), now=time.now()
    )
    found = line(actor(administrator), "roles_to_activate")
    assert found is not None and (found.count, found.due_on) == (1, None)
    assert line(actor(office), "roles_to_activate") is None


@database
def test_the_municipality_is_told_of_schools_alone_and_starts_without_agreement(client: Client) -> None:
    authority = make_authority()
    user = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)
    alone, led = make_school(authority=authority), make_school(authority=authority)
    make_staff(Role.SCHOOL_ADMINISTRATOR, school=led)
    make_school()
    found = line(actor(user), "without_administrator")
    assert found is not None and (found.count, found.due_on) == (1, None)
    client.force_login(user)
    assert alone.name in client.get(found.url).content.decode()
    start = make_course_start(school=led)
    make_course_start(school=alone)
    Agreement.objects.filter(school=led).update(ends_on=time.today())
    found = line(actor(user), "without_agreement")
    assert found is not None and (found.count, found.day) == (1, start.starts_on)
    assert rows_of(client, found.url) == 1
    CourseStart.objects.filter(pk=start.pk).update(starts_on=time.today() - timedelta(days=1))
    assert line(actor(user), "without_agreement") is None
