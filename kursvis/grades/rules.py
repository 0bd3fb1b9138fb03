"""Grades and their catalogues: seven steps, each with who and when (design section 5; help page R49–R55)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.core.transitions import may_move


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


@dataclass(frozen=True)
class GradeFacts:
    """What the rules need to know about an enrolment and its grade, set or not."""

    status: GradeStatus | None
    value: str
    scale_values: tuple[str, ...]
    starts_on: date
    ends_on: date
    enrolment_ended: bool
    teacher_user_ids: frozenset[int]
    student_user_id: int
    in_valid_catalogue: bool


def _own_grade(facts: GradeFacts, actor_user_id: int | None) -> list[Reason]:
    return [Reason("core.own_case")] if actor_user_id == facts.student_user_id else []


def _not_teacher(facts: GradeFacts, actor_user_id: int | None) -> list[Reason]:
    return [] if actor_user_id in facts.teacher_user_ids else [Reason("grades.only_the_groups_teacher_decides")]


def against_setting(facts: GradeFacts, *, value: str, today: date, actor_user_id: int | None) -> list[Reason]:
    """Return every reason against writing a grade: only the group's teacher decides (3 kap. 16 § skollagen), on the
    course's own scale, once the student has started."""
    reasons = _not_teacher(facts, actor_user_id) + _own_grade(facts, actor_user_id)
    if facts.status not in (None, G.SET):
        reasons.append(Reason("grades.already_locked"))
    if facts.status is None and facts.enrolment_ended:
        reasons.append(Reason("grades.enrolment_ended"))
    if today < facts.starts_on:
        reasons.append(Reason("grades.not_started", {"day": facts.starts_on}))
    if not facts.scale_values:
        reasons.append(Reason("grades.no_scale"))
    elif value and value not in facts.scale_values:
        reasons.append(Reason("grades.not_on_scale", {"value": value, "scale": " ".join(facts.scale_values)}))
    return reasons


def against_locking(facts: GradeFacts, *, today: date, moves_end: bool, actor_user_id: int | None) -> list[Reason]:
    """Return every reason against locking: the grade date is the end date, which must have come, unless the end is moved
    to today in the same step (R51)."""
    reasons = _not_teacher(facts, actor_user_id) + _own_grade(facts, actor_user_id)
    if facts.status is None:
        reasons.append(Reason("grades.not_set"))
    elif not may_move(TRANSITIONS, facts.status, G.LOCKED):
        reasons.append(Reason("grades.already_locked"))
    if facts.enrolment_ended:
        reasons.append(Reason("grades.enrolment_ended"))
    if today < facts.ends_on and not moves_end:
        reasons.append(Reason("grades.end_has_not_come", {"day": facts.ends_on}))
    if today <= facts.starts_on and moves_end:
        reasons.append(Reason("grades.not_started", {"day": facts.starts_on}))
    return reasons


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
    """Return every reason why the decider has no catalogue to create. Name and title are printed (SKOLFS 2012:8 7–8 §§)."""
    reasons = []
    if not locked_and_free:
        code = "grades.locks_first" if unlocked else "grades.nothing_to_print"
        reasons.append(Reason(code, {"number": unlocked}))
    if not title.strip():
        reasons.append(Reason("grades.title_missing"))
    if actor_user_id in student_user_ids:
        reasons.append(Reason("core.own_case"))
    return reasons


def against_moving_catalogue(facts: CatalogueFacts, new: CatalogueStatus, *, actor_user_id: int | None) -> list[Reason]:
    """Return every reason why a catalogue may not be marked sent, received, approved or returned now."""
    reasons = []
    if not may_move(CATALOGUE_TRANSITIONS, facts.status, new):
        reasons.append(Reason("grades.catalogue_wrong_state", {"state": ("grade_catalogue", facts.status)}))
    if new in (K.RECEIVED, K.APPROVED, K.RETURNED) and actor_user_id in facts.student_user_ids:
        reasons.append(Reason("core.own_case"))
    return reasons
