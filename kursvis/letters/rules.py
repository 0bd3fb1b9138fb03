"""Letters: their kinds, and what each of them says. Pure: the text that a letter is about is told, never looked up."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is."""

    CALL = "call"


@dataclass(frozen=True)
class CallFacts:
    """What a call (kallelse) says.

    `condition` (what the municipality calls it), `condition_text` (what it says about it) and `required_course` are
    told when the grant is on a condition that is not met yet (R21).
    """

    email: str
    course_name: str
    course_code: str
    points: int
    starts_on: date
    ends_on: date
    study_form: str
    place: str
    weekly_pattern: str
    condition: str
    condition_text: str
    required_course: str


def address_for(email: str, *, is_protected: bool) -> str:
    """Return the e-mail address of a letter; empty means print. A protected person's letters never go by e-mail."""
    return "" if is_protected else email
