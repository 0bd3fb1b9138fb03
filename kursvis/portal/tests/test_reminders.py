"""Reminders: who is told of what, at which distance, and once."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import make_staff
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit.models import Event
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import continuous
from kursvis.catalogue.tests.factories import make_continuous_period, make_course_start, make_period, make_round
from kursvis.core import time
from kursvis.core.jobs import run_day
from kursvis.core.tests.races import race
from kursvis.organisation.rules.settings import DEFAULTS, Setting
from kursvis.organisation.services import settings
from kursvis.organisation.tests.factories import make_school
from kursvis.portal.rules.reminders import Due, distance, reminders_due
from kursvis.portal.services.reminders import remind
from kursvis.post.models import Message

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
database = pytest.mark.django_db


@given(left=st.integers(-5, 80), first=st.integers(1, 60), last=st.integers(1, 30))
def test_the_nearest_distance_that_is_reached_counts(left: int, first: int, last: int) -> None:
    values = {**DEFAULTS, Setting.REMINDER_DAYS: first, Setting.LAST_REMINDER_DAYS: last}
    found = distance(TODAY + left * DAY, today=TODAY, values=values)
    reached = [days for days in (first, last) if 0 <= left <= days]
    assert found == (min(reached) if reached else None)


def test_what_waits_at_several_units_for_a_day_is_one_reminder() -> None:
    day = TODAY + 10 * DAY
    dues = [Due("drafts", 1, 4, day, 2), Due("drafts", 1, 5, day, 3), Due("drafts", 1, 5, TODAY + 15 * DAY, 9)]
    (found,) = reminders_due([*dues, Due("to_call", 1, 5, day, 0)], today=TODAY, decided={1: DEFAULTS})
    assert (found.count, found.days_before, found.key("x")) == (5, 14, f"x:drafts:{day}:14")


@database
def test_only_who_has_something_left_is_reminded_and_once_at_each_distance() -> None:
    office = Office()
    User.objects.filter(pk=office.administrator_user.pk).update(email="amina@bjork.exempel")
    make_staff(Role.TEACHER, school=office.school, email="larare@bjork.exempel")
    choice = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED)
    call_by = choice.course_start.round.call_by
    mails = Message.objects.filter(address="amina@bjork.exempel", subject__startswith="Påminnelse")
    at = {days: {"today": call_by - days * DAY, "now": time.now()} for days in (15, 14, 13, 3, 2, 1)}
    assert remind(**at[15]) == 0
    assert (remind(**at[14]), remind(**at[14]), remind(**at[13])) == (1, 0, 0)
    assert (remind(**at[3]), remind(**at[2]), remind(**at[1])) == (1, 0, 0)
    assert mails.count() == 2
    text = mails.earliest("pk").body
    assert f"{call_by} (om 14 dagar) · Inte kallade: 1" in text and "/kalender/" in text
    assert choice.student.last_name not in text
    assert (
        Event.objects.filter(verb="message.reminded").count() == 2
        and mails.count() == Message.objects.filter(subject__startswith="Påminnelse").count()
    )


@database
@pytest.mark.parametrize("gone", [{"reminders": False}, {"is_active": False}, {"email": ""}])
def test_who_wants_none_or_may_not_log_in_gets_none(gone: dict[str, object]) -> None:
    school = make_school()
    start = make_course_start(school=school, status=CourseStartStatus.DRAFT)
    today = start.round.period.offer_by - DAY
    who = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, email="a@skola.exempel")
    User.objects.filter(pk=who.pk).update(**gone)
    assert remind(today=today, now=time.now()) == 0
    User.objects.filter(pk=who.pk).update(reminders=True, is_active=True, email="a@skola.exempel")
    assert remind(today=today, now=time.now()) == 1


@database
def test_the_municipality_decides_when_and_publishes() -> None:
    office = Office()
    User.objects.filter(pk=office.officer_user.pk).update(email="kommun@malarvik.exempel")
    period = make_period(authority=office.school.authority, opens_on=time.today() + 20 * DAY)
    round_ = make_round(authority=period.authority, period=period, starts_on=time.today() + 90 * DAY)
    make_course_start(school=office.school, round=round_, status=CourseStartStatus.SUBMITTED)
    assert remind(today=time.today(), now=time.now()) == 0
    decided = {"authority": period.authority, "starts_on": time.today(), "by": SYSTEM, "now": time.now()}
    settings.set_value(setting=Setting.REMINDER_DAYS, value=20, **decided)
    assert remind(today=time.today(), now=time.now()) == 1
    (message,) = Message.objects.filter(address="kommun@malarvik.exempel")
    assert "Kursstarter att granska: 1" in message.body and str(period.opens_on) in message.body


@database
def test_a_school_that_has_entered_nothing_is_told(client: Client) -> None:
    school, other = make_school(), make_school()
    period = make_period(authority=school.authority, opens_on=time.today() + 20 * DAY, offer_by=time.today() + 3 * DAY)
    round_ = make_round(authority=school.authority, period=period, starts_on=time.today() + 90 * DAY)
    user = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, email="a@skola.exempel")
    make_staff(Role.SCHOOL_ADMINISTRATOR, school=other, email="b@annan.exempel")
    client.force_login(user)
    assert "Perioder utan utbud från er" in client.get("/").content.decode()
    run_day(time.today())
    (message,) = Message.objects.filter(subject__startswith="Påminnelse")
    assert message.address == "a@skola.exempel" and "Perioder utan utbud från er: 1" in message.body
    make_course_start(school=school, round=round_, status=CourseStartStatus.DRAFT)
    page = client.get("/").content.decode()
    assert "Perioder utan utbud" not in page and "utkast av 1" in page


@database
def test_a_draft_in_continuous_admission_is_due_on_its_own_last_day(client: Client) -> None:
    school = make_school()
    make_continuous_period(authority=school.authority)
    day = time.today() + 60 * DAY
    day += timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() > 5 else 0)
    round_ = continuous.round_starting(authority=school.authority, starts_on=day, by=SYSTEM, now=time.now())
    make_course_start(school=school, round=round_, status=CourseStartStatus.DRAFT)
    client.force_login(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    assert f'ska vara inne <span class="nowrap">{round_.apply_by}' in client.get("/").content.decode()


@pytest.mark.usefixtures("committed")
def test_two_workers_at_once_remind_once() -> None:
    school = make_school()
    start = make_course_start(school=school, status=CourseStartStatus.DRAFT)
    make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, email="a@skola.exempel")
    today = start.round.period.offer_by - DAY
    race(lambda number: remind(today=today, now=time.now()))
    assert Message.objects.filter(subject__startswith="Påminnelse").count() == 1
