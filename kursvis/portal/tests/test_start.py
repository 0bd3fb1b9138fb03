"""The start page and the frame, for each role."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from kursvis.access.actors import Person
from kursvis.access.rules import SCHOOL_ROLES, Role
from kursvis.accounts.tests.factories import actor, make_staff, make_user
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.catalogue.models import CourseStart, Round
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start, make_round
from kursvis.core import time
from kursvis.core.time import SWEDEN
from kursvis.organisation.tests.factories import make_school
from kursvis.portal import addresses, greeting, todo

pytestmark = pytest.mark.django_db


def _codes(who: Person) -> dict[str, int]:
    return {item.code: item.count for item in todo.of(who, today=time.today())}


@pytest.mark.parametrize("role", list(Role))
def test_the_start_page_stands_for_every_role(client: Client, role: Role, django_assert_max_num_queries: Any) -> None:
    school = make_school(name="Björkskolan")
    make_round(authority=school.authority)
    unit = {"school": school} if role in SCHOOL_ROLES else {"authority": school.authority}
    client.force_login(make_staff(role, **unit))
    with django_assert_max_num_queries(15):
        page = client.get("/").content.decode()
    assert "Inget väntar på dig" in page
    assert "Kursstart" in page and f"v. {time.today().isocalendar().week}" in page
    assert ("Björkskolan" if role in SCHOOL_ROLES else school.authority.name) in page


def test_who_is_not_logged_in_sees_the_courses(client: Client) -> None:
    response = client.get("/")
    assert (response.status_code, response["location"]) == (302, "/kurser/")


def test_every_place_and_every_thing_to_do_has_an_address() -> None:
    names = [place.name for _title, places in addresses.SECTIONS for place in places]
    for address in [reverse(name) for name in names] + [addresses.of_todo(code) for code in todo.KINDS]:
        assert resolve(address.partition("?")[0])
    assert set(addresses.TODO) == set(todo.KINDS)


def test_the_navigation_holds_what_the_role_may_open(client: Client) -> None:
    school = make_school()
    client.force_login(make_staff(Role.TEACHER, school=school))
    page = client.get("/").content.decode()
    for address, is_there in {"/grupper/": True, "/betyg/": True, "/studerande/": False, "/utskick/": False}.items():
        assert (f'href="{address}"' in page) is is_there
    for address in re.findall(r'class="side__link" href="([^"]+)"', page):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", list(Role))
def test_no_role_is_led_to_a_page_that_refuses_her(client: Client, role: Role) -> None:
    school = make_school()
    unit = {"school": school} if role in SCHOOL_ROLES else {"authority": school.authority}
    client.force_login(make_staff(role, **unit))
    page = client.get("/").content.decode()
    addresses_found = set(re.findall(r'class="side__link" href="([^"]+)"', page))
    assert {address: client.get(address).status_code for address in addresses_found} == dict.fromkeys(
        addresses_found, 200
    )


def test_a_school_administrator_is_told_what_to_submit_mend_call_and_place(client: Client) -> None:
    office = Office()
    make_course_start(school=office.school, status=CourseStartStatus.DRAFT)
    sent_back = make_course_start(school=office.school, status=CourseStartStatus.SUBMITTED)
    offer.send_back(course_start=sent_back, reason="Skriv mer om tiderna.", by=office.officer, now=time.now())
    make_choice(office=office, status=ChoiceStatus.DISTRIBUTED)
    make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, outcome=Outcome.ON_CONDITION)
    make_choice(office=Office(), status=ChoiceStatus.DISTRIBUTED)
    assert _codes(office.administrator) == {"drafts": 1, "sent_back": 1, "to_call": 2, "to_place": 1}
    client.force_login(office.administrator_user)
    page = client.get("/").content.decode()
    assert "Inte kallade" in page and "/kursplacering/?kallad=no" in page
    assert re.search(r"Kursplacering<span class=\"count\">2<", page)


def test_a_late_call_is_red_and_first(client: Client) -> None:
    office = Office()
    make_choice(office=office, status=ChoiceStatus.DISTRIBUTED)
    late = time.today() + timedelta(days=10)
    CourseStart.objects.update(starts_on=late)
    Round.objects.update(
        starts_on=late,
        apply_by=late - timedelta(days=60),
        basis_on=late - timedelta(days=40),
        call_by=late - timedelta(days=14),
    )
    first = todo.of(office.administrator, today=time.today())[0]
    assert (first.code, first.due, first.urgency.tone) == ("to_call", "försenad", "bad")
    client.force_login(office.administrator_user)
    assert "försenad" in client.get("/").content.decode()


def test_an_open_condition_is_something_to_do_when_the_start_is_near() -> None:
    office = Office()
    make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, outcome=Outcome.ON_CONDITION)
    assert "open_conditions" not in _codes(office.administrator)
    CourseStart.objects.update(starts_on=time.today() + timedelta(days=13))
    assert _codes(office.administrator)["open_conditions"] == 1


def test_an_admissions_officer_is_told_what_to_publish_decide_and_distribute() -> None:
    office = Office()
    make_course_start(school=office.school, status=CourseStartStatus.SUBMITTED)
    for status in (ChoiceStatus.SUBMITTED, ChoiceStatus.DECIDED, ChoiceStatus.RETURNED):
        make_choice(office=office, status=status)
    make_choice(office=office, status=ChoiceStatus.DECIDED, outcome=Outcome.REFUSED)
    make_choice(office=Office())
    assert _codes(office.officer) == {"to_publish": 1, "to_decide": 1, "to_distribute": 1, "returned": 1}


def test_an_applicant_is_told_of_her_draft_and_sees_application_days_only(client: Client) -> None:
    choice = make_choice(status=ChoiceStatus.DRAFT)
    user = choice.student.user
    assert _codes(actor(user)) == {"own_drafts": 1}
    client.force_login(user)
    page = client.get("/").content.decode()
    assert "Ansökan är inte skickad" in page and "/mina-ansokningar/" in page
    assert "Sista ansökningsdag" in page and "Underlag till skolorna" not in page
    assert "/studerande/" not in page


def test_a_teacher_who_studies_sees_both(client: Client) -> None:
    user = make_staff(Role.TEACHER, first_name="Mattias", last_name="Berg")
    make_choice(user=user, status=ChoiceStatus.DRAFT)
    client.force_login(user)
    page = client.get("/").content.decode()
    assert "Grupper" in page and "Mina ansökningar" in page and "Ansökan är inte skickad" in page


def test_a_stranger_is_led_to_the_courses(client: Client) -> None:
    client.force_login(make_user())
    page = client.get("/").content.decode()
    assert "Till kurserna" in page and "Inget väntar på dig" in page


@pytest.mark.parametrize(("hour", "text"), [(5, "God morgon, Amina"), (12, "Hej, Amina"), (20, "God kväll, Amina")])
def test_the_greeting_follows_the_swedish_hour(hour: int, text: str) -> None:
    assert greeting.of("Amina", now=datetime(2026, 7, 1, hour, tzinfo=SWEDEN)) == text
