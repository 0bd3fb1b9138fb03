"""Reading studies. Who reaches what is imported from here; page data stand in the modules."""

from kursvis.studies.queries.reach import (
    enrolment_for,
    enrolments_readable_by,
    group_for,
    groups_readable_by,
    letter_for,
    letters_readable_by,
    own_enrolments,
    own_letters,
    students_of_schools,
)

__all__ = [
    "enrolment_for",
    "enrolments_readable_by",
    "group_for",
    "groups_readable_by",
    "letter_for",
    "letters_readable_by",
    "own_enrolments",
    "own_letters",
    "students_of_schools",
]
