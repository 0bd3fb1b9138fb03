"""What a course start's card in the open catalogue says."""

from datetime import date
from typing import Any

from kursvis.core.reasons import Reason


def card(course_start: Any, against: list[Reason], *, today: date) -> dict[str, Any]:
    """Return what a card shows: the course start, why nobody may apply, and how many days are left."""
    facts = course_start.facts()
    return {
        "course_start": course_start,
        "against": against,
        "days_left": (facts.apply_by - today).days,
        "opens_later": today < facts.opens_on,
    }
