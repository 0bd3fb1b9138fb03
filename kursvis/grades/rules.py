"""Grades and their catalogues: seven steps, each with who and when (design section 5; help page R49–R55)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kursvis.catalogue.rules.register import CourseKind
from kursvis.catalogue.rules.scales import DASH
from kursvis.core.reasons import Reason
from kursvis.core.transitions import may_move
from kursvis.organisation.rules.registers import EntryFacts, Register, against_using


class GradeStatus(StrEnum):
    """Where a grade stands."""

    SET = "set"
    LOCKED = "locked"
    APPROVED = "approved"
    EXPORTED = "exported"


G = GradeStatus
TRANSITIONS: dict[GradeStatus, frozenset[GradeStatus]] = {
    G.SET: frozenset({G.LOCKED}),
    G.LOCKED: frozenset({G.APPROVED, G.SET}),
    G.APPROVED: frozenset({G.EXPORTED, G.SET}),
    G.EXPORTED: frozenset({G.SET}),
}


class CatalogueStatus(StrEnum):
    """Where a grade catalogue stands."""

    CREATED = "created"
    SIGNED = "signed"
    SENT = "sent"
    RECEIVED = "received"
    APPROVED = "approved"
    RETURNED = "returned"
    REPLACED = "replaced"


K = CatalogueStatus
CATALOGUE_TRANSITIONS: dict[CatalogueStatus, frozenset[CatalogueStatus]] = {
    K.CREATED: frozenset({K.SIGNED, K.SENT, K.REPLACED}),
    K.SIGNED: frozenset({K.RECEIVED, K.RETURNED, K.REPLACED}),
    K.SENT: frozenset({K.RECEIVED, K.RETURNED, K.REPLACED}),
    K.RECEIVED: frozenset({K.APPROVED, K.RETURNED, K.REPLACED}),
    K.APPROVED: frozenset({K.REPLACED}),
    K.RETURNED: frozenset({K.REPLACED}),
    K.REPLACED: frozenset(),
}
VALID_CATALOGUES = frozenset({K.CREATED, K.SIGNED, K.SENT, K.RECEIVED, K.APPROVED})
"""A grade stands in at most one catalogue in one of these states."""

NOT_SENT = frozenset({K.CREATED})
UNDER_WAY = frozenset({K.CREATED, K.SIGNED, K.SENT, K.RECEIVED})
"""States in which the municipality has something to do, or to wait for; afterwards its steps are not shown."""

KINDS_WITH_A_TITLE = frozenset({CourseKind.UPPER_SECONDARY_WORK, CourseKind.KOMVUX_WORK})
"""Kinds of course in the national register whose grade needs title and description before it is locked (R52)."""


class Verb(StrEnum):
    """What happened to a grade or a catalogue: one row of its path."""

    SET = "set"
    CHANGED = "changed"
    CLEARED = "cleared"
    LOCKED = "locked"
    IN_CATALOGUE = "in_catalogue"
    CREATED = "created"
    SENT = "sent"
    SIGNED = "signed"
    RECEIVED = "received"
    APPROVED = "approved"
    UNLOCKED = "unlocked"
    RETURNED = "returned"
    REPLACED = "replaced"
    CATALOGUE_REPLACED = "catalogue_replaced"


@dataclass(frozen=True)
class GradeFacts:
    """What the rules need to know about an enrolment and its grade. Without a value there is no grade: status None."""

    status: GradeStatus | None
    value: str
    scale_values: tuple[str, ...]
    starts_on: date
    ends_on: date
    enrolment_ended: bool
    teacher_user_ids: frozenset[int]
    student_user_id: int
    in_valid_catalogue: bool
    title_missing: bool = False


def _own_grade(facts: GradeFacts, actor_user_id: int | None) -> list[Reason]:
    return [Reason("core.own_case")] if actor_user_id == facts.student_user_id else []


def _not_teacher(facts: GradeFacts, actor_user_id: int | None) -> list[Reason]:
    return [] if actor_user_id in facts.teacher_user_ids else [Reason("grades.only_the_groups_teacher_decides")]


def against_setting(facts: GradeFacts, *, value: str, today: date, actor_user_id: int | None) -> list[Reason]:
    """Return every reason against writing a grade: only the group's teacher decides (3 kap. 16 § skollagen), on the
    course's own scale, once the student has started. No value takes back a grade that is not locked."""
    reasons = _not_teacher(facts, actor_user_id) + _own_grade(facts, actor_user_id)
    if facts.status not in (None, G.SET):
        return [*reasons, Reason("grades.already_locked")]
    if facts.enrolment_ended and value:
        reasons.append(Reason("grades.enrolment_ended"))
    if today < facts.starts_on:
        reasons.append(Reason("grades.not_started", {"day": facts.starts_on}))
    return reasons + _not_on_scale(facts, value)


def _not_on_scale(facts: GradeFacts, value: str) -> list[Reason]:
    if not facts.scale_values:
        return [Reason("grades.no_scale")]
    if value and value not in facts.scale_values:
        return [Reason("grades.not_on_scale", {"value": value, "scale": " ".join(facts.scale_values)})]
    return []


def against_no_grade_reason(entry: EntryFacts, *, value: str, today: date) -> list[Reason]:
    """Return every reason against saying why there is no grade: it is said of a dash, by an entry in force."""
    misplaced = [] if value == DASH else [Reason("grades.reason_without_dash")]
    return misplaced + against_using(entry, register=Register.NO_GRADE_REASON, day=today)


def against_locking(
    facts: GradeFacts, *, today: date, end_moved_to: date | None, actor_user_id: int | None
) -> list[Reason]:
    """Return every reason against locking: the grade date is the end date, which must have come, unless the end is
    moved to today in the same step (R51). A late grade keeps the end date; only an early one moves it."""
    if facts.status is not None and not may_move(TRANSITIONS, facts.status, G.LOCKED):
        return [Reason("grades.already_locked")]
    reasons = _not_teacher(facts, actor_user_id) + _own_grade(facts, actor_user_id)
    if facts.status is None:
        reasons.append(Reason("grades.not_set"))
    if facts.enrolment_ended:
        reasons.append(Reason("grades.enrolment_ended"))
    if facts.title_missing:
        reasons.append(Reason("grades.title_of_work_missing"))
    return reasons + _against_the_date(facts, today, end_moved_to)


def _against_the_date(facts: GradeFacts, today: date, end_moved_to: date | None) -> list[Reason]:
    if end_moved_to is None:
        return [Reason("grades.end_has_not_come", {"day": facts.ends_on})] if today < facts.ends_on else []
    if today >= facts.ends_on:
        return [Reason("grades.end_has_come", {"day": facts.ends_on})]
    if end_moved_to != today:
        return [Reason("grades.end_moves_to_today_only")]
    return [Reason("grades.not_started", {"day": facts.starts_on})] if today <= facts.starts_on else []


def against_unlocking(facts: GradeFacts, *, reason: str, actor_user_id: int | None) -> list[Reason]:
    """Return every reason against unlocking a grade: the municipality does it, with a reason (R55)."""
    reasons = _own_grade(facts, actor_user_id)
    if facts.status is None or not may_move(TRANSITIONS, facts.status, G.SET):
        reasons.append(Reason("grades.not_locked"))
    if not reason.strip():
        reasons.append(Reason("grades.unlocking_needs_reason"))
    return reasons


@dataclass(frozen=True)
class CatalogueFacts:
    """What the rules need to know about a catalogue."""

    status: CatalogueStatus
    student_user_ids: frozenset[int]


def against_creating_catalogue(
    *, locked_and_free: int, unlocked: int, title: str, student_user_ids: frozenset[int], actor_user_id: int | None
) -> list[Reason]:
    """Return every reason why the decider has no catalogue to create. Name and title are printed (SKOLFS 2012:8)."""
    reasons = []
    if not locked_and_free:
        code = "grades.locks_first" if unlocked else "grades.nothing_to_print"
        reasons.append(Reason(code, {"number": unlocked}))
    if not title.strip():
        reasons.append(Reason("grades.title_missing"))
    if actor_user_id in student_user_ids:
        reasons.append(Reason("core.own_case"))
    return reasons


def _out_of_order(status: CatalogueStatus, new: CatalogueStatus) -> Reason:
    if new in (K.RECEIVED, K.RETURNED) and status is K.CREATED:
        return Reason("grades.catalogue_not_sent")
    if new is K.APPROVED and status in (K.CREATED, K.SIGNED, K.SENT):
        return Reason("grades.catalogue_not_received")
    return Reason("grades.catalogue_wrong_state", {"state": ("grade_catalogue", status)})


def against_moving_catalogue(
    facts: CatalogueFacts, new: CatalogueStatus, *, actor_user_id: int | None, reason: str = ""
) -> list[Reason]:
    """Return every reason why a catalogue may not be marked sent, received, approved, or returned with a reason."""
    reasons = []
    if not may_move(CATALOGUE_TRANSITIONS, facts.status, new):
        reasons.append(_out_of_order(facts.status, new))
    if new in (K.RECEIVED, K.APPROVED, K.RETURNED) and actor_user_id in facts.student_user_ids:
        reasons.append(Reason("core.own_case"))
    if new is K.RETURNED and not reason.strip():
        reasons.append(Reason("grades.returning_needs_reason"))
    return reasons


def against_signing(
    facts: CatalogueFacts,
    *,
    decider_user_id: int,
    has_electronic_id: bool,
    actor_user_id: int | None,
) -> list[Reason]:
    """Return every reason why a catalogue may not be signed electronically: its decider does it, before it is sent,
    with an electronic ID (R49; who signs on paper is told nothing here)."""
    reasons = against_moving_catalogue(facts, K.SENT, actor_user_id=actor_user_id)
    if actor_user_id != decider_user_id:
        reasons.append(Reason("grades.only_the_decider_signs"))
    elif not has_electronic_id:
        reasons.append(Reason("grades.signing_needs_electronic_id"))
    return reasons


def against_another_document(*, signed: str, kept: str) -> list[Reason]:
    """Return why a signature does not count: what was signed is not the document that is kept (digests)."""
    return [] if signed == kept else [Reason("grades.signed_another_document")]


class Step(StrEnum):
    """The seven steps of a grade that student, teacher and front desk see (R49, R54)."""

    SET = "set"
    LOCKED = "locked"
    IN_CATALOGUE = "in_catalogue"
    SENT = "sent"
    APPROVED = "approved"
    EXPORTED = "exported"
    FETCHED = "fetched"


@dataclass(frozen=True)
class PathStep:
    """One step of the tracker: done with a date, now, to do, or (not built yet) later."""

    step: Step
    on: date | None
    state: str


def tracker(dates: dict[Step, date | None]) -> list[PathStep]:
    """Return the seven steps; a step that is not built yet comes later and is never shown as done."""
    steps: list[PathStep] = []
    for step in Step:
        on = dates.get(step)
        if step in (Step.EXPORTED, Step.FETCHED):
            steps.append(PathStep(step, None, "later"))
        elif on is not None:
            steps.append(PathStep(step, on, "done"))
        else:
            waiting = any(earlier.state == "now" for earlier in steps)
            steps.append(PathStep(step, None, "todo" if waiting else "now"))
    return steps


def weeks_after(*, new_end: date, old_end: date) -> list[date]:
    """Return the Mondays of the weeks that fall away when the end is moved earlier: study aid is counted in weeks."""
    monday = new_end + timedelta(days=7 - new_end.weekday())
    return [monday + timedelta(weeks=week) for week in range(((old_end - monday).days // 7) + 1)]
