"""Results: where they come from."""

from enum import StrEnum


class ResultSource(StrEnum):
    """Where a result comes from."""

    OWN_GRADE = "own_grade"
    OTHER_SCHOOL = "other_school"
    STATED = "stated"
