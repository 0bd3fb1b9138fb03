"""A course start: from draft to publication and what follows from dates and seats (help page R11–R16)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.core.transitions import may_move


class CourseStartStatus(StrEnum):
    """Where a course start stands. *Open for application* is no state: it follows from dates and a manual stop."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    CANCELLED = "cancelled"


S = CourseStartStatus
TRANSITIONS: dict[CourseStartStatus, frozenset[CourseStartStatus]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.CANCELLED}),
    S.SUBMITTED: frozenset({S.DRAFT, S.PUBLISHED, S.CANCELLED}),
    S.PUBLISHED: frozenset({S.HIDDEN, S.SUBMITTED, S.CANCELLED}),
    S.HIDDEN: frozenset({S.PUBLISHED, S.SUBMITTED, S.CANCELLED}),
    S.CANCELLED: frozenset(),
}


class StudyForm(StrEnum):
    """How the studies are done."""

    CLASSROOM = "classroom"
    DISTANCE = "distance"
    COMBINED = "combined"
    APPRENTICESHIP = "apprenticeship"
    TRAINEE = "trainee"


@dataclass(frozen=True)
class CourseStartFacts:
    """What the rules of the offer need to know about a course start."""

    status: CourseStartStatus
    starts_on: date
    ends_on: date
    opens_on: date
    apply_by: date
    seats: int
    seats_taken: int
    applicants: int
    stopped: bool
    description: str
    weekly_pattern: str


def _wrong_state(facts: CourseStartFacts, new: CourseStartStatus) -> list[Reason]:
    if may_move(TRANSITIONS, facts.status, new):
        return []
    return [Reason("catalogue.wrong_state", {"state": ("course_start", facts.status)})]


def against_dates(*, starts_on: date, ends_on: date) -> list[Reason]:
    """Return what is wrong with the dates of a course start."""
    return [] if starts_on < ends_on else [Reason("catalogue.ends_before_start")]


def against_editing(facts: CourseStartFacts) -> list[Reason]:
    """Return every reason why the school may not change the offer now."""
    if facts.status is S.DRAFT:
        return []
    return [Reason("catalogue.only_drafts_are_edited", {"state": ("course_start", facts.status)})]


def against_submitting(facts: CourseStartFacts, *, today: date) -> list[Reason]:
    """Return every reason why the offer may not be sent to the municipality."""
    reasons = _wrong_state(facts, S.SUBMITTED)
    if facts.starts_on <= today:
        reasons.append(Reason("catalogue.has_started", {"day": facts.starts_on}))
    if not facts.description.strip():
        reasons.append(Reason("catalogue.description_missing"))
    if not facts.weekly_pattern.strip():
        reasons.append(Reason("catalogue.weekly_pattern_missing"))
    return reasons


def against_sending_back(facts: CourseStartFacts) -> list[Reason]:
    """Return every reason why the municipality may not send the offer back to the school."""
    return _wrong_state(facts, S.DRAFT)


def against_publishing(facts: CourseStartFacts, *, today: date) -> list[Reason]:
    """Return every reason why the offer may not be shown in the public catalogue."""
    reasons = _wrong_state(facts, S.PUBLISHED)
    if facts.starts_on <= today:
        reasons.append(Reason("catalogue.has_started", {"day": facts.starts_on}))
    return reasons


def against_hiding(facts: CourseStartFacts) -> list[Reason]:
    """Return every reason why the offer may not be hidden. Applicants are kept (R16)."""
    return _wrong_state(facts, S.HIDDEN)


def against_withdrawing(facts: CourseStartFacts) -> list[Reason]:
    """Return every reason why the school may not take a published offer back for change."""
    return _wrong_state(facts, S.SUBMITTED) if facts.status is not S.DRAFT else [
        Reason("catalogue.wrong_state", {"state": ("course_start", facts.status)})
    ]


def against_cancelling(facts: CourseStartFacts) -> list[Reason]:
    """Return every reason why the course start may not be cancelled."""
    return _wrong_state(facts, S.CANCELLED)


def against_applying(facts: CourseStartFacts, *, today: date) -> list[Reason]:
    """Return every reason why nobody may apply now. Applications may exceed the seats."""
    if facts.status is not S.PUBLISHED:
        return [Reason("catalogue.not_published")]
    if today < facts.opens_on:
        return [Reason("catalogue.not_open_yet", {"day": facts.opens_on})]
    if today > facts.apply_by:
        return [Reason("catalogue.closed", {"day": facts.apply_by})]
    if facts.stopped:
        return [Reason("catalogue.stopped")]
    return []


def against_taking_a_seat(facts: CourseStartFacts) -> list[Reason]:
    """Return every reason why no seat can be taken."""
    if facts.status is S.CANCELLED:
        return [Reason("catalogue.cancelled")]
    if facts.seats_taken >= facts.seats:
        return [Reason("catalogue.full", {"seats": facts.seats})]
    return []
