"""Sending in and publishing many course starts in a run: what a run may hold, and when its steps can be taken back."""

from kursvis.catalogue.rules.offer import CourseStartFacts, CourseStartStatus
from kursvis.core.reasons import Reason

_TAKEN_BACK_FROM = frozenset({CourseStartStatus.SUBMITTED, CourseStartStatus.PUBLISHED})


def against_run(*, owners: int) -> list[Reason]:
    """Return why a run cannot be made of rows that so many own: schools that send in, municipalities that publish."""
    if owners == 1:
        return []
    return [Reason("catalogue.one_owner_a_run") if owners else Reason("catalogue.none_chosen")]


def against_taking_back(facts: CourseStartFacts, *, is_last: bool) -> list[Reason]:
    """Return why a run's step is not taken back: somebody has gone on with the course start, or has applied."""
    if facts.status not in _TAKEN_BACK_FROM or not is_last:
        return [Reason("catalogue.has_gone_on")]
    if facts.status is CourseStartStatus.PUBLISHED and (facts.applicants or facts.seats_taken):
        return [Reason("catalogue.applied_since", {"applicants": max(facts.applicants, facts.seats_taken)})]
    return []
