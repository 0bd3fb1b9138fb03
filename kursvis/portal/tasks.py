"""The worker's part of what spans the processes."""

from datetime import date

from kursvis.core import time
from kursvis.core.jobs import each_day
from kursvis.portal.services import reminders


@each_day("portal.remind")
def remind(day: date) -> None:
    """Remind the staff of what waits for a day that is near."""
    reminders.remind(today=day, now=time.now())
