"""Moving the demo's date."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from kursvis.core import time
from kursvis.core.jobs import run_day
from kursvis.core.models import ClockOffset
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.demo.rules.clock import against_going_to


@transaction.atomic
def go_to_day(*, day: date) -> int:
    """Move the demo's date forward to a day, doing each passed day's timed work; return the number of days.

    Raises `Refused` for a day that is not ahead, and in production.
    """
    if not settings.DEMO:
        raise Refused(Reason("demo.not_in_production"))
    ClockOffset.objects.get_or_create(id=1)
    offset = ClockOffset.objects.select_for_update().get(id=1)
    today = time.swedish_date(time.days_after(time.real_now(), offset.days))
    refuse_if(against_going_to(day, today=today))
    days = (day - today).days
    for passed in range(1, days + 1):
        offset.days += 1
        offset.save(update_fields=["days"])
        with time.one_reading():
            run_day(today + timedelta(days=passed))
    return days
