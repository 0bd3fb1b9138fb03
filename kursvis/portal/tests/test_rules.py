"""How urgent something is."""

from datetime import date, timedelta

import pytest

from kursvis.portal.rules import Tone, Urgency, urgency

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "tone"),
    [(-10, Tone.BAD), (-1, Tone.BAD), (0, Tone.BAD), (1, Tone.BAD), (2, Tone.WARN), (7, Tone.WARN), (8, Tone.NEUTRAL)],
)
def test_late_and_close_days_stand_out(days: int, tone: Tone) -> None:
    assert urgency(TODAY + timedelta(days=days), today=TODAY) == Urgency(tone, days)


def test_what_is_due_on_no_day_waits() -> None:
    assert urgency(None, today=TODAY) == Urgency(Tone.NEUTRAL, None)
