"""The demo's date: it can be moved forward, never back."""

from datetime import date

from kursvis.core.reasons import Reason

LONGEST_LEAP_DAYS = 400


def against_going_to(day: date, *, today: date) -> list[Reason]:
    """Return every reason why the demo's date may not be moved to a day."""
    if day <= today:
        return [Reason("demo.only_forward", {"day": today})]
    if (day - today).days > LONGEST_LEAP_DAYS:
        return [Reason("demo.too_far", {"days": LONGEST_LEAP_DAYS})]
    return []
