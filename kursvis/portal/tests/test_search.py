"""The search on every page: what it finds for whom, best first, and where it leads."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import make_staff, make_user
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.grades.tests.factories import Classroom
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_student
from kursvis.portal.rules import SearchKind
from kursvis.studies.models import Group

pytestmark = pytest.mark.django_db
K = SearchKind


@pytest.fixture
def office() -> Office:
    return Office()


def _search(client: Client, user: User, text: str) -> Any:
    client.force_login(user)
    return client.get("/sok/", {"q": text})


def _found(response: Any) -> dict[SearchKind, list[Any]]:
    assert response.status_code == 200, response.headers.get("location")
    return {section.kind: list(section.rows) for section, _url in response.context["sections"]}


@pytest.mark.parametrize("text", ["hodan", "abdi", "Hodan Abdi", "abdi, hod", "  ABDI   ho "])
def test_a_person_is_found_by_the_beginning_of_names_in_any_order(client: Client, office: Office, text: str) -> None:
    student = make_student(authority=office.school.authority, first_name="Hodan", last_name="Abdi")
    make_student(authority=office.school.authority, first_name="Bo", last_name="Ås")
    assert _found(_search(client, office.officer_user, text)) == {K.PERSONS: [student]}


def test_hits_are_spoken_of_only_where_there_are_any(client: Client, office: Office) -> None:
    make_student(authority=office.school.authority, first_name="Hodan", last_name="Abdi")
    assert "Träffar på ”abdi”" in _search(client, office.officer_user, "abdi").content.decode()
    page = _search(client, office.officer_user, "ingen-heter-så").content.decode()
    assert "Ingen träff" in page and "Träffar på" not in page


def test_who_is_called_exactly_so_comes_first(client: Client, office: Office) -> None:
    names = (("Bo", "Alm"), ("Bo", "Almkvist"), ("Alma", "Berg"), ("Alm", "Aas"))
    for first_name, last_name in names:
        make_student(authority=office.school.authority, first_name=first_name, last_name=last_name)
    found = _found(_search(client, office.officer_user, "alm"))[K.PERSONS]
    assert [row.listed_name for row in found] == ["Alm, Bo", "Almkvist, Bo", "Aas, Alm", "Berg, Alma"]


@pytest.mark.parametrize("typed", ["19900101-2385", "199001012385", "900101-2385", " 9001012385 "])
def test_a_whole_personnummer_leads_straight_to_the_card(client: Client, office: Office, typed: str) -> None:
    student = make_student(authority=office.school.authority, personnummer="199001012385")
    response = _search(client, office.officer_user, typed)
    assert (response.status_code, response["location"]) == (302, f"/studerande/{student.uuid}/")
    event = Event.objects.get(verb="student.searched")
    assert (event.detail["student_ids"], event.detail["text"]) == ([student.pk], "number")
    assert "199001012385" not in str(event.detail)


def test_a_search_is_noted_once_with_whose_rows_it_showed(client: Client, office: Office) -> None:
    choice = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, first_name="Hodan", last_name="Abdi")
    _search(client, office.administrator_user, "abdi")
    event = Event.objects.get(verb="student.searched")
    assert (event.detail["place"], event.detail["student_ids"]) == ("everywhere", [choice.student_id])


def test_a_protected_person_is_found_by_her_alias_only(client: Client, office: Office) -> None:
    choice = make_choice(
        office=office,
        status=ChoiceStatus.DISTRIBUTED,
        protection=Protection.SECRECY_MARK,
        first_name="Maja",
        last_name="Holmgren",
    )
    student = choice.student
    for user in (office.officer_user, office.administrator_user):
        for text in ("Maja", "Holmgren", "holmgren maja", student.personnummer, student.shown_personnummer):
            response = _search(client, user, text)
            assert _found(response) == {} and student.listed_name not in response.content.decode()
        page = _search(client, user, f"Skyddad person {student.alias_number}")
        assert _found(page)[K.PERSONS][0] == student
        number = _search(client, user, f"Ansökan {choice.application.number}")
        assert number["location"] == f"/ansokningar/{choice.uuid}/"
        for secret in ("Maja", "Holmgren", student.personnummer):
            assert secret not in page.content.decode()


def test_a_school_finds_its_own_and_nothing_of_others(client: Client, office: Office) -> None:
    mine = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, first_name="Hodan", last_name="Abdi")
    make_choice(office=office, status=ChoiceStatus.DECIDED, first_name="Hodan", last_name="Abdi")
    other = make_choice(office=Office(), status=ChoiceStatus.DISTRIBUTED, first_name="Hodan", last_name="Abdi")
    assert _found(_search(client, office.administrator_user, "abdi"))[K.PERSONS] == [mine.student]
    starts = _found(_search(client, office.administrator_user, other.course_start.course.name)).get(K.COURSE_STARTS, [])
    assert other.course_start not in starts
    assert _found(_search(client, office.administrator_user, other.student.personnummer)) == {}
    colleague = make_staff(Role.TEACHER, school=other.course_start.school, first_name="Främmande", last_name="Lärare")
    assert _found(_search(client, office.administrator_user, colleague.first_name)) == {}


def test_a_group_is_found_by_the_beginning_of_its_name_and_opened_by_the_whole(client: Client) -> None:
    classroom = Classroom()
    Group.objects.filter(pk=classroom.group.pk).update(name="MATE-Höst 1")
    teacher = classroom.teacher_user
    assert _found(_search(client, teacher, "mate-h")) == {K.GROUPS: [classroom.group]}
    assert _search(client, teacher, "mate-höst  1")["location"] == f"/grupper/{classroom.group.uuid}/"
    stranger = make_staff(Role.TEACHER, school=classroom.group.school)
    assert _found(_search(client, stranger, "mate-h")) == {}


def test_a_course_code_opens_the_only_start_and_lists_several(client: Client, office: Office) -> None:
    first = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED).course_start
    opened = _search(client, office.administrator_user, first.course.code.lower())
    assert opened["location"] == f"/kursstarter/{first.uuid}/"
    page = _search(client, office.administrator_user, first.course.name)
    assert _found(page)[K.COURSE_STARTS] == [first]
    assert f'href="/kurser/{first.uuid}/"' in page.content.decode()
    type(first).objects.create(
        **{
            field.attname: getattr(first, field.attname)
            for field in first._meta.concrete_fields
            if field.name not in ("id", "uuid", "starts_on")
        },
        starts_on=first.starts_on + timedelta(days=1),
    )
    assert len(_found(_search(client, office.administrator_user, first.course.code))[K.COURSE_STARTS]) == 2


def test_what_has_ended_is_shown_to_who_wants_it(client: Client, office: Office) -> None:
    start = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED).course_start
    type(start).objects.filter(pk=start.pk).update(
        starts_on=time.today() - timedelta(days=90), ends_on=time.today() - timedelta(days=1)
    )
    user = office.administrator_user
    assert K.COURSE_STARTS not in _found(_search(client, user, start.course.name))
    User.objects.filter(pk=user.pk).update(shows_inactive=True)
    assert _found(_search(client, user, start.course.name))[K.COURSE_STARTS] == [start]


@pytest.mark.parametrize("text", ["{}", "Ansökan {}", "ansokan {}", "ans. {}", "nr {}"])
def test_an_application_is_found_by_its_number(client: Client, office: Office, text: str) -> None:
    choice = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED)
    typed = text.format(choice.application.number)
    assert _search(client, office.officer_user, typed)["location"] == f"/ansokningar/{choice.uuid}/"
    stranger = make_staff(Role.ADMISSIONS_OFFICER, authority=Office().school.authority)
    assert choice not in _found(_search(client, stranger, typed)).get(K.APPLICATIONS, [])


def test_staff_are_found_by_who_runs_their_unit(client: Client, office: Office) -> None:
    teacher = make_staff(Role.TEACHER, school=office.school, first_name="Karin", last_name="Öst")
    for text in ("karin", "öst k", str(teacher.user_name)):
        assert _found(_search(client, office.administrator_user, text))[K.STAFF] == [teacher]
    assert teacher.personnummer
    assert _search(client, office.administrator_user, teacher.personnummer)["location"] == f"/personal/{teacher.uuid}/"
    assert K.STAFF not in _found(_search(client, office.officer_user, "karin"))


def test_ten_are_shown_and_all_stand_in_the_list(
    client: Client, office: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_student(authority=office.school.authority, last_name=f"Prov {number:02d}")
    make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, last_name="Prov")
    for user in (office.officer_user, office.administrator_user):
        client.force_login(user)
        with django_assert_max_num_queries(15):
            page = client.get("/sok/", {"q": "prov"})
    page = _search(client, office.officer_user, "prov")
    assert len(_found(page)[K.PERSONS]) == 10
    assert 'href="/studerande/?q=prov"' in page.content.decode()
    assert client.get("/studerande/?q=prov").context["page"].paginator.count == 61


def test_a_student_searches_courses_and_a_stranger_logs_in(client: Client) -> None:
    assert client.get("/sok/", {"q": "mat"})["location"].startswith("/logga-in/")
    assert _search(client, make_user(), "mat ä")["location"] == "/kurser/?q=mat+%C3%A4"
    assert not Event.objects.filter(verb="student.searched").exists()


@pytest.mark.parametrize(
    "text",
    ["\0", "a\0b", "%", "_" * 50, "x" * 101, "' OR 1=1 --", "<script>alert(1)</script>", "²²²", "٠" * 12, "9" * 12]
    + ["a " * 50, "{|}", "\\", "ﬁ İ ẞ", "99999999", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")],
)
def test_hostile_texts_find_nothing_and_break_nothing(client: Client, office: Office, text: str) -> None:
    make_student(authority=office.school.authority)
    for user in (office.officer_user, office.administrator_user):
        response = _search(client, user, text)
        assert response.status_code == 200 and "<script>alert" not in response.content.decode()


def test_too_long_a_text_is_said_to_be(client: Client, office: Office) -> None:
    page = _search(client, office.officer_user, "x" * 101).content.decode()
    assert "högst 100 tecken" in page and "x" * 101 in page


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_searches_nothing(client: Client, office: Office, text: str) -> None:
    assert _found(_search(client, office.officer_user, text)) == {}
    assert not Event.objects.filter(verb="student.searched").exists()


def test_the_box_on_every_page_leads_here(client: Client, office: Office) -> None:
    for user, hint in ((office.officer_user, "Sök person, grupp eller kurs"), (make_user(), "Sök kurser")):
        client.force_login(user)
        page = client.get("/mitt-konto/").content.decode()
        assert 'action="/sok/"' in page and hint in page
