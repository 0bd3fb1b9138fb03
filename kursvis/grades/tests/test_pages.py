"""What the pages say before a step that is hard to undo, the states of the list, and the student's own words."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kursvis.accounts.tests.browsers import as_user
from kursvis.core.tests.days import go_to
from kursvis.grades.models import Catalogue
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.grades.tests.factories import Classroom, grade_of, make_catalogue, make_enrolment, make_grade

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Classroom:
    return Classroom()


def page(client: Client, name: str, row: Any = None, **query: str) -> str:
    address = reverse(f"grades:{name}", args=[row.uuid] if row else [], query=query)
    return client.get(address).content.decode()


def button(text: str, label: str) -> str:
    """Return the button with exactly this label, or nothing."""
    found = re.search(rf"<button[^>]*>{label}</button>", text)
    return found.group(0) if found else ""


# Before a step


def test_locking_all_says_first_what_it_means(room: Classroom) -> None:
    grade = make_grade(room)
    go_to(room.end)
    client = as_user(room.teacher_user)
    text = page(client, "group", room.group)
    assert "Lås alla satta …</summary>" in text and "kan bara kommunen låsa upp" in text
    assert 'value="lock_all"' in button(text, "Ja, lås alla satta")
    client.post(reverse("grades:group", args=[room.group.uuid]), {"do": "lock_all"})
    assert grade_of(grade).status == GradeStatus.LOCKED


def test_locking_all_is_greyed_with_the_reason_when_no_grade_may_be_locked(room: Classroom) -> None:
    make_enrolment(room)
    go_to(room.end)
    text = page(as_user(room.teacher_user), "group", room.group)
    assert "disabled" in button(text, "Lås alla satta") and "Det finns inget satt betyg att låsa." in text


def test_when_all_is_locked_the_catalogue_is_the_only_step(room: Classroom) -> None:
    make_grade(room, status=GradeStatus.LOCKED)
    go_to(room.end)
    text = page(as_user(room.teacher_user), "group", room.group)
    assert not button(text, "Spara betyg") and "Lås alla satta" not in text
    assert "Skriv betyget i rutan" not in text and "Betyget är redan låst" in text
    assert "button--primary" in button(text, "Skapa betygskatalog")


def test_several_locked_grades_are_told_of_in_the_plural(room: Classroom) -> None:
    for _number in range(2):
        make_grade(room, status=GradeStatus.LOCKED)
    go_to(room.end)
    text = page(as_user(room.teacher_user), "group", room.group)
    assert text.count("Betygen är låsta. Kommunen kan låsa upp ett betyg i taget") == 1
    assert "Betyget är redan låst" not in text


def test_one_lock_on_the_grades_own_page_says_what_it_means(room: Classroom) -> None:
    grade = make_grade(room)
    go_to(room.end)
    text = page(as_user(room.teacher_user), "show_grade", grade)
    assert button(text, "Ja, lås betyg") and "kan bara kommunen låsa upp" in text


def test_approving_says_first_how_many_and_how_it_is_undone(room: Classroom) -> None:
    catalogue = make_catalogue(room, status=CatalogueStatus.RECEIVED)
    text = page(as_user(room.registrar_user), "show_catalogue", catalogue)
    assert "2 betyg godkänns och de studerande får besked" in text and button(text, "Ja, godkänn betygen")
    assert "låses upp för sig, med skäl" in text


# The list of catalogues


def _one_of_each(room: Classroom) -> dict[CatalogueStatus, Catalogue]:
    wanted = [s for s in CatalogueStatus if s not in (CatalogueStatus.SIGNED, CatalogueStatus.REPLACED)]
    return {s: make_catalogue(Classroom(office=room.office), status=s, values=("C",)) for s in wanted}


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r">Katalog (\d+)</a>", text)]


def test_the_registrar_first_sees_what_waits_for_her(room: Classroom) -> None:
    made = _one_of_each(room)
    client = as_user(room.registrar_user)
    text = page(client, "list_catalogues")
    waiting = {made[CatalogueStatus.SENT].number, made[CatalogueStatus.RECEIVED].number}
    assert set(_numbers(text)) == waiting
    chips = dict(re.findall(r"<a class=\"chip[^>]*>([^<]+?) <span class=\"num\">(\d+)</span>", text))
    assert chips == {
        "Väntar på kommunen": "2",
        "Att skicka": "1",
        "På väg": "1",
        "Att godkänna": "1",
        "Returnerade": "1",
        "Godkända": "1",
        "Alla": str(len(made)),
    }
    school = page(as_user(room.office.administrator_user), "list_catalogues")
    assert len(_numbers(school)) == len(made)


@pytest.mark.parametrize("state", ["created", "sent", "received", "returned", "approved"])
def test_each_state_shows_its_own(room: Classroom, state: str) -> None:
    made = _one_of_each(room)
    text = page(as_user(room.registrar_user), "list_catalogues", lage=state)
    assert _numbers(text) == [made[CatalogueStatus(state)].number]


@pytest.mark.parametrize("column", ["nummer", "grupp", "skola", "beslutande", "betyg", "skapad", "skickad"])
def test_each_column_sorts_both_ways(room: Classroom, column: str) -> None:
    for _number in range(2):
        make_catalogue(Classroom(office=room.office), status=CatalogueStatus.SENT, values=("C",))
    client = as_user(room.registrar_user)
    for order in (column, f"-{column}"):
        assert sorted(_numbers(page(client, "list_catalogues", ordning=order))) == [1, 2]
    assert _numbers(page(client, "list_catalogues", ordning="nummer")) == [1, 2]
    assert _numbers(page(client, "list_catalogues", ordning="-nummer")) == [2, 1]


# The student's words


def test_the_student_reads_plain_words_and_what_is_not_built_comes_later(room: Classroom) -> None:
    grade = make_grade(room, status=GradeStatus.LOCKED)
    text = page(as_user(grade.enrolment.student.user), "my_grades")
    for words in ("Läraren har låst betyget", "På väg till kommunen", "Godkänt av kommunen"):
        assert words in text
    assert "Beda" not in text and "Katalog" not in text
    assert text.count("tracker__step--later") == 2 and "du behöver inte vänta på dem" in text
