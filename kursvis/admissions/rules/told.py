"""What the applicant is told of where her application stands, as the course draws near, runs and ends."""

from datetime import date
from enum import StrEnum

from kursvis.admissions.rules import ChoiceStatus, Outcome


class CoursePhase(StrEnum):
    """Where a course start stands on a day, by its own dates."""

    AHEAD = "ahead"
    FIRST_DAY = "first_day"
    RUNNING = "running"
    LAST_DAY = "last_day"
    OVER = "over"


def course_phase(starts_on: date, ends_on: date, *, today: date) -> CoursePhase:
    """Return where the course stands. Its first and last day are told apart: it begins or ends that day."""
    if today <= starts_on:
        return CoursePhase.AHEAD if today < starts_on else CoursePhase.FIRST_DAY
    if today < ends_on:
        return CoursePhase.RUNNING
    return CoursePhase.LAST_DAY if today == ends_on else CoursePhase.OVER


UNPLACED = frozenset({ChoiceStatus.SUBMITTED, ChoiceStatus.DECIDED, ChoiceStatus.DISTRIBUTED})
"""The states that wait for a place."""


def own_state(status: ChoiceStatus, outcome: Outcome | None, phase: CoursePhase) -> str:
    """Return the state as the applicant is told it: a decision by its outcome, a place by how far the course has come.

    Who still waits for a place after the first day is told that the course has begun without her.
    """
    if status is ChoiceStatus.PLACED:
        return status.value if phase is CoursePhase.AHEAD else f"placed_{phase.value}"
    if status is ChoiceStatus.DECIDED and outcome is Outcome.REFUSED:
        return "decided_refused"
    if status in UNPLACED and phase not in (CoursePhase.AHEAD, CoursePhase.FIRST_DAY):
        return "unplaced"
    return f"decided_{outcome.value}" if status is ChoiceStatus.DECIDED and outcome else status.value
