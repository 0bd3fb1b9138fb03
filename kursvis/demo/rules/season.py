"""Application rounds of the help page's table, shifted so that the demo is in mid-season.

The table (autumn 2019) has last application day, basis to the school, an empty column for the call, and start; the call is
start − 14 days. Periods follow each other without a gap: five rounds of five weeks.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kursvis.catalogue.rules.rounds import RoundDates, call_by

TABLE_2019 = (
    (date(2019, 5, 5), date(2019, 6, 3), date(2019, 7, 1)),
    (date(2019, 6, 9), date(2019, 7, 8), date(2019, 8, 5)),
    (date(2019, 7, 14), date(2019, 8, 12), date(2019, 9, 9)),
    (date(2019, 8, 18), date(2019, 9, 16), date(2019, 10, 14)),
    (date(2019, 9, 22), date(2019, 10, 21), date(2019, 11, 18)),
)
CATALOGUE_OPENS_2019 = date(2019, 4, 1)
OFFER_BY_2019 = date(2019, 3, 17)
PERIOD_LENGTH = timedelta(weeks=25)
_THIRD_CLOSES_WITHIN = timedelta(days=9)


@dataclass(frozen=True)
class PeriodPlan:
    """One season with its rounds."""

    name: str
    opens_on: date
    offer_by: date
    rounds: tuple[RoundDates, ...]


def _shifted(shift: timedelta, name: str) -> PeriodPlan:
    rounds = tuple(
        RoundDates(apply_by + shift, basis_on + shift, call_by(starts_on + shift), starts_on + shift)
        for apply_by, basis_on, starts_on in TABLE_2019
    )
    return PeriodPlan(name, CATALOGUE_OPENS_2019 + shift, OFFER_BY_2019 + shift, rounds)


def seasons(today: date) -> tuple[PeriodPlan, PeriodPlan]:
    """Return the past season and the one in which today lies: its third round closes for application within nine days.

    The shift is a whole number of weeks, so that weekdays stay as in the table.
    """
    third_closes = TABLE_2019[2][0]
    weeks = -((third_closes - (today + timedelta(days=2))).days // 7)
    shift = timedelta(weeks=weeks)
    if not timedelta(0) <= third_closes + shift - today <= _THIRD_CLOSES_WITHIN:
        raise ValueError(f"no whole number of weeks puts {today} in mid-season")
    now_ = _shifted(shift, "")
    past = _shifted(shift - PERIOD_LENGTH, "")
    return _named(past), _named(now_)


def _named(plan: PeriodPlan) -> PeriodPlan:
    first = plan.rounds[0].starts_on
    last = plan.rounds[-1].starts_on
    return PeriodPlan(f"Kursstarter {first:%Y-%m} – {last:%Y-%m}", plan.opens_on, plan.offer_by, plan.rounds)
