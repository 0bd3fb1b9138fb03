"""*Som det var den …*: what a row was on a day, for who reaches the row."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import actor, make_staff, make_user
from kursvis.admissions import services as admissions
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.grades.rules import GradeStatus
from kursvis.grades.tests.factories import Classroom, make_grade
from kursvis.people import services as people
from kursvis.people.models import Student
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_reader

pytestmark = pytest.mark.django_db
OLD, NEW = "070-111 22 33", "070-444 55 66"


@pytest.fixture
def office() -> Office:
    return Office()


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _asks(client: Client, address: str, day: date) -> str:
    return str(client.get(address, {"dag": day.isoformat()}).content.decode())


def _moved(office: Office) -> tuple[Student, date]:
    """Return a student who was made ten days ago, and whose number changed five days ago."""
    now = time.now()
    student = people.ensure_student(
        user=make_user(), authority=office.school.authority, now=now - timedelta(days=10), by=SYSTEM, phone=OLD
    )
    people.update_contact(student=student, phone=NEW, by=office.officer, now=now - timedelta(days=5))
    return student, time.today()


def test_a_record_is_what_it_was_at_the_end_of_the_day(office: Office, django_assert_max_num_queries: Any) -> None:
    student, today = _moved(office)
    address, client = f"/som-det-var/studerande/{student.uuid}/", _client(office.officer_user)
    with django_assert_max_num_queries(15):
        before = _asks(client, address, today - timedelta(days=7))
    assert OLD in before and NEW in before
    assert OLD not in _asks(client, address, today - timedelta(days=5))
    assert "Fanns inte då" in _asks(client, address, today - timedelta(days=20))
    tomorrow = _asks(client, address, today + timedelta(days=1))
    assert "Dagen har inte varit än" in tomorrow and (today + timedelta(days=1)).isoformat() in tomorrow
    seen = Event.objects.filter(verb="row.seen_as_it_was", student_id=student.pk)
    assert [event.detail["on"] for event in seen.order_by("id")][0] == (today - timedelta(days=7)).isoformat()
    assert seen.count() == 3


def test_a_choice_an_enrolment_and_a_grade_are_what_they_were(office: Office) -> None:
    classroom = Classroom(office=office)
    grade = make_grade(classroom, status=GradeStatus.LOCKED)
    enrolment = grade.enrolment
    client, day = _client(make_staff(Role.RECORDS_OFFICER, authority=office.school.authority)), time.today()
    placed = _asks(client, f"/som-det-var/kursdeltagande/{enrolment.uuid}/", day)
    assert classroom.group.name in placed and "Uppgift" in placed
    assert "Placerad" in _asks(client, f"/som-det-var/ansokan/{enrolment.choice.uuid}/", day)
    assert "Fanns inte då" in _asks(client, f"/som-det-var/betyg/{grade.uuid}/", day), "it is set on the last day"


def test_a_choice_is_before_its_decision_what_it_was(office: Office) -> None:
    choice = make_choice(office=office)
    yesterday = time.at_noon(time.today()) - timedelta(days=1)
    in_two_days = time.now() + timedelta(days=2)
    admissions.withdraw(choice=choice, by=actor(choice.student.user), now=in_two_days)
    client, address = _client(office.officer_user), f"/som-det-var/ansokan/{choice.uuid}/"
    shown = _asks(client, address, time.today())
    assert "Inskickad" in shown and "Återtagen" in shown
    assert "Fanns inte då" in _asks(client, address, yesterday.date())


def test_who_does_not_reach_the_row_does_not_reach_what_it_was(office: Office) -> None:
    student, today = _moved(office)
    address = f"/som-det-var/studerande/{student.uuid}/"
    system = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=office.school.authority)
    for user, status in ((office.administrator_user, 404), (Office().officer_user, 404), (system, 404)):
        assert _client(user).get(address, {"dag": today.isoformat()}).status_code == status


def test_a_protected_person_is_what_she_was_for_a_named_reader_who_says_why(office: Office) -> None:
    student, today = _moved(office)
    hidden = Protection.SECRECY_MARK
    people.protect(student=student, protection=hidden, reason="Besked", by=SYSTEM, now=time.now())
    address = f"/som-det-var/studerande/{student.uuid}/"
    client = _client(office.officer_user)
    given = {"dag": (today - timedelta(days=7)).isoformat(), "reason": "Hon frågar"}
    shut = client.get(address, given).content.decode() + client.post(address, given).content.decode()
    assert OLD not in shut and NEW not in shut and "Bara den som är utsedd" in shut
    make_reader(student=student, user=office.officer_user)
    assert OLD not in client.post(address, given | {"reason": " "}).content.decode()
    assert OLD in client.post(address, given).content.decode()
    assert Event.objects.filter(verb="student.opened", student_id=student.pk).get().detail["reason"] == "Hon frågar"


@pytest.mark.parametrize("reads_log", [True, False])
def test_a_rows_page_leads_to_its_log_and_to_what_it_was(office: Office, reads_log: bool) -> None:
    choice = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED)
    role = Role.RECORDS_OFFICER if reads_log else Role.FRONT_DESK
    client = _client(make_staff(role, authority=office.school.authority))
    shown = client.get(f"/studerande/{choice.student.uuid}/").content.decode()
    assert (f'href="/studerande/{choice.student.uuid}/logg/"' in shown) is reads_log
    assert f'href="/som-det-var/studerande/{choice.student.uuid}/"' in shown
