"""What would happen to a row of a file, and what of an import may be taken back."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from kursvis.catalogue.rules.offer import CourseStartFacts
from kursvis.core.reasons import Reason


class Verdict(StrEnum):
    """What a row of a file does to the offer."""

    WAITING = "waiting"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


GOES = frozenset({Verdict.NEW, Verdict.CHANGED})
DAYS_KEPT = 90
"""How long a file and its rows are kept: long enough to ask what an import did in the season that it was for."""


def against_round(starts_on: date, *, others: list[date]) -> list[Reason]:
    """Return why no course can start on a day: no round does. The nearest that does is named."""
    if not others:
        return [Reason("catalogue.row_without_any_round", {"day": starts_on})]
    nearest = min(others, key=lambda day: (abs((day - starts_on).days), day))
    return [Reason("catalogue.row_without_round", {"day": starts_on, "nearest": nearest})]


def against_apply_by(said: date | None, *, apply_by: date) -> list[Reason]:
    """Return why a row does not fit its round: the file says another last application day than the municipality."""
    if said is None or said == apply_by:
        return []
    return [Reason("catalogue.row_applies_otherwise", {"said": said, "day": apply_by})]


def against_starting(starts_on: date, *, today: date) -> list[Reason]:
    """Return why a row comes too late: the course has begun."""
    return [] if starts_on > today else [Reason("catalogue.has_started", {"day": starts_on})]


def against_importing_over(facts: CourseStartFacts) -> list[Reason]:
    """Return why an import changes nothing of a course start: somebody has applied for it, as it is."""
    applicants = max(facts.applicants, facts.seats_taken)
    return [Reason("catalogue.row_has_applicants", {"applicants": applicants})] if applicants else []


def against_taking_back(
    facts: CourseStartFacts, *, stands: Mapping[str, Any], became: Mapping[str, Any], name: str
) -> list[Reason]:
    """Return why what an import made of a course start stays: applicants, or somebody has worked on with it."""
    if facts.applicants or facts.seats_taken:
        applicants = max(facts.applicants, facts.seats_taken)
        return [Reason("catalogue.import_has_applicants_since", {"name": name, "applicants": applicants})]
    return [] if stands == became else [Reason("catalogue.import_changed_since", {"name": name})]
