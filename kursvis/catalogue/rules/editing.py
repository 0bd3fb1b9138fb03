"""Which field of a course start may be changed in which state, and which changes applicants are told of (R15, R16)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from kursvis.catalogue.rules.offer import CourseStartFacts, CourseStartStatus
from kursvis.core.reasons import Reason


class EditedField(StrEnum):
    """What a school enters about a course start. The start follows from the round."""

    COURSE = "course"
    ROUND = "round"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    POINTS = "points"
    SEATS = "seats"
    STUDY_FORM = "study_form"
    PLACE = "place"
    DESCRIPTION = "description"
    WEEKLY_PATTERN = "weekly_pattern"
    SCHEDULE_NOTE = "schedule_note"
    INDUSTRY = "industry"
    REFERENCE = "reference"
    LATE_REASON = "late_reason"


F, S = EditedField, CourseStartStatus
_FIXED_WHILE_SHOWN = frozenset({F.COURSE, F.ROUND, F.STARTS_ON, F.POINTS, F.STUDY_FORM, F.LATE_REASON})
"""What an application was made for, and what the municipality approved."""
_WHILE_SHOWN = frozenset(EditedField) - _FIXED_WHILE_SHOWN
CHANGEABLE: Mapping[CourseStartStatus, frozenset[EditedField]] = {
    S.DRAFT: frozenset(EditedField),
    S.SUBMITTED: frozenset(),
    S.PUBLISHED: _WHILE_SHOWN,
    S.HIDDEN: _WHILE_SHOWN,
    S.CANCELLED: frozenset(),
}
TOLD = (F.STARTS_ON, F.ENDS_ON, F.PLACE, F.WEEKLY_PATTERN, F.SCHEDULE_NOTE)
"""When and where: applicants are told when it changes, in this order."""
SHOWN = frozenset({S.PUBLISHED, S.HIDDEN})
"""Applicants are told at once; of what is changed in a draft that they have applied to, when it is published again."""


def against_editing(facts: CourseStartFacts) -> list[Reason]:
    """Return why nothing of the offer may be changed now: it waits at the municipality, or is cancelled."""
    if CHANGEABLE[facts.status]:
        return []
    if facts.status is S.CANCELLED:
        return [Reason("catalogue.cancelled")]
    return [Reason("catalogue.waits_at_municipality")]


def against_changing(facts: CourseStartFacts, changed: Collection[EditedField], *, today: date) -> list[Reason]:
    """Return every reason why these fields may not be changed now; none when nothing is changed."""
    if changed and not CHANGEABLE[facts.status]:
        return against_editing(facts)
    reasons = [_stays(field) for field in EditedField if field in changed and field not in CHANGEABLE[facts.status]]
    if facts.status is S.DRAFT and {F.COURSE, F.ROUND} & set(changed):
        reasons += against_another_course_or_round(facts)
    if facts.status in SHOWN and F.ENDS_ON in changed and facts.ends_on < today:
        reasons.append(Reason("catalogue.has_ended", {"day": facts.ends_on}))
    return reasons


def _stays(field: EditedField) -> Reason:
    return Reason("catalogue.stays_while_shown", {"field": ("course_start_field", field)})


def against_another_course_or_round(facts: CourseStartFacts) -> list[Reason]:
    """Return why course and round must stay: applicants, who are kept when an offer is taken back, applied for them."""
    if facts.applicants or facts.seats_taken:
        return [Reason("catalogue.has_applicants", {"applicants": max(facts.applicants, facts.seats_taken)})]
    return []


def said_before(old: Mapping[str, Any], new: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the values that a shown offer's new ones are held against: what is wrong with these is not asked again.

    It is what stands, so that a place can be corrected when the agreement has changed. A longer course is asked about
    its end, and another industry about itself, as if they were new (R12).
    """
    stands = dict(old)
    if new["ends_on"] > old["ends_on"]:
        stands["ends_on"] = old["starts_on"] + timedelta(days=1)
    if new.get("industry") != old.get("industry"):
        stands["industry"] = None
    return stands


def told(facts: CourseStartFacts, changed: Collection[EditedField]) -> list[EditedField]:
    """Return which of the changes somebody who has applied is to be told of; none when nobody has."""
    if not (facts.applicants or facts.seats_taken):
        return []
    return [field for field in TOLD if field in changed]


Values = Mapping[str, tuple[str, str]]


def merged(changes: Iterable[Values]) -> dict[str, tuple[str, str]]:
    """Return several changes, first one first, as one: what it was before the first, what it is after the last.

    What was changed back is left out.
    """
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for change in changes:
        for field, (old, new) in change.items():
            first.setdefault(field, old)
            last[field] = new
    return {field: (first[field], last[field]) for field in map(str, TOLD) if first.get(field) != last.get(field)}
