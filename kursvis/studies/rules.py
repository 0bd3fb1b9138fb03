"""Groups, enrolments and the steps of a study period (design section 5; help page R28–R32)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason


class GroupKind(StrEnum):
    """The type of a group (R28)."""

    ORDINARY = "ordinary"
    PROVNING = "provning"
    ORIENTATION = "orientation"


class EnrolmentOutcome(StrEnum):
    """How an enrolment ended. *Planned, ongoing, awaiting grade* follow from dates and are no states."""

    NONE = "none"
    COMPLETED = "completed"
    NOT_STARTED = "not_started"
    INTERRUPTED = "interrupted"
    ENDED_BY_DECISION = "ended_by_decision"
    REPLACED = "replaced"
    DECEASED = "deceased"
    REGISTERED_IN_ERROR = "registered_in_error"


O = EnrolmentOutcome  # noqa: E741
TRANSITIONS: dict[EnrolmentOutcome, frozenset[EnrolmentOutcome]] = {
    O.NONE: frozenset(set(O) - {O.NONE}),
    O.COMPLETED: frozenset({O.NONE}),
    O.NOT_STARTED: frozenset({O.NONE}),
    O.INTERRUPTED: frozenset({O.NONE}),
    O.ENDED_BY_DECISION: frozenset({O.NONE}),
    O.REPLACED: frozenset(),
    O.DECEASED: frozenset(),
    O.REGISTERED_IN_ERROR: frozenset(),
}
"""Back to none: the lock of the grade is taken back, or a step was wrong and is undone."""


class Phase(StrEnum):
    """What follows from dates and outcome: shown, never stored."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    AWAITING_GRADE = "awaiting_grade"
    ENDED = "ended"


@dataclass(frozen=True)
class EnrolmentFacts:
    """What the rules need to know about an enrolment."""

    starts_on: date
    ends_on: date
    outcome: EnrolmentOutcome
    outcome_on: date | None
    has_locked_grade: bool
    student_user_id: int


def phase(facts: EnrolmentFacts, *, today: date) -> Phase:
    """Return where the enrolment is today."""
    if facts.outcome is not O.NONE:
        return Phase.ENDED
    if today < facts.starts_on:
        return Phase.PLANNED
    return Phase.ONGOING if today <= facts.ends_on else Phase.AWAITING_GRADE


def _own_case(facts: EnrolmentFacts, actor_user_id: int | None) -> list[Reason]:
    return [Reason("core.own_case")] if actor_user_id == facts.student_user_id else []


def against_not_started(facts: EnrolmentFacts, *, today: date, actor_user_id: int | None) -> list[Reason]:
    """Return every reason against *did not start*: its date is the start, so the start must have come (R29)."""
    reasons = []
    if facts.outcome is not O.NONE:
        reasons.append(Reason("studies.already_ended", {"outcome": ("enrolment", facts.outcome)}))
    if facts.has_locked_grade:
        reasons.append(Reason("studies.has_locked_grade"))
    if today < facts.starts_on:
        reasons.append(Reason("studies.not_begun_yet", {"day": facts.starts_on}))
    return reasons + _own_case(facts, actor_user_id)


def against_undoing_not_started(facts: EnrolmentFacts, *, actor_user_id: int | None) -> list[Reason]:
    """Return every reason why *did not start* may not be taken back."""
    reasons = [] if facts.outcome is O.NOT_STARTED else [Reason("studies.was_not_marked_not_started")]
    return reasons + _own_case(facts, actor_user_id)


def against_group(*, kind: GroupKind, starts_on: date, ends_on: date) -> list[Reason]:
    """Return what is wrong with a group's dates. A prövning starts and ends on one day (R32)."""
    if ends_on < starts_on:
        return [Reason("studies.group_ends_before_start")]
    if kind is GroupKind.PROVNING and starts_on != ends_on:
        return [Reason("studies.provning_is_one_day")]
    return []
