"""The calendar feed: whose it is, what stands in it, and when it stops."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.models import Assignment, CalendarLink, User
from kursvis.accounts.rules.locks import UNKNOWN_CALENDARS_FROM_AN_ADDRESS
from kursvis.accounts.services import calendar as services
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.catalogue.services import continuous
from kursvis.catalogue.services import round_changes as changes
from kursvis.catalogue.tests.factories import make_continuous_period, make_course_start, make_round
from kursvis.core import time
from kursvis.core.tests.test_icalendar import read
from kursvis.grades.tests.factories import Classroom, make_enrolment
from kursvis.organisation.tests.factories import make_school
from kursvis.people.models import Student

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def feed_of(user: User) -> str:
    secret = services.make_calendar(user=user, by=actor(user), now=time.now())
    return f"/kalender/{secret}.ics"


def events(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200 and response["Content-Type"].startswith("text/calendar")
    return read(response.content)


def test_a_round_is_followed_by_its_key_also_when_it_is_moved(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    school = make_school()
    round_ = make_round(authority=school.authority)
    make_round(authority=make_school().authority)
    for weeks in range(1, 5):
        make_round(authority=school.authority, starts_on=round_.starts_on + weeks * 7 * DAY, period=round_.period)
    address = feed_of(make_staff(Role.SCHOOL_PRINCIPAL, school=school))
    with django_assert_max_num_queries(12):
        before = events(client, address)
    uid = f"{round_.uuid}-apply_by@kursvis"
    assert len(before) == len({event["UID"] for event in before}) == 2 + 5 * 4, "the period's two, each round's four"
    old = next(event for event in before if event["UID"] == uid)
    assert (old["DTSTART;VALUE=DATE"], old["SEQUENCE"]) == (round_.apply_by.strftime("%Y%m%d"), "0")
    assert "Sista ansökningsdag" in old["SUMMARY"]
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    moved = {"apply_by": round_.apply_by + DAY, "basis_on": round_.basis_on, "call_by": round_.call_by}
    changes.edit_round(round_=round_, **moved, starts_on=round_.starts_on, by=SYSTEM, now=time.now())
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200
    new = next(event for event in events(client, address) if event["UID"] == uid)
    assert (new["DTSTART;VALUE=DATE"], new["SEQUENCE"]) == ((round_.apply_by + DAY).strftime("%Y%m%d"), "1")


def test_a_school_sees_the_days_of_continuous_admission_that_it_uses(client: Client) -> None:
    school, other = make_school(), None
    other = make_school(authority=school.authority)
    make_continuous_period(authority=school.authority)
    day = time.today() + 60 * DAY
    day += DAY * max(0, 8 - day.isoweekday()) if day.isoweekday() > 5 else 0 * DAY
    round_ = continuous.round_starting(authority=school.authority, starts_on=day, by=SYSTEM, now=time.now())
    make_course_start(school=school, round=round_)
    counts = {}
    for unit in (school, other):
        found = events(client, feed_of(make_staff(Role.SCHOOL_ADMINISTRATOR, school=unit)))
        counts[unit.pk] = sum(str(round_.uuid) in event["UID"] for event in found)
    assert counts == {school.pk: 4, other.pk: 0}


def test_it_follows_the_roles_and_stops_with_the_account(client: Client) -> None:
    school = make_school()
    make_round(authority=school.authority)
    user = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)
    address = feed_of(user)
    assert len(events(client, address)) == 6
    Assignment.objects.filter(user=user).update(ends_on=time.today() - DAY)
    assert events(client, address) == []
    User.objects.filter(pk=user.pk).update(locked_at=time.now(), lock_reason="colleague")
    assert client.get(address).status_code == 404
    User.objects.filter(pk=user.pk).update(locked_at=None, lock_reason="", is_active=False)
    assert client.get(address).status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=True)
    renewed = feed_of(user)
    assert (client.get(address).status_code, client.get(renewed).status_code) == (404, 200)
    assert renewed.split("/")[2].removesuffix(".ics") not in CalendarLink.objects.get().secret_hash
    services.end_calendar(user=user, by=SYSTEM, now=time.now())
    assert client.get(renewed).status_code == 404


def test_a_teacher_and_a_student_see_their_own_and_no_name(client: Client) -> None:
    classroom = Classroom()
    enrolment = make_enrolment(classroom)
    teacher = User.objects.get(pk=classroom.teacher.user_id)
    titles = [event["SUMMARY"] for event in events(client, feed_of(teacher))]
    assert len(titles) == 3 and all(enrolment.group.name in title for title in titles)
    assert any("betygskatalogen" in title for title in titles)
    choice = make_choice(office=Office(), status=ChoiceStatus.DISTRIBUTED)
    address = feed_of(choice.student.user)
    assert events(client, address) == [], "not called yet"
    type(choice).objects.filter(pk=choice.pk).update(called_at=time.now())
    content = client.get(address).content.decode()
    assert {event["SUMMARY"] for event in read(content.encode())} == {
        f"{choice.course_start.course.name} {what}" for what in ("börjar", "slutar")
    }
    assert choice.student.last_name not in content
    Student.objects.filter(pk=choice.student_id).update(
        protection="secrecy_mark", alias_number=7, protected_at=time.now()
    )
    assert events(client, address) == []


def test_guesses_are_limited_and_a_good_address_is_not(client: Client) -> None:
    address = feed_of(make_staff(Role.SCHOOL_ADMINISTRATOR))
    for _number in range(3):
        assert client.get(address).status_code == 200
    for number in range(UNKNOWN_CALENDARS_FROM_AN_ADDRESS.most):
        assert client.get(f"/kalender/gissning-{number}.ics").status_code == 404
    assert client.get(address).status_code == 404, "whoever guesses is shut out for a while"
    assert client.post(address).status_code == 405


def test_the_page_shows_the_address_once_and_turns_it_off(client: Client) -> None:
    user = make_staff(Role.SCHOOL_ADMINISTRATOR, email="a@skola.exempel")
    client.force_login(user)
    assert "Du har ingen adress än" in client.get("/kalender/").content.decode()
    made = client.post("/kalender/ny/")
    assert ".ics" in made.content.decode() and "no-store" in made["Cache-Control"]
    assert ".ics" not in client.get("/kalender/").content.decode()
    client.post("/kalender/stang-av/")
    assert not CalendarLink.objects.exists()
    client.post("/kalender/paminnelser/", {})
    user.refresh_from_db()
    assert user.reminders is False
    client.post("/kalender/paminnelser/", {"wants": "on"})
    user.refresh_from_db()
    assert user.reminders is True
