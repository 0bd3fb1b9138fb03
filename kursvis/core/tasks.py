"""The worker's part of what every process shares."""

from datetime import date

from kursvis.core import rate_limits
from kursvis.core.jobs import each_day


@each_day("core.forget_rate_limits")
def forget_rate_limits(day: date) -> None:
    """Remove the counted tries whose period has run out. They follow real time, whatever day the demo is on."""
    rate_limits.forget_old()
