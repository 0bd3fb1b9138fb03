"""The pages of studies: who comes in, what stands there, and how many questions a page asks."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.services import assign
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff, make_user
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import Office
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.core.tests.days import go_to
from kursvis.letters.models import Letter
from kursvis.organisation.tests.factories import make_school
from kursvis.people.models import Student
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_reader
from kursvis.studies import services
from kursvis.studies.models import Enrolment, Group
from kursvis.studies.tests.factories import make_distributed, make_enrolment, make_group

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def url(name: str, row: Any = None, **query: str) -> str:
    return reverse(f"studies:{name}", args=[row.uuid] if row else [], query=query)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def start(office: Office) -> CourseStart:
    return make_course_start(school=office.school)


@pytest.fixture
def school(office: Office) -> Client:
    return as_user(office.administrator_user)


# --- Kursplacering ---


def test_the_list_shows_who_waits_and_hides_who_is_protected(
    office: Office, start: CourseStart, school: Client
) -> None:
    make_distributed(office=office, course_start=start, first_name="Åke", last_name="Öst")
    hidden = make_distributed(
        office=office, course_start=start, first_name="Hemlig", last_name="Gömd", protection=Protection.SECRECY_MARK
    )
    make_distributed(office=office, course_start=start, outcome=Outcome.ON_CONDITION)
    text = page(school, url("list_placements"))
    assert "Öst, Åke" in text and "Villkoret är inte uppfyllt" in text
    assert "Kallas senast" in text and "Skulle ha varit kallad" not in text
    for page_text in (text, page(school, url("show_placement", hidden))):
        assert hidden.student.listed_name in page_text
        assert "Gömd" not in page_text and hidden.student.personnummer[:8] not in page_text


def test_a_late_call_is_red(office: Office, start: CourseStart, school: Client) -> None:
    make_distributed(office=office, course_start=start)
    go_to(start.round.call_by + timedelta(days=1))
    assert f"Skulle ha varit kallad senast {start.round.call_by}" in page(school, url("list_placements"))


def test_filters_that_cannot_be_read_filter_nothing(office: Office, start: CourseStart, school: Client) -> None:
    choice = make_distributed(office=office, course_start=start)
    address = url("list_placements", start="x", kurs="x", villkor="x", kallad="x", lage="x", ordning="x", sida="x")
    assert choice.student.listed_name in page(school, address)
    assert choice.student.listed_name not in page(school, url("list_placements", kallad="yes"))
    assert choice.student.listed_name in page(school, url("list_placements", kursstart=str(start.uuid)))


def test_calling_the_chosen_shows_a_result_each(office: Office, start: CourseStart, school: Client) -> None:
    first, called = (
        make_distributed(office=office, course_start=start),
        make_distributed(office=office, course_start=start),
    )
    services.call(choice=called, by=office.administrator, now=time.now())
    elsewhere = make_distributed(office=(other := Office()), course_start=make_course_start(school=other.school))
    rows = [str(first.uuid), str(called.uuid), str(elsewhere.uuid), "x"]
    text = school.post(url("do_with_chosen"), {"row": rows, "do": "call"}).content.decode()
    assert "1 av 2 valda gick igenom" in text and "Redan kallad" in text
    assert Letter.objects.count() == 2
    elsewhere.refresh_from_db()
    assert elsewhere.called_at is None


def test_placing_the_chosen_of_a_course_start(office: Office, school: Client) -> None:
    start = make_course_start(school=office.school, seats=1)
    group = make_group(office=office, course_start=start)
    rows = [str(make_distributed(office=office, course_start=start).uuid) for _ in range(2)]
    assert "Placera valda" not in page(school, url("list_placements"))
    narrowed = page(school, url("list_placements", kursstart=str(start.uuid)))
    assert "Placera valda" in narrowed and group.name in narrowed
    chosen = {"row": rows, "do": "place", "group": str(group.uuid)}
    text = school.post(url("do_with_chosen"), chosen).content.decode()
    assert "1 av 2 valda gick igenom" in text and Enrolment.objects.count() == 1
    for wrong in ({"group": str(make_group(office=office).uuid)}, {"group": ""}, {"row": [str(uuid4())]}):
        assert school.post(url("do_with_chosen"), chosen | wrong).status_code == 404


def test_calling_none_says_so(office: Office, school: Client) -> None:
    answer = school.post(url("do_with_chosen"), {"do": "call"}, follow=True)
    assert "Välj minst en rad först" in answer.content.decode()
    too_many = school.post(url("do_with_chosen"), {"row": [str(uuid4())] * 201, "do": "call"}, follow=True)
    assert "högst 200 rader" in too_many.content.decode()


def test_calling_placing_and_the_letter(office: Office, start: CourseStart, school: Client) -> None:
    choice = make_distributed(office=office, course_start=start)
    address = url("show_placement", choice)
    assert "ingen grupp för kursstarten" in page(school, address)
    group = make_group(office=office, course_start=start)
    assert school.post(url("call_applicant", choice)).status_code == 302
    text = page(school, address)
    letter = Letter.objects.get()
    assert "Kalla igen" in text and url("open_letter", letter) in text
    assert school.post(url("call_applicant", choice)).status_code == 409
    assert school.post(url("call_applicant", choice), {"again": "1"}).status_code == 302
    answer = school.post(url("place_applicant", choice), {"group": str(group.uuid)}, follow=True)
    assert f"Placerad i {group.name}" in answer.content.decode()
    assert Enrolment.objects.get().group == group
    assert Event.objects.filter(verb="choice.opened", subject_id=choice.pk).exists()


def test_an_open_condition_greys_the_button_and_refuses_by_force(
    office: Office, start: CourseStart, school: Client
) -> None:
    group = make_group(office=office, course_start=start)
    choice = make_distributed(office=office, course_start=start, outcome=Outcome.ON_CONDITION)
    text = page(school, url("show_placement", choice))
    assert "disabled" in text and "Kalla går, men placera får ni göra först" in text
    forced = school.post(url("place_applicant", choice), {"group": str(group.uuid)}).content.decode()
    assert "Kalla går, men placera får ni göra först" in forced and not Enrolment.objects.exists()


def test_returning_needs_a_reason_and_keeps_what_was_typed(office: Office, start: CourseStart, school: Client) -> None:
    choice = make_distributed(office=office, course_start=start)
    wrong = school.post(url("return_applicant", choice), {"reason": "annat", "text": " "}).content.decode()
    assert "Skriv skälet" in wrong
    unreadable = school.post(url("return_applicant", choice), {"reason": "x", "text": "Min text"}).content.decode()
    assert "Min text" in unreadable
    school.post(url("return_applicant", choice), {"reason": "annat", "text": "Fel kurs"})
    choice.refresh_from_db()
    assert (choice.status, choice.return_text) == (ChoiceStatus.RETURNED, "Fel kurs")
    assert "Fel kurs" in page(school, url("show_placement", choice))
    assert choice.student.listed_name in page(school, url("list_placements", lage="returned"))


def test_other_schools_applicants_do_not_exist(office: Office, start: CourseStart) -> None:
    choice = make_distributed(office=office, course_start=start)
    other = as_user(make_staff(Role.SCHOOL_ADMINISTRATOR, school=make_school(authority=office.school.authority)))
    page(other, url("show_placement", choice), 404)
    for name in ("call_applicant", "place_applicant", "return_applicant"):
        assert other.post(url(name, choice)).status_code == 404
    assert choice.student.listed_name not in page(other, url("list_placements"))


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SCHOOL_PRINCIPAL, Role.ADMISSIONS_OFFICER, Role.GRADE_REGISTRAR])
def test_kursplacering_is_the_school_administrators(office: Office, role: Role) -> None:
    who = as_user(make_staff(role, authority=office.school.authority))
    page(who, url("list_placements"), 403)
    assert who.post(url("do_with_chosen")).status_code == 403
    assert as_user(make_user()).get(url("list_placements")).status_code == 403
    assert Client().get(url("list_placements")).status_code == 302


# --- Groups ---


def test_a_group_is_made_from_a_course_start(office: Office, start: CourseStart, school: Client) -> None:
    teacher = make_staff(Role.TEACHER, school=office.school, first_name="Karin", last_name="Öst")
    assert start.course.name in page(school, url("create_group"))
    address = url("create_group", kursstart=str(start.uuid))
    text = page(school, address)
    assert f"{start.course.code}-" in text and "100 poäng ger 70 timmar" in text and "Karin Öst" in text
    typed = {"name": "Kväll", "kind": "ordinary", "starts_on": str(start.starts_on), "ends_on": str(start.ends_on)}
    wrong = school.post(address, typed | {"ends_on": str(start.starts_on - timedelta(days=1))}).content.decode()
    assert "slutdatum ligger före" in wrong and 'value="Kväll"' in wrong
    school.post(address, typed | {"hours": "", "teachers": [str(teacher.uuid)]})
    group = Group.objects.get()
    assert (group.name, group.hours, group.course_start_id) == ("Kväll", 70, start.pk)
    assert "redan en grupp" in school.post(address, typed).content.decode()
    text = page(school, url("show_group", group))
    assert "Karin Öst" in text and "70 h" in text and "Planerad" in text


def test_another_schools_course_start_makes_no_group(school: Client) -> None:
    page(school, url("create_group", kursstart=str(make_course_start().uuid)), 404)


def test_the_class_list_and_did_not_start(office: Office, school: Client) -> None:
    enrolment = make_enrolment(office=office, first_name="Linh", last_name="Nguyen")
    group = enrolment.group
    text = page(school, url("show_group", group))
    assert "Nguyen, Linh" in text and "Kan markeras från kursstarten" in text and "disabled" in text
    assert school.post(url("mark_not_started", enrolment)).status_code == 409
    go_to(group.starts_on + timedelta(days=2))
    text = page(school, url("show_group", group))
    assert "platsen blir ledig" in text and "Pågår" in text
    answer = school.post(url("mark_not_started", enrolment), follow=True).content.decode()
    assert "Ej påbörjat" in answer and f"statusdatum {group.starts_on}" in answer
    school.post(url("undo_not_started", enrolment))
    enrolment.refresh_from_db()
    assert enrolment.outcome == "none"
    assert Event.objects.filter(verb="group.opened", subject_id=group.pk).count() == 3


def test_a_teacher_sees_her_groups_and_changes_nothing(office: Office) -> None:
    teacher = make_staff(Role.TEACHER, school=office.school)
    group = make_group(office=office, teachers=[teacher])
    enrolment = make_enrolment(office=office, group=group)
    other = make_group(office=office)
    client = as_user(teacher)
    text = page(client, url("list_groups"))
    assert group.name in text and other.name not in text and "Ny grupp" not in text
    assert "Började inte" not in page(client, url("show_group", group))
    page(client, url("show_group", other), 404)
    page(client, url("create_group"), 403)
    assert client.post(url("mark_not_started", enrolment)).status_code == 403


def test_the_municipality_reads_groups_but_does_not_change_them(office: Office) -> None:
    enrolment = make_enrolment(office=office)
    client = as_user(office.officer_user)
    assert enrolment.group.name in page(client, url("list_groups"))
    page(client, url("show_group", enrolment.group))
    assert client.post(url("mark_not_started", enrolment)).status_code == 403


def test_who_may_change_elsewhere_only_is_stopped(office: Office) -> None:
    teacher = make_staff(Role.TEACHER, school=office.school)
    enrolment = make_enrolment(office=office, group=make_group(office=office, teachers=[teacher]))
    elsewhere = make_school()
    assign(
        user=teacher,
        role=Role.SCHOOL_ADMINISTRATOR,
        school=elsewhere,
        starts_on=date(2020, 1, 1),
        by=SYSTEM,
        now=time.now(),
    )
    for name in ("mark_not_started", "undo_not_started"):
        assert as_user(teacher).post(url(name, enrolment)).status_code == 403


def test_a_protected_student_is_her_alias_in_the_class_list(office: Office, school: Client) -> None:
    enrolment = make_enrolment(office=office, last_name="Gömd", protection=Protection.PROTECTED_REGISTRATION)
    text = page(school, url("show_group", enrolment.group))
    assert enrolment.student.listed_name in text and "Gömd" not in text
    assert enrolment.student.personnummer[:8] not in text and "skyddade uppgifter" in text


# --- Letters and one's own studies ---


def test_a_letter_is_opened_by_her_and_by_the_school_and_logged(
    office: Office, start: CourseStart, school: Client
) -> None:
    choice = make_distributed(office=office, course_start=start)
    letter = services.call(choice=choice, by=office.administrator, now=time.now())
    for client in (school, as_user(choice.student.user), as_user(office.officer_user)):
        answer = client.get(url("open_letter", letter))
        assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
        assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
        assert "kallelse-" in answer["Content-Disposition"]
    assert Event.objects.filter(verb="letter.opened", subject_id=letter.pk).count() == 3
    page(as_user(make_user()), url("open_letter", letter), 404)
    assert Client().get(url("open_letter", letter)).status_code == 302


def test_a_protected_persons_letter_asks_why_and_opens_for_named_readers(
    office: Office, start: CourseStart, school: Client
) -> None:
    choice = make_distributed(office=office, course_start=start, last_name="Gömd", protection=Protection.SECRECY_MARK)
    letter = services.call(choice=choice, by=office.administrator, now=time.now())
    address = url("open_letter", letter)
    assert "Gömd" not in page(school, address)
    refused = school.post(address, {"reason": "Ska skrivas ut"})
    assert refused["Content-Type"].startswith("text/html")
    make_reader(student=choice.student, user=office.administrator_user)
    assert school.post(address, {"reason": ""})["Content-Type"].startswith("text/html")
    assert school.post(address, {"reason": "Ska skrivas ut"})["Content-Type"] == "application/pdf"
    assert as_user(choice.student.user).get(address)["Content-Type"] == "application/pdf"


def test_my_studies_are_mine(office: Office) -> None:
    enrolment = make_enrolment(office=office)
    other = make_enrolment(office=office)
    text = page(as_user(enrolment.student.user), url("show_my_studies"))
    assert enrolment.group.name in text and other.group.name not in text and "Planerad" in text
    assert "inte placerad på någon kurs" in page(as_user(make_user()), url("show_my_studies"))
    assert Client().get(url("show_my_studies")).status_code == 302


# --- How much a page asks ---


def many(choice: Choice, number: int) -> list[Choice]:
    """Return copies of a distributed choice for other students, loaded in bulk: only to count questions."""
    students = Student.objects.bulk_create(_student(choice, index) for index in range(number))
    applications = [
        _copy(choice.application, student=student, number=1000 + index) for index, student in enumerate(students)
    ]
    type(choice.application).objects.bulk_create(applications)
    pairs = zip(students, applications, strict=True)
    return Choice.objects.bulk_create(
        _copy(choice, student=student, application=application) for student, application in pairs
    )


def _student(choice: Choice, index: int) -> Student:
    user = User.objects.create(personnummer=f"1799{index:08d}", first_name="Åke", last_name=f"Öst {index}")
    return Student(
        authority_id=choice.authority_id, user=user, personnummer=user.personnummer, birth_date=date(1839, 1, 1),
        first_name=user.first_name, last_name=user.last_name, alias_number=1000 + index,
    )  # fmt: skip


def _copy(row: Any, **changed: Any) -> Any:
    names = [field.attname for field in row._meta.concrete_fields if field.name not in ("id", "uuid")]
    values = {name: getattr(row, name) for name in names if name.removesuffix("_id") not in changed}
    return type(row)(**values, **changed)


def questions(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_no_page_asks_more_with_more_rows(office: Office, start: CourseStart, school: Client) -> None:
    group = make_group(office=office, course_start=start)
    first = make_distributed(office=office, course_start=start)
    services.call(choice=first, by=office.administrator, now=time.now())
    waiting = many(first, 300)
    Enrolment.objects.bulk_create(
        Enrolment(
            authority_id=group.authority_id, student_id=row.student_id, group=group, starts_on=group.starts_on,
            ends_on=group.ends_on,
        )
        for row in waiting
    )  # fmt: skip
    Group.objects.bulk_create(_copy(group, name=f"Grupp {index}") for index in range(300))
    student = as_user(first.student.user)
    addresses = [
        (school, url("list_placements")),
        (school, url("list_placements", kursstart=str(start.uuid))),
        (school, url("list_placements", q="öst", villkor="none", kallad="yes")),
        (school, url("show_placement", first)),
        (school, url("list_groups")),
        (school, url("show_group", group)),
        (school, url("create_group")),
        (school, url("create_group", kursstart=str(start.uuid))),
        (as_user(office.officer_user), url("list_groups")),
        (student, url("show_my_studies")),
        (student, url("open_letter", Letter.objects.get())),
    ]
    counted = {address: questions(client, address) for client, address in addresses}
    assert max(counted.values()) <= MOST_QUERIES, counted
