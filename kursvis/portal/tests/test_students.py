"""The search, the person card, and protected persons in them."""

from typing import Any

import pytest
from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit.models import Event
from kursvis.core.wording import labels
from kursvis.grades.tests.factories import Classroom, make_catalogue
from kursvis.organisation.tests.factories import make_school
from kursvis.people.models import Student
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_reader, make_student

pytestmark = pytest.mark.django_db
SECRETS = ("Maja", "Holmgren")


@pytest.fixture
def office() -> Office:
    return Office()


def _url(student: Student) -> str:
    return f"/studerande/{student.uuid}/"


def _protected(office: Office, **also: Any) -> Student:
    return make_choice(
        office=office,
        status=ChoiceStatus.DISTRIBUTED,
        protection=Protection.SECRECY_MARK,
        first_name=SECRETS[0],
        last_name=SECRETS[1],
        **also,
    ).student


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("öst", ["Öst, Karin"]),
        ("kar", ["Karlsson, Åke", "Öst, Karin"]),
        ("Karin Öst", ["Öst, Karin"]),
        ("Öst, Karin", ["Öst, Karin"]),
        ("arin", []),
        ("", ["Karlsson, Åke", "Ås, Bo", "Öst, Karin"]),
    ],
)
def test_names_are_searched_by_their_beginning_in_swedish_order(
    client: Client, office: Office, text: str, found: list[str]
) -> None:
    for first_name, last_name in (("Karin", "Öst"), ("Bo", "Ås"), ("Åke", "Karlsson")):
        make_student(authority=office.school.authority, first_name=first_name, last_name=last_name)
    client.force_login(office.officer_user)
    page = client.get("/studerande/", {"q": text})
    assert [student.listed_name for student in page.context["page"]] == found


def test_a_personnummer_is_searched_whole_with_or_without_the_dash(client: Client, office: Office) -> None:
    student = make_student(authority=office.school.authority)
    client.force_login(office.officer_user)
    number = student.personnummer
    for text, hits in ((number, 1), (f"{number[:8]}-{number[8:]}", 1), (number[:8], 0)):
        assert client.get("/studerande/", {"q": text}).context["page"].paginator.count == hits


@pytest.mark.parametrize("typed", ["900101-2385", "9001012385", " 900101 2385 "])
def test_a_personnummer_in_short_form_is_found(client: Client, office: Office, typed: str) -> None:
    student = make_student(authority=office.school.authority, personnummer="199001012385")
    make_student(authority=office.school.authority)
    client.force_login(office.officer_user)
    assert list(client.get("/studerande/", {"q": typed}).context["page"]) == [student]


def test_a_school_reaches_only_those_it_was_given(client: Client, office: Office) -> None:
    mine = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED).student
    not_yet = make_choice(office=office, status=ChoiceStatus.DECIDED).student
    elsewhere = make_choice(office=Office(), status=ChoiceStatus.DISTRIBUTED).student
    client.force_login(office.administrator_user)
    assert [s.pk for s in client.get("/studerande/").context["page"]] == [mine.pk]
    assert [client.get(_url(s)).status_code for s in (mine, not_yet, elsewhere)] == [200, 404, 404]
    client.force_login(office.officer_user)
    assert [client.get(_url(s)).status_code for s in (mine, not_yet, elsewhere)] == [200, 200, 404]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ECONOMIST, Role.SYSTEM_ADMINISTRATOR])
def test_roles_without_students_are_refused(client: Client, office: Office, role: Role) -> None:
    student = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED).student
    unit = {"school": office.school} if role is Role.TEACHER else {"authority": office.school.authority}
    client.force_login(make_staff(role, **unit))
    assert [client.get(address).status_code for address in ("/studerande/", _url(student))] == [403, 403]


def test_the_card_shows_the_person_and_her_choices_and_notes_the_reading(
    client: Client, office: Office, django_assert_max_num_queries: Any
) -> None:
    choice = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, first_name="Hodan", last_name="Abdi")
    client.force_login(office.administrator_user)
    with django_assert_max_num_queries(15):
        page = client.get(_url(choice.student)).content.decode()
    for text in ("Hodan Abdi", choice.student.shown_personnummer, "elev@example.org", choice.course_start.course.name):
        assert text in page
    assert f'href="/kursplacering/{choice.uuid}/"' in page and f'href="/ansokningar/{choice.uuid}/"' in page
    assert "Fördelad till skolan" in page and "Ansökan skickad" in page
    event = Event.objects.get(verb="student.opened")
    assert (event.student_id, event.actor_id) == (choice.student_id, office.administrator_user.pk)


def test_a_school_sees_nothing_of_another_schools_choices_on_the_card(client: Client, office: Office) -> None:
    mine = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED)
    other = Office(school=make_school(authority=office.school.authority))
    theirs = make_choice(office=other, status=ChoiceStatus.DISTRIBUTED, user=mine.student.user)
    client.force_login(office.administrator_user)
    page = client.get(_url(mine.student)).content.decode()
    assert mine.course_start.course.name in page
    assert theirs.course_start.course.name not in page and theirs.course_start.school.name not in page
    client.force_login(office.officer_user)
    assert theirs.course_start.course.name in client.get(_url(mine.student)).content.decode()


def test_lists_and_sealed_cards_know_a_protected_person_by_her_alias(client: Client, office: Office) -> None:
    student = _protected(office)
    for user in (office.administrator_user, office.officer_user):
        client.force_login(user)
        pages = [
            client.get(address).content.decode()
            for address in ("/studerande/", "/studerande/?q=skyddad", _url(student))
        ]
        for page in pages:
            assert student.listed_name in page
            assert not [
                secret for secret in (*SECRETS, student.personnummer, student.shown_personnummer) if secret in page
            ]
        for text in ("Maja", "Holmgren", student.personnummer):
            assert client.get("/studerande/", {"q": text}).context["page"].paginator.count == 0
    assert not Event.objects.filter(verb="student.opened").exists()


def test_only_a_named_reader_who_says_why_opens_a_protected_card(client: Client, office: Office) -> None:
    student = _protected(office)
    client.force_login(office.administrator_user)
    forced = client.post(_url(student), {"reason": "Jag vill"}).content.decode()
    assert "Ingen är utsedd i dag" in forced and "Holmgren" not in forced
    make_reader(student=student, user=office.administrator_user)
    asked = client.get(_url(student)).content.decode()
    silent = client.post(_url(student), {"reason": "  "}).content.decode()
    assert "Holmgren" not in asked + silent and "Varför behöver du" in asked
    opened = client.post(_url(student), {"reason": "Hon ringde om kallelsen"}).content.decode()
    assert "Maja Holmgren" in opened and "Sekretessmarkering" in opened
    event = Event.objects.get(verb="student.opened")
    assert event.detail["reason"] == "Hon ringde om kallelsen"
    client.force_login(office.officer_user)
    assert office.administrator_user.full_name in client.get(_url(student)).content.decode()


def test_300_students_cost_as_few_queries_as_three(
    client: Client, office: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(300):
        make_student(authority=office.school.authority, last_name=f"Provnamn {number:03d}")
    client.force_login(office.officer_user)
    with django_assert_max_num_queries(15):
        page = client.get("/studerande/?sida=3").content.decode()
    assert "Visar 101–150 av 300" in page and "Provnamn 100" in page


def test_events_of_a_student_are_said_in_swedish(office: Office) -> None:
    make_choice(office=office, status=ChoiceStatus.PLACED)
    make_choice(office=office, status=ChoiceStatus.RETURNED)
    verbs = set(Event.objects.filter(student_id__isnull=False).values_list("verb", flat=True))
    assert verbs - set(labels()["event"]) == set()


def test_who_opened_the_card_stands_beside_the_time_line_and_repeats_are_folded(client: Client, office: Office) -> None:
    student = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED).student
    client.force_login(office.administrator_user)
    for _time in range(3):
        page = client.get(_url(student)).content.decode()
    assert f"{office.administrator_user.full_name}, 3 gånger den dagen" in page.split("Öppnat av")[1]
    client.force_login(office.officer_user)
    page = client.get(_url(student)).content.decode()
    assert page.split("Öppnat av")[1].count("Personkortet öppnat") == 2


def test_who_opened_the_grade_and_its_catalogue_stands_on_the_card(client: Client) -> None:
    classroom = Classroom()
    catalogue = make_catalogue(classroom, values=("C",))
    entry = catalogue.entries.select_related("grade__enrolment__student").get()
    client.force_login(classroom.office.administrator_user)
    client.get(f"/betyg/{entry.grade.uuid}/")
    client.get(f"/kataloger/{catalogue.uuid}/")
    readings = client.get(_url(entry.grade.enrolment.student)).content.decode().split("Öppnat av")[1]
    assert "Betyget öppnat" in readings and "Betygskatalogen öppnad" in readings
