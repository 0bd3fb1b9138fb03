"""A course start: from draft to publication and what follows from dates and seats (help page R11–R16)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.core.transitions import may_move
from kursvis.organisation.rules import AgreementFacts, against_new_placements, against_offering, takes_nobody_more
from kursvis.organisation.rules.registers import EntryFacts, in_force


class CourseStartStatus(StrEnum):
    """Where a course start stands. *Open for application* is no state: it follows from dates and a manual stop."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    CANCELLED = "cancelled"


S = CourseStartStatus
MOST_SEATS = MOST_POINTS = 2000
"""More is a slip of the hand."""
TRANSITIONS: dict[CourseStartStatus, frozenset[CourseStartStatus]] = {
    S.DRAFT: frozenset({S.SUBMITTED, S.CANCELLED}),
    S.SUBMITTED: frozenset({S.DRAFT, S.PUBLISHED, S.CANCELLED}),
    S.PUBLISHED: frozenset({S.HIDDEN, S.SUBMITTED, S.CANCELLED}),
    S.HIDDEN: frozenset({S.PUBLISHED, S.SUBMITTED, S.CANCELLED}),
    S.CANCELLED: frozenset(),
}
_SHOWN_OR_HIDDEN = frozenset({S.PUBLISHED, S.HIDDEN})


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
    schedule: str
    study_form: StudyForm = StudyForm.DISTANCE
    place: str = ""
    has_times: bool = False
    has_contact: bool = True


def _wrong_state(facts: CourseStartFacts, new: CourseStartStatus) -> list[Reason]:
    return [] if may_move(TRANSITIONS, facts.status, new) else _stands_as(facts)


def _stands_as(facts: CourseStartFacts) -> list[Reason]:
    return [Reason("catalogue.wrong_state", {"state": ("course_start", facts.status)})]


def against_dates(*, starts_on: date, ends_on: date) -> list[Reason]:
    """Return what is wrong with the dates of a course start."""
    return [] if starts_on < ends_on else [Reason("catalogue.ends_before_start")]


def against_points(*, in_register: int | None, points: int) -> list[Reason]:
    """Return what is wrong with the points: the register's, or set locally where it gives none (sfi, orientation)."""
    if in_register is not None and points != in_register:
        return [Reason("catalogue.points_differ", {"points": in_register})]
    if in_register is None and points > MOST_POINTS:
        return [Reason("catalogue.too_many_points", {"most": MOST_POINTS})]
    return [] if points > 0 else [Reason("catalogue.points_missing")]


def against_seats(*, seats: int, seats_taken: int) -> list[Reason]:
    """Return what is wrong with a number of seats: nobody who is placed loses the seat."""
    if seats < seats_taken:
        return [Reason("catalogue.fewer_seats_than_taken", {"taken": seats_taken})]
    if seats > MOST_SEATS:
        return [Reason("catalogue.too_many_seats", {"most": MOST_SEATS})]
    return [] if seats > 0 else [Reason("catalogue.no_seats")]


def against_submitting(facts: CourseStartFacts, *, today: date) -> list[Reason]:
    """Return why the offer may not be sent to the municipality now; what is missing of it, `completeness` says."""
    reasons = [] if facts.status is S.DRAFT else _stands_as(facts)
    if facts.starts_on <= today:
        reasons.append(Reason("catalogue.has_started", {"day": facts.starts_on}))
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
    return [] if facts.status in _SHOWN_OR_HIDDEN else _stands_as(facts)


def against_cancelling(facts: CourseStartFacts) -> list[Reason]:
    """Return every reason why the course start may not be cancelled. Who is placed is returned first (studies)."""
    reasons = _wrong_state(facts, S.CANCELLED)
    if facts.seats_taken:
        reasons.append(Reason("catalogue.has_placed", {"taken": facts.seats_taken}))
    return reasons


def against_stopping(facts: CourseStartFacts) -> list[Reason]:
    """Return every reason why applications cannot be stopped by hand."""
    if facts.status not in _SHOWN_OR_HIDDEN:
        return [Reason("catalogue.not_published")]
    return [Reason("catalogue.stopped_already")] if facts.stopped else []


def against_resuming(facts: CourseStartFacts) -> list[Reason]:
    """Return every reason why applications cannot be opened again after a stop by hand."""
    return [] if facts.stopped else [Reason("catalogue.not_stopped")]


def against_agreement(
    agreements: list[AgreementFacts],
    *,
    starts_on: date,
    ends_on: date,
    today: date,
    level: str | None = None,
    industry: str | None = None,
) -> list[Reason]:
    """Return every reason why the school may not offer, publish or be applied to with these dates now (R09, R12).

    No new offer once its last agreement has ended; an agreement that is to come lets it enter its offer ahead. The
    agreement is in force at the start, a temporary one until the end, and is for the level and the industry.
    """
    if takes_nobody_more(agreements, today=today):
        return against_new_placements(agreements, today=today)
    return against_offering(agreements, starts_on=starts_on, ends_on=ends_on, level=level, industry=industry)


def against_study_form(kind: StudyForm, *, is_in_force: bool, starts_on: date) -> list[Reason]:
    """Return why a study form cannot be chosen: the municipality does not use it when the course starts."""
    if is_in_force:
        return []
    return [Reason("catalogue.study_form_not_in_force", {"form": ("study_form", kind), "day": starts_on})]


def against_industry(industry: EntryFacts, *, is_own: bool, starts_on: date) -> list[Reason]:
    """Return why an industry cannot be told: it is another municipality's, or not in force when the course starts."""
    if is_own and in_force(industry, day=starts_on):
        return []
    return [Reason("catalogue.industry_not_in_force", {"name": industry.name, "day": starts_on})]


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
