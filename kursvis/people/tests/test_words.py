"""Students are found by the words of their names, through an index."""

import pytest
from django.db import connection
from django.db.models import F

from kursvis.core.words import HasWords, words_query
from kursvis.people.models import Student
from kursvis.people.tests.factories import make_student

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    rows = Student.objects.filter(HasWords(F("name_key"), words_query(text))).order_by("name_key")
    return [row.first_name for row in rows]


@pytest.fixture
def people() -> None:
    for first, last in [("Åsa", "Öberg"), ("Anna-Karin", "Asp"), ("Oskar", "Åsberg"), ("Per", "O'Brien")]:
        make_student(first_name=first, last_name=last)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("åsa", ["Åsa"]),
        ("Öb Ås", ["Åsa"]),
        ("karin asp", ["Anna-Karin"]),
        ("as", ["Anna-Karin", "Oskar", "Åsa"]),
        ("o'brien", ["Per"]),
        ("sa", []),
        ("asp per", []),
        ("", []),
        ("& | ! ( ) : * ' \\", []),
        ("asp & | !", ["Anna-Karin"]),
    ],
)
def test_words_are_the_beginnings_of_names_in_any_order(people: None, text: str, names: list[str]) -> None:
    assert found(text) == names


def test_the_words_are_looked_up_in_the_index(people: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Student.objects.filter(HasWords(F("name_key"), words_query("asp"))).explain()
    assert "student_by_word" in plan
