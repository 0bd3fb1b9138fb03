"""Who searched for a person, and whose rows were shown: the same event from every list."""

import json
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services as accounts
from kursvis.accounts.models import User
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.grades.tests.factories import Classroom, make_grade
from kursvis.people.models import Student
from kursvis.people.tests.factories import make_student

pytestmark = pytest.mark.django_db
NAMED = {"first_name": "Hodan", "last_name": "Abdi"}
PLACES = {"students": "/studerande/", "choices": "/ansokningar/", "placements": "/kursplacering/", "grades": "/betyg/"}


def _shown(place: str) -> tuple[User, Student]:
    """Return who searches, and the student whose row she finds there."""
    if place == "grades":
        classroom = Classroom()
        return classroom.teacher_user, make_grade(classroom, **NAMED).enrolment.student
    office = Office()
    student = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, **NAMED).student
    return office.administrator_user, student


def _searches() -> list[Event]:
    return list(Event.objects.filter(verb="student.searched"))


@pytest.mark.parametrize("place", PLACES)
def test_a_search_is_noted_with_whose_rows_it_showed(
    client: Client, place: str, django_assert_max_num_queries: Any
) -> None:
    user, student = _shown(place)
    client.force_login(user)
    with django_assert_max_num_queries(15):
        page = client.get(PLACES[place], {"q": "abdi", "ordning": "namn"})
    assert "Abdi" in page.content.decode()
    (event,) = _searches()
    assert (event.actor_id, event.authority_id) == (user.pk, student.authority_id)
    assert (event.subject, event.subject_id) == ("organisation.authority", student.authority_id)
    assert event.detail == {
        "place": place,
        "filters": ["ordning", "q"],
        "text": "words",
        "student_ids": [student.pk],
    }


@pytest.mark.parametrize("place", PLACES)
def test_a_list_without_a_search_is_not(client: Client, place: str) -> None:
    user, _student = _shown(place)
    client.force_login(user)
    for query in ("", "?q=", "?q=%20", "?lage=alla"):
        client.get(PLACES[place] + query)
    assert not _searches()


@pytest.mark.parametrize("place", ["students", "choices", "grades"])
def test_no_number_stands_in_the_log(client: Client, place: str) -> None:
    user, student = _shown(place)
    client.force_login(user)
    client.get(PLACES[place], {"q": student.personnummer})
    (event,) = _searches()
    assert (event.detail["text"], event.detail["student_ids"]) == ("number", [student.pk])
    assert student.personnummer not in json.dumps(event.detail)


def test_a_search_without_a_hit_is_noted_where_the_actor_works(client: Client) -> None:
    office = Office()
    client.force_login(office.officer_user)
    client.get("/studerande/", {"q": "Nobody"})
    (event,) = _searches()
    assert (event.authority_id, event.detail["student_ids"]) == (office.school.authority_id, [])


def test_only_the_shown_page_is_noted(client: Client) -> None:
    office = Office()
    students = [make_student(authority=office.school.authority, last_name=f"Prov {n:02d}") for n in range(52)]
    client.force_login(office.officer_user)
    client.get("/studerande/", {"q": "prov", "sida": "2"})
    (event,) = _searches()
    assert event.detail["student_ids"] == [student.pk for student in students[50:]]


def test_a_double_role_tells_each_authority_of_its_own_students_only(client: Client) -> None:
    here, there = Office(), Office()
    mine = make_student(authority=here.school.authority, **NAMED)
    theirs = make_student(authority=there.school.authority, **NAMED)
    accounts.assign(
        user=here.officer_user,
        role=Role.ADMISSIONS_OFFICER,
        authority=there.school.authority,
        starts_on=time.today(),
        by=SYSTEM,
        now=time.now(),
    )
    client.force_login(here.officer_user)
    client.get("/studerande/", {"q": "abdi"})
    told = {event.authority_id: event.detail["student_ids"] for event in _searches()}
    assert told == {here.school.authority_id: [mine.pk], there.school.authority_id: [theirs.pk]}
