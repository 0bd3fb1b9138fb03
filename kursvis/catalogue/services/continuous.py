"""Continuous admission: a course starts on a day that its school chooses, and a round is made for the day (R14)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.queries.rounds import round_on
from kursvis.catalogue.rules import rounds as rules
from kursvis.catalogue.rules.rounds import PeriodKind
from kursvis.catalogue.services import offer
from kursvis.catalogue.services.rounds import write_round
from kursvis.core.reasons import Reason, Refused
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority, School
from kursvis.organisation.queries.settings import settings_of
from kursvis.organisation.rules.settings import Setting


@transaction.atomic
def round_starting(*, authority: Authority, starts_on: date, by: Actor, now: datetime) -> Round:
    """Return the round of an authority that starts on a day, for a course start that is entered for that day.

    Where there is none, a period with continuous admission that has room for the day gets one; of two schools that
    ask at once, both get the same. Raises `Refused` when no round starts that day and no period has room for it.
    """
    reasons: list[Reason] = []
    periods = Period.objects.filter(authority=authority, kind=PeriodKind.CONTINUOUS.value)
    locked = list(periods.select_for_update().order_by("pk"))
    if found := round_on(authority, starts_on):
        return found
    for period in locked:
        decided = period.continuous
        assert decided is not None
        against = rules.against_start(starts_on, decided, opens_on=period.opens_on, today=swedish_date(now))
        if not against:
            call_days = settings_of(authority.pk, on=starts_on)[Setting.CALL_DAYS]
            return write_round(period, rules.dates_before(starts_on, decided, call_days=call_days), by=by, now=now)
        reasons = against
    raise Refused(*(reasons or [Reason("catalogue.no_round_starts", {"day": starts_on})]))


@transaction.atomic
def create_course_start(*, school: School, starts_on: date, by: Actor, now: datetime, **given: Any) -> CourseStart:
    """Enter a draft that starts on a day that the school chooses. The round and the draft are made, or neither.

    Raises `Refused` as `round_starting` does, and as entering a draft in a round does.
    """
    round_ = round_starting(authority=school.authority, starts_on=starts_on, by=by, now=now)
    return offer.create_course_start(school=school, round=round_, by=by, now=now, **given)


@transaction.atomic
def edit_course_start(*, course_start: CourseStart, starts_on: date, by: Actor, now: datetime, **given: Any) -> None:
    """Change a draft and let it start on a day that the school chooses. Raises `Refused` as creating does."""
    round_ = round_starting(authority=course_start.authority, starts_on=starts_on, by=by, now=now)
    offer.edit_course_start(course_start=course_start, round=round_, by=by, now=now, **given)
