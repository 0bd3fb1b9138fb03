"""Groups, enrolments and the steps of a study period (design section 5; help page R28–R32)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.admissions import rules as admissions
from kursvis.catalogue.rules import offer, orientation
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


def against_new_group(
    *, name: str, taken: bool, course_is_offered: bool, fits_course_start: bool, teachers_work_here: bool
) -> list[Reason]:
    """Return what is wrong with a group beside its dates: its name, its course (R17) and who teaches it."""
    wrong = {
        "studies.group_needs_name": not name.strip(),
        "studies.group_name_taken": taken,
        "studies.course_is_not_offered": not course_is_offered,
        "studies.group_does_not_fit_the_course_start": not fits_course_start,
        "studies.teacher_is_not_at_the_school": not teachers_work_here,
    }
    return [Reason(code, {"name": name} if taken else {}) for code, is_wrong in wrong.items() if is_wrong]


@dataclass(frozen=True)
class GroupFacts:
    """What placing in a group needs to know about it."""

    school_id: int
    course_id: int
    course_start_id: int | None
    starts_on: date
    ends_on: date


def against_group_for(
    facts: GroupFacts, *, school_id: int, course_id: int, course_start_id: int, today: date
) -> list[Reason]:
    """Return every reason why an applicant to a course start may not be placed in this group.

    A group that has begun takes late applicants until its last day; their studies then start on the day of the placing
    (`first_day_of`).
    """
    reasons = []
    if facts.school_id != school_id or facts.course_id != course_id:
        reasons.append(Reason("studies.group_of_another_course"))
    elif facts.course_start_id not in (None, course_start_id):
        reasons.append(Reason("studies.group_of_another_start"))
    if today > facts.ends_on:
        reasons.append(Reason("studies.group_has_ended", {"day": facts.ends_on}))
    return reasons


def has_begun(*, starts_on: date, today: date) -> bool:
    """Say whether who is placed today has missed the first day."""
    return today > starts_on


def first_day_of(facts: GroupFacts, *, today: date) -> date:
    """Return the first day of the studies of who is placed today: the group's, or today when the group has begun.

    A start that the student was not there for would give wrong study aid, and no day before the placing is before the
    choice was given to the school.
    """
    return max(facts.starts_on, today)


def against_grouping(*, ends_on: date, today: date) -> list[Reason]:
    """Return a reason against a new group for a course start that is over."""
    return [Reason("studies.start_has_ended", {"day": ends_on})] if today > ends_on else []


def against_calling(
    choice: admissions.ChoiceFacts, *, called_on: date | None, again: bool, today: date, actor_user_id: int | None
) -> list[Reason]:
    """Return every reason against a call. After the start it says what can be done instead (R23).

    A second call must be asked for: a double click, or a chosen row already called, does not make one.
    """
    reasons = [
        Reason("studies.too_late_to_call", reason.values) if reason.code == "admissions.start_has_passed" else reason
        for reason in admissions.against_calling(choice, today=today, actor_user_id=actor_user_id)
    ]
    return reasons + ([Reason("studies.already_called", {"day": called_on})] if called_on and not again else [])


def against_placing(
    choice: admissions.ChoiceFacts,
    course_start: offer.CourseStartFacts,
    *,
    has_group: bool,
    today: date,
    actor_user_id: int | None,
) -> list[Reason]:
    """Return every reason why an applicant may not be placed: an open condition (R21), no seat left, or no group."""
    reasons = admissions.against_placing(choice, actor_user_id=actor_user_id) + offer.against_taking_a_seat(
        course_start
    )
    if has_group:
        return reasons
    return reasons + (against_grouping(ends_on=course_start.ends_on, today=today) or [Reason("studies.no_group")])


def call_is_late(*, called: bool, call_by: date, today: date) -> bool:
    """Say whether a call should have been received already: by the day that its round gives (R23)."""
    return not called and today > call_by


def against_choosing(number: int, *, most: int) -> list[Reason]:
    """Return what is wrong with the number of chosen rows of a bulk step."""
    if number == 0:
        return [Reason("studies.nothing_chosen")]
    return [Reason("studies.too_many_chosen", {"most": most})] if number > most else []


def against_moving_end(facts: EnrolmentFacts, *, ends_on: date, actor_user_id: int | None) -> list[Reason]:
    """Return every reason why the individual end date may not be moved: the end of a locked grade stands (R51)."""
    reasons = []
    if facts.outcome is not O.NONE:
        reasons.append(Reason("studies.already_ended", {"outcome": ("enrolment", facts.outcome)}))
    if facts.has_locked_grade:
        reasons.append(Reason("studies.has_locked_grade"))
    if ends_on < facts.starts_on:
        reasons.append(Reason("studies.end_before_start", {"day": facts.starts_on}))
    return reasons + _own_case(facts, actor_user_id)


def against_completing(facts: EnrolmentFacts, *, on: date, actor_user_id: int | None) -> list[Reason]:
    """Return every reason why the lock of a grade may not complete the enrolment: its date is the end date (R51)."""
    reasons = []
    if facts.outcome is not O.NONE:
        reasons.append(Reason("studies.already_ended", {"outcome": ("enrolment", facts.outcome)}))
    if on != facts.ends_on:
        reasons.append(Reason("studies.completed_on_the_end_date", {"day": facts.ends_on}))
    return reasons + _own_case(facts, actor_user_id)


def against_taking_back_completion(facts: EnrolmentFacts, *, actor_user_id: int | None) -> list[Reason]:
    """Return every reason why a completion may not be taken back: unlocking a grade does it."""
    reasons = [] if facts.outcome is O.COMPLETED else [Reason("studies.was_not_completed")]
    return reasons + _own_case(facts, actor_user_id)


def group_phase(*, starts_on: date, ends_on: date, today: date, all_ended: bool = False) -> Phase:
    """Return where a group is today, by its dates; `all_ended`: it has had students, and nobody studies in it now."""
    if all_ended and today >= ends_on:
        return Phase.ENDED
    if today < starts_on:
        return Phase.PLANNED
    return Phase.ONGOING if today <= ends_on else Phase.ENDED


def suggested_name(code: str, *, starts_on: date, taken: frozenset[str], school: str = "") -> str:
    """Return a group name that says course and start (R28): "MATE1A-261221", then "MATE1A-261221-2".

    That of an orientation course describes itself, with the school's name (R18).
    """
    if orientation.is_orientation(code):
        return orientation.suggested_group_name(code, starts_on=starts_on, school=school, taken=taken)
    base = f"{code.removesuffix('00X')}-{starts_on:%y%m%d}"
    number = 2
    name = base
    while name in taken:
        name = f"{base}-{number}"
        number += 1
    return name


def suggested_kind(code: str) -> GroupKind:
    """Return the group type that a course code suggests: KGYORI…, GRNORI… is an orientation course (R18)."""
    return GroupKind.ORIENTATION if orientation.is_orientation(code) else GroupKind.ORDINARY
