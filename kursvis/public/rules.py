"""Feedback on accessibility (lag 2018:1937): answered within a stated time, and read by somebody."""

from datetime import date, timedelta

from kursvis.core.reasons import Reason

STATED_ON = date(2026, 11, 24)
"""When the statement was last looked through. Changed with its text."""
ANSWER_DAYS = 14
"""How many days the statement promises an answer within."""
MOST, WITHIN = 5, timedelta(hours=1)
"""How much feedback one sender may give in a time."""


def answer_by(day: date) -> date:
    """Return the last day to answer feedback that came on a day."""
    return day + timedelta(days=ANSWER_DAYS)


def against_handling(*, is_handled: bool) -> list[Reason]:
    """Return why feedback may not be marked as handled: somebody has."""
    return [Reason("public.handled_already")] if is_handled else []
