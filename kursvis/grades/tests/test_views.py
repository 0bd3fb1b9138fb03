"""The pages: who comes in, what stands there, what a form keeps, and how many questions a page asks."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff, make_user, new_personnummer
from kursvis.audit.models import Event
from kursvis.core.tests.days import go_to
from kursvis.grades import services
from kursvis.grades.models import Catalogue, CatalogueEntry, Grade
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.grades.tests.factories import Classroom, grade_of, make_catalogue, make_enrolment, make_grade
from kursvis.people.models import Student
from kursvis.people.rules import Protection
from kursvis.studies.models import Enrolment

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def url(name: str, row: Any = None, **query: str) -> str:
    return reverse(f"grades:{name}", args=[row.uuid] if row else [], query=query)


@pytest.fixture
def room() -> Classroom:
    return Classroom()


def typed(enrolment: Enrolment, value: str, seen: str = "", **also: str) -> dict[str, str]:
    return {f"grade-{enrolment.uuid}": value, f"seen-{enrolment.uuid}": seen, **also}


# The grade table


def test_the_teacher_types_and_saves(room: Classroom) -> None:
    enrolment = make_enrolment(room)
    go_to(room.end - timedelta(days=5))
    client = as_user(room.teacher_user)
    page = client.get(url("group", room.group)).content.decode()
    assert f'name="grade-{enrolment.uuid}"' in page and "A B C D E F –" in page and "data-grid" in page
    response = client.post(url("group", room.group), typed(enrolment, "c", do="save"))
    assert response.status_code == 302
    assert Grade.objects.get(enrolment=enrolment).value == "C"


def test_a_hyphen_is_the_dash(room: Classroom) -> None:
    enrolment = make_enrolment(room)
    go_to(room.end)
    as_user(room.teacher_user).post(url("group", room.group), typed(enrolment, "-"))
    assert Grade.objects.get(enrolment=enrolment).value == "–"


def test_what_was_typed_stays_when_a_row_is_wrong(room: Classroom) -> None:
    right, wrong = make_enrolment(room), make_enrolment(room)
    go_to(room.end)
    response = as_user(room.teacher_user).post(url("group", room.group), typed(right, "A") | typed(wrong, "Q"))
    page = response.content.decode()
    assert response.status_code == 200 and not Grade.objects.exists()
    assert 'value="A"' in page and 'value="Q"' in page and "Q finns inte på kursens betygsskala" in page


def test_a_row_is_saved_and_locked_in_one_step(room: Classroom) -> None:
    enrolment, other = make_enrolment(room), make_grade(room).enrolment
    go_to(room.end)
    form = typed(enrolment, "B", do=f"lock:{enrolment.uuid}") | typed(other, "D", seen="C")
    as_user(room.teacher_user).post(url("group", room.group), form)
    assert Grade.objects.get(enrolment=enrolment).status == GradeStatus.LOCKED
    assert (grade_of(Grade.objects.get(enrolment=other)).value, other.outcome) == ("D", "none")


def test_locking_all_tells_of_each_that_could_not(room: Classroom) -> None:
    may, later = make_grade(room), make_grade(room, last_name="Senare")
    Enrolment.objects.filter(pk=later.enrolment_id).update(ends_on=room.end + timedelta(days=9))
    go_to(room.end)
    response = as_user(room.teacher_user).post(url("group", room.group), {"do": "lock_all"}, follow=True)
    page = response.content.decode()
    assert "1 betyg låstes" in page and "Senare, Hodan: Slutdatum" in page
    assert [grade_of(may).status, grade_of(later).status] == ["locked", "set"]


def test_before_the_end_the_lock_is_greyed_and_the_other_way_stands_beside(room: Classroom) -> None:
    grade = make_grade(room)
    go_to(room.end - timedelta(days=20))
    client = as_user(room.teacher_user)
    page = client.get(url("group", room.group)).content.decode()
    assert f"Slutdatum {room.end} har inte kommit" in page and url("move_end_and_lock", grade) in page
    effect = client.get(url("move_end_and_lock", grade)).content.decode()
    today = room.end - timedelta(days=20)
    assert f"{room.end} → {today}" in effect and "veckor (v. " in effect and "Ditt slutdatum är flyttat" in effect
    assert client.post(url("move_end_and_lock", grade), {"to": today.isoformat()}).status_code == 302
    assert grade_of(grade).grade_date == today


def test_a_page_from_yesterday_does_not_move_the_end(room: Classroom) -> None:
    grade = make_grade(room)
    go_to(room.end - timedelta(days=20))
    yesterday = (room.end - timedelta(days=21)).isoformat()
    response = as_user(room.teacher_user).post(url("move_end_and_lock", grade), {"to": yesterday})
    assert response.status_code == 200 and "flyttas till i dag" in response.content.decode()
    assert grade_of(grade).status == GradeStatus.SET


def test_others_read_the_table_but_do_not_type(room: Classroom) -> None:
    enrolment = make_enrolment(room)
    client = as_user(room.office.administrator_user)
    page = client.get(url("group", room.group)).content.decode()
    assert f"grade-{enrolment.uuid}" not in page and "Bara gruppens lärare" in page
    assert client.post(url("group", room.group), typed(enrolment, "A")).status_code == 403


def test_creating_a_catalogue(room: Classroom) -> None:
    make_grade(room)
    go_to(room.end)
    client = as_user(room.teacher_user)
    assert "Betyg som är satta men inte låsta: 1. Lås först." in client.get(url("group", room.group)).content.decode()
    client.post(url("group", room.group), {"do": "lock_all"})
    response = client.post(url("create_catalogue", room.group))
    catalogue = Catalogue.objects.get()
    assert response["Location"] == url("show_catalogue", catalogue)


# Records


def test_the_path_of_a_catalogue_in_the_browser(room: Classroom) -> None:
    catalogue = make_catalogue(room)
    teacher, registrar = as_user(room.teacher_user), as_user(room.registrar_user)
    assert teacher.post(url("receive_catalogue", catalogue)).status_code == 403
    assert registrar.post(url("send_catalogue", catalogue)).status_code == 403
    assert teacher.post(url("send_catalogue", catalogue)).status_code == 302
    for step in ("receive_catalogue", "approve_catalogue"):
        assert registrar.post(url(step, catalogue)).status_code == 302
    assert registrar.post(url("approve_catalogue", catalogue)).status_code == 409
    page = registrar.get(url("show_catalogue", catalogue)).content.decode()
    assert "Godkänd" in page and "Karin Öst, Gymnasielärare" in page and "Betygsarkivet" in page


def test_returning_asks_for_a_reason(room: Classroom) -> None:
    catalogue = make_catalogue(room, status=CatalogueStatus.SENT)
    registrar = as_user(room.registrar_user)
    response = registrar.post(url("return_catalogue", catalogue), {"reason": ""})
    assert response.status_code == 200 and "Skriv skälet" in response.content.decode()
    assert registrar.post(url("return_catalogue", catalogue), {"reason": "Fel datum"}).status_code == 302
    assert "Fel datum" in as_user(room.teacher_user).get(url("show_catalogue", catalogue)).content.decode()


def test_unlocking_asks_for_a_reason_and_shows_what_it_means(room: Classroom) -> None:
    catalogue = make_catalogue(room, status=CatalogueStatus.APPROVED)
    grade = catalogue.entries.order_by("pk").first().grade
    registrar = as_user(room.registrar_user)
    page = registrar.get(url("unlock_grade", grade)).content.decode()
    assert "Katalog 1 slutar gälla" in page and "1 annat betyg" in page
    assert "Skriv skälet" in registrar.post(url("unlock_grade", grade), {"reason": ""}).content.decode()
    assert registrar.post(url("unlock_grade", grade), {"reason": "Fel elev"}).status_code == 302
    page = registrar.get(url("show_grade", grade)).content.decode()
    assert "Fel elev" in page and "Betyget låstes upp" in page


def test_the_record_shows_seven_steps_with_who_and_when(room: Classroom) -> None:
    catalogue = make_catalogue(room, status=CatalogueStatus.APPROVED)
    grade = catalogue.entries.first().grade
    page = as_user(room.registrar_user).get(url("show_grade", grade)).content.decode()
    for label in ("Satt", "Låst", "Katalog skapad", "Underskriven och skickad", "Mottagen och godkänd"):
        assert label in page
    assert page.count("kommer senare") >= 2 and "Karin Öst" in page and "Amina Lindqvist" in page
    assert Event.objects.filter(verb="grade.opened", subject_id=grade.pk).count() == 1


def test_the_pdf_is_the_kept_one_and_opening_it_is_written(room: Classroom) -> None:
    catalogue = make_catalogue(room)
    response = as_user(room.registrar_user).get(url("catalogue_pdf", catalogue))
    assert response["Content-Type"] == "application/pdf" and response.content == bytes(catalogue.pdf)
    assert Event.objects.filter(verb="catalogue.pdf_opened", subject_id=catalogue.pk).count() == 1


def test_the_lists_are_narrowed(room: Classroom) -> None:
    catalogue = make_catalogue(room)
    client = as_user(room.registrar_user)
    school = str(room.office.school.uuid)
    hit, miss = f"Katalog {catalogue.number}", "Inga kataloger passar"
    assert hit in client.get(url("list_catalogues", q="1", lage="created")).content.decode()
    assert hit in client.get(url("list_catalogues", q="grupp", skola=school, lage="alla")).content.decode()
    assert miss in client.get(url("list_catalogues", q="2", lage="alla")).content.decode()
    assert miss in client.get(url("list_catalogues", lage="approved")).content.decode()
    grades = client.get(url("list_grades", q="abdi", lage="locked")).content.decode()
    assert "Abdi, Hodan" in grades
    assert "Inga betyg passar" in client.get(url("list_grades", q="abdi", lage="set")).content.decode()


# The student


def test_the_student_sees_the_value_from_the_lock_on(room: Classroom) -> None:
    grade = make_grade(room, value="B")
    student = as_user(grade.enrolment.student.user)
    page = student.get(url("my_grades")).content.decode()
    assert "Betyg B" not in page and room.end.isoformat() in page and room.group.course.name in page
    services.lock(grade=grade, end_moved_to=None, by=room.teacher, now=room.on_end())
    assert "Betyg B" in student.get(url("my_grades")).content.decode()
    stranger = as_user(make_user()).get(url("my_grades")).content.decode()
    assert "Du har inga betyg ännu" in stranger


# Who comes in


@pytest.fixture
def everything(room: Classroom) -> dict[str, Any]:
    catalogue = make_catalogue(room)
    return {"group": room.group, "grade": catalogue.entries.first().grade, "catalogue": catalogue}


PAGES = [("group", "group"), ("show_grade", "grade"), ("show_catalogue", "catalogue"), ("catalogue_pdf", "catalogue")]


@pytest.mark.parametrize("name, row", PAGES)
def test_own_school_and_municipality_read_others_find_nothing(
    room: Classroom, everything: dict[str, Any], name: str, row: str
) -> None:
    address = url(name, everything[row])
    colleague = make_staff(Role.TEACHER, school=room.office.school)
    elsewhere = Classroom()
    for user in (room.teacher_user, room.registrar_user, room.office.administrator_user):
        assert as_user(user).get(address).status_code == 200
    for user in (colleague, elsewhere.teacher_user, elsewhere.registrar_user, elsewhere.office.administrator_user):
        assert as_user(user).get(address).status_code == 404
    for user in (make_user(), room.office.officer_user):
        assert as_user(user).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert as_user(room.registrar_user).get(address.replace(str(everything[row].uuid), str(uuid4()))).status_code == 404


@pytest.mark.parametrize(
    "name, row, right",
    [
        ("lock_grade", "grade", "teacher_user"),
        ("move_end_and_lock", "grade", "teacher_user"),
        ("create_catalogue", "group", "teacher_user"),
        ("send_catalogue", "catalogue", "teacher_user"),
        ("unlock_grade", "grade", "registrar_user"),
        ("receive_catalogue", "catalogue", "registrar_user"),
        ("approve_catalogue", "catalogue", "registrar_user"),
        ("return_catalogue", "catalogue", "registrar_user"),
    ],
)
def test_a_step_is_for_who_holds_it(
    room: Classroom, everything: dict[str, Any], name: str, row: str, right: str
) -> None:
    address = url(name, everything[row])
    wrong = room.registrar_user if right == "teacher_user" else room.teacher_user
    assert as_user(wrong).post(address).status_code == 403
    assert as_user(make_user()).post(address).status_code == 403
    assert as_user(getattr(Classroom(), right)).post(address).status_code == 404
    assert Client().post(address).status_code == 302


def test_a_protected_person_is_her_alias_everywhere(room: Classroom) -> None:
    grade = make_grade(room, status=GradeStatus.LOCKED, protection=Protection.SECRECY_MARK, last_name="Hemlig")
    catalogue = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end())
    student = grade.enrolment.student
    for user in (room.teacher_user, room.registrar_user):
        client = as_user(user)
        pages = [
            url("list_grades"),
            url("group", room.group),
            url("show_grade", grade),
            url("show_catalogue", catalogue),
        ]
        for page in pages:
            text = client.get(page).content.decode()
            assert student.listed_name in text and "Hemlig" not in text and student.shown_personnummer not in text
        for question in ("hemlig", student.personnummer):
            assert "Inga betyg passar" in client.get(url("list_grades", q=question)).content.decode()


# Questions to the database


def _fill(room: Classroom, number: int) -> None:
    """Load a group with many students, locked grades and catalogues at once."""
    authority = room.office.school.authority
    users = User.objects.bulk_create(
        User(personnummer=new_personnummer(), first_name="Åsa", last_name=f"Elev {i}") for i in range(number)
    )
    students = Student.objects.bulk_create(
        Student(
            authority=authority,
            user=user,
            personnummer=user.personnummer or "",
            birth_date=date(1990, 1, 1),
            first_name=user.first_name,
            last_name=user.last_name,
            alias_number=1000 + i,
        )
        for i, user in enumerate(users)
    )
    period = {"starts_on": room.group.starts_on, "ends_on": room.end}
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(authority=authority, student=s, group=room.group, outcome="completed", outcome_on=room.end, **period)
        for s in students
    )
    grades = Grade.objects.bulk_create(
        Grade(
            authority=authority,
            enrolment=enrolment,
            value="C",
            status="locked",
            decider=room.teacher_user,
            decided_at=room.on_end(),
            grade_date=room.end,
            locked_at=room.on_end(),
        )
        for enrolment in enrolments
    )
    catalogues = Catalogue.objects.bulk_create(
        Catalogue(
            authority=authority,
            group=room.group,
            decider=room.teacher_user,
            decider_name="Karin Öst",
            decider_title="Lärare",
            number=100 + i,
            created_at=room.on_end(),
            pdf=b"%PDF",
        )
        for i in range(number)
    )
    CatalogueEntry.objects.bulk_create(
        CatalogueEntry(catalogue=catalogues[0], grade=grade, value="C", grade_date=room.end) for grade in grades
    )


def test_300_rows_ask_no_more_questions_than_a_few(room: Classroom) -> None:
    enrolment = make_enrolment(room)
    services.set_grade(enrolment=enrolment, value="A", by=room.teacher, now=room.on_end())
    _fill(room, 300)
    grade = Grade.objects.filter(status="locked").first()
    catalogue = Catalogue.objects.get(number=100)
    pages = [
        url("group", room.group),
        url("list_grades"),
        url("show_grade", grade),
        url("list_catalogues"),
        url("show_catalogue", catalogue),
    ]
    for user in (room.teacher_user, room.registrar_user):
        client = as_user(user)
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            assert len(asked) <= MOST_QUERIES, (page, user.title, [q["sql"][:120] for q in asked])
    client = as_user(room.registrar_user)
    for page in (url("unlock_grade", grade), url("return_catalogue", catalogue), url("catalogue_pdf", catalogue)):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        assert len(asked) <= MOST_QUERIES, (page, [q["sql"][:120] for q in asked])


def test_the_students_page_asks_few_questions(room: Classroom) -> None:
    grade = make_grade(room)
    user = grade.enrolment.student.user
    for _number in range(3):
        make_grade(Classroom(office=room.office), user=user)
    client = as_user(user)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url("my_grades")).content.decode().count("tracker__step--now") == 4
    assert len(asked) <= MOST_QUERIES
