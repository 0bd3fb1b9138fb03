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
from kursvis.grades.tests.factories import Classroom, make_enrolment
from kursvis.organisation.tests.factories import make_school
from kursvis.portal import addresses, greeting, todo
from kursvis.portal.queries import calendar
from kursvis.studies.tests.factories import make_group
from kursvis.work.kinds import all_kinds
from kursvis.work.views import REACHED_WITH

pytestmark = pytest.mark.django_db


def _codes(who: Person) -> dict[str, int]:
    return {item.code: item.count for item in todo.of(who, today=time.today())}


@pytest.mark.parametrize("role", list(Role))
def test_the_start_page_stands_for_every_role(client: Client, role: Role, django_assert_max_num_queries: Any) -> None:
    school = make_school(name="Björkskolan")
    make_round(authority=school.authority)
    make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)
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
    for address in [reverse(name) for name in names] + [
        addresses.of_todo(code, today=time.today()) for code in addresses.TODO
    ]:
        assert resolve(address.partition("?")[0])
    assert set(todo.KINDS) - set(addresses.TODO) == {"to_set", "to_lock", "to_print"}, "these lead to each group"


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
    codes = {"drafts": 1, "sent_back": 1, "to_call": 2, "to_place": 1, "open_conditions": 1}
    assert _codes(office.administrator) == codes
    client.force_login(office.administrator_user)
    page = client.get("/").content.decode()
    assert "Inte kallade" in page and "/kursplacering/?kallad=no&amp;fran=" in page
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


def _rows_of(client: Client, url: str) -> int:
    return int(client.get(url).context["page"].paginator.count)


def test_the_number_on_a_line_is_the_number_in_its_list(client: Client) -> None:
    office = Office()
    for _number in range(2):
        make_course_start(school=office.school, status=CourseStartStatus.DRAFT)
        make_choice(office=office, status=ChoiceStatus.DISTRIBUTED)
    sent_back = make_course_start(school=office.school, status=CourseStartStatus.SUBMITTED)
    offer.send_back(course_start=sent_back, reason="Skriv mer.", by=office.officer, now=time.now())
    make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, outcome=Outcome.ON_CONDITION)
    begun = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED).course_start
    CourseStart.objects.filter(pk=begun.pk).update(starts_on=time.today() - timedelta(days=1))
    make_group(office=office, teachers=[])
    client.force_login(office.administrator_user)
    lines = todo.of(office.administrator, today=time.today())
    assert {line.code for line in lines} == {
        "drafts", "sent_back", "to_call", "to_place", "open_conditions", "without_teacher"
    }  # fmt: skip
    assert {line.code: line.count for line in lines} == {line.code: _rows_of(client, line.url) for line in lines}


def test_a_teacher_is_led_to_the_grades_of_each_group_that_ends_soon(client: Client) -> None:
    classroom = Classroom()
    teacher = classroom.teacher
    enrolment = make_enrolment(classroom)
    early = [item.code for item in todo.of(teacher, today=enrolment.ends_on - timedelta(days=15))]
    (line,) = todo.of(teacher, today=enrolment.ends_on - timedelta(days=14))
    assert (early, line.code, line.count) == ([], "to_set", 1)
    last = calendar.coming_days(teacher, today=enrolment.ends_on)
    assert [(day.on, day.name) for day in last if day.kind == "ends_on"] == [(enrolment.ends_on, enrolment.group.name)]
    assert line.url == f"/grupper/{enrolment.group.uuid}/betyg/" and enrolment.group.name in line.detail


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


def test_everybody_who_may_start_a_run_reaches_her_runs_from_the_menu() -> None:
    (place,) = [place for _title, places in addresses.SECTIONS for place in places if place.name == "work:list"]
    starting = {kind.permission for kind in all_kinds().values()}
    assert starting <= {place.permission, *place.others} == set(REACHED_WITH)
