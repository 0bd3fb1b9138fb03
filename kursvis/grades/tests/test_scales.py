"""The scale that a group's students are graded on."""

import pytest

from kursvis.core.reasons import Refused
from kursvis.grades.queries import grading
from kursvis.grades.tests.factories import Classroom, make_enrolment, make_grade
from kursvis.studies.rules import GroupKind

pytestmark = pytest.mark.django_db


def test_a_course_of_upper_secondary_level_has_letters_and_the_dash() -> None:
    room = Classroom()
    make_enrolment(room)
    (row,) = grading.rows_of(room.group)
    assert row.scale is not None and row.scale.values == ("A", "B", "C", "D", "E", "F", "–")


def test_a_test_of_knowledge_has_no_dash() -> None:
    room = Classroom(kind=GroupKind.PROVNING)
    with pytest.raises(Refused) as refused:
        make_grade(room, value="–")
    assert [reason.code for reason in refused.value.reasons] == ["grades.not_on_scale"]
    assert make_grade(room, value="F").value == "F"
