"""What a page says before a press, and where it leads: late placing, the call, the return, a new group."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kursvis.accounts.tests.browsers import as_user
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.core.tests.days import go_to
from kursvis.merits import services as merits
from kursvis.people.rules import Protection
from kursvis.studies import services
from kursvis.studies.models import Enrolment, Group
from kursvis.studies.tests.factories import make_distributed, make_enrolment, make_group
from kursvis.studies.tests.test_views import MOST_QUERIES, page, questions, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def start(office: Office) -> CourseStart:
    return make_course_start(school=office.school)


@pytest.fixture
def school(office: Office) -> Client:
    return as_user(office.administrator_user)


@pytest.fixture
def choice(office: Office, start: CourseStart) -> Choice:
    return make_distributed(office=office, course_start=start, first_name="Hodan", last_name="Abdi")


def button(text: str, label: str) -> str:
    """Return the tag of the link or button with a label; empty when there is none."""
    found = re.search(rf"<(?:a|button|summary)\b[^>]*>(?=\s*{label}\s*<)", text)
    return found.group() if found else ""


def test_late_placing_says_its_first_day_before_the_press_and_after(
    office: Office, start: CourseStart, school: Client, choice: Choice
) -> None:
    group = make_group(office=office, course_start=start)
    assert "Börjar i dag" not in page(school, url("show_placement", choice))
    day = start.starts_on + timedelta(days=2)
    go_to(day)
    text = page(school, url("show_placement", choice))
    assert f"Börjar i dag, {day}: gruppen har redan börjat" in text and "Kursen har startat" in text
    assert "en kallelse kommer för sent" in text
    assert f"{group.name}: börjar i dag, {day}" in page(school, url("list_placements", kursstart=str(start.uuid)))
    coming = make_group(office=office, course_start=start, starts_on=day + timedelta(days=7))
    text = page(school, url("show_placement", choice))
    assert f"I en grupp som redan har börjat: börjar i dag, {day}" in text
    assert text.index(coming.name) < text.index(group.name)
    answer = school.post(url("place_applicant", choice), {"group": str(group.uuid)}, follow=True)
    assert f"Studierna börjar {day}" in answer.content.decode()
    assert Enrolment.objects.get().starts_on == day
    assert questions(school, url("show_placement", choice)) <= MOST_QUERIES


def test_the_bulk_call_is_no_first_choice_when_every_course_has_started(
    start: CourseStart, school: Client, choice: Choice
) -> None:
    assert "button--primary" in button(page(school, url("list_placements")), "Kalla valda")
    go_to(start.starts_on + timedelta(days=1))
    text = page(school, url("list_placements"))
    assert "button--primary" not in button(text, "Kalla valda") and "Kursen har startat" in text


def test_a_course_that_is_over_gets_no_group_and_says_what_to_do(
    start: CourseStart, school: Client, choice: Choice
) -> None:
    address = url("create_group", kursstart=str(start.uuid))
    go_to(start.ends_on)
    assert "Skapa en grupp för kursstarten" in page(school, url("show_placement", choice))
    page(school, address)
    go_to(start.ends_on + timedelta(days=1))
    text = page(school, url("show_placement", choice))
    assert "Skapa en grupp för kursstarten" not in text and "kan inte få fler grupper. Returnera till kommunen" in text
    assert "kan inte få fler grupper" in page(school, address, 409)


def test_a_group_made_for_an_applicant_leads_back_to_her(
    office: Office, start: CourseStart, school: Client, choice: Choice
) -> None:
    assert f"sokande={choice.uuid}" in page(school, url("show_placement", choice))
    typed = {"kind": "ordinary", "starts_on": str(start.starts_on), "ends_on": str(start.ends_on)}
    address = url("create_group", kursstart=str(start.uuid), sokande=str(choice.uuid))
    answer = school.post(address, typed | {"name": "Kväll"})
    assert answer["Location"] == url("show_placement", choice)
    elsewhere = make_distributed(office=office, course_start=make_course_start(school=office.school))
    for index, stranger in enumerate((str(elsewhere.uuid), "x")):
        address = url("create_group", kursstart=str(start.uuid), sokande=stranger)
        answer = school.post(address, typed | {"name": f"Dag {index}"})
        assert answer["Location"] == url("show_group", Group.objects.get(name=f"Dag {index}"))


def test_placing_is_the_first_choice_of_an_empty_group(
    office: Office, start: CourseStart, school: Client, choice: Choice
) -> None:
    group = make_group(office=office, course_start=start)
    text = page(school, url("show_group", group))
    assert "button--primary" in button(text, "1 sökande att placera")
    make_enrolment(office=office, group=group)
    assert "button--primary" not in button(page(school, url("show_group", group)), "1 sökande att placera")


def test_the_return_asks_chooses_no_reason_and_says_who_is_told(school: Client, choice: Choice) -> None:
    text = page(school, url("show_placement", choice))
    assert button(text, "Returnera …").startswith("<summary") and button(text, "Ja, returnera").startswith("<button")
    assert "Den sökande och studievägledarna får e-post" in text
    assert '<option value="" selected>Välj skäl …</option>' in text
    assert '<details class="step__confirm" open>' not in text
    answer = school.post(url("return_applicant", choice), {"reason": "", "text": "Full grupp"}).content.decode()
    assert "Välj ett skäl." in answer and "Full grupp" in answer and '<details class="step__confirm" open>' in answer
    choice.refresh_from_db()
    assert choice.status == ChoiceStatus.DISTRIBUTED
    school.post(url("return_applicant", choice), {"reason": "fullt", "text": ""})
    text = page(school, url("show_placement", choice))
    assert "Det går inte i det här läget" not in text
    assert not any(button(text, label) for label in ("Placera", "Kalla", "Ja, returnera"))


def test_the_call_says_where_it_goes_before_and_after(office: Office, start: CourseStart, school: Client) -> None:
    choice = make_distributed(office=office, course_start=start)
    address = choice.application.email or choice.student.email
    assert f"skickas med e-post till {address} och sparas som PDF" in page(school, url("show_placement", choice))
    answer = school.post(url("call_applicant", choice), follow=True).content.decode()
    assert f"Kallelsen är sparad och skickas till {address}" in answer
    hidden = make_distributed(office=office, course_start=start, protection=Protection.SECRECY_MARK)
    text = page(school, url("show_placement", hidden))
    assert "kallelsen går till utskrift" in text and "skickas med e-post" not in text
    assert "Den sökande får brev och studievägledarna e-post" in text
    answer = school.post(url("call_applicant", hidden), follow=True).content.decode()
    assert "väntar på utskrift" in answer
    group = make_group(office=office, course_start=start)
    services.place(choice=choice, group=group, by=office.administrator, now=time.now())
    assert f"Kallad {time.today()}" in page(school, url("show_placement", choice))


def test_a_course_start_without_a_place_is_warned_of_before_the_call(office: Office, school: Client) -> None:
    said = "Kallelsen anger skolans besöksadress"
    for place, form, warned in (("", "classroom", True), ("Sal 3", "classroom", False), ("", "distance", False)):
        start = make_course_start(school=office.school)
        CourseStart.objects.filter(pk=start.pk).update(place=place, study_form=form)
        text = page(school, url("show_placement", make_distributed(office=office, course_start=start)))
        assert (said in text) is warned


def test_the_list_of_one_course_start_says_which(start: CourseStart, school: Client, choice: Choice) -> None:
    text = page(school, url("list_placements", kursstart=str(start.uuid)))
    assert f"Bara {start.course.code}, {start.starts_on}" in text and "ta bort filtret" in text
    assert questions(school, url("list_placements", kursstart=str(start.uuid))) <= MOST_QUERIES


def test_the_class_list_shows_the_locked_grade_and_that_all_have_ended(office: Office, school: Client) -> None:
    enrolment = make_enrolment(office=office)
    group = enrolment.group
    go_to(group.ends_on)
    assert "Pågår" in page(school, url("show_group", group))
    services.complete(enrolment=enrolment, on=group.ends_on, by=office.administrator, now=time.now())
    merits.record_own_grade(
        student=enrolment.student, course=group.course, value="C", passed=True, dated=group.ends_on, grade_id=1,
        by=office.administrator, now=time.now(),
    )  # fmt: skip
    text = page(school, url("show_group", group))
    assert '<span class="strong">C</span>' in text and "Låst" in text
    assert "Pågår" not in text
    assert questions(school, url("show_group", group)) <= MOST_QUERIES
