"""Application rounds of the help page's table, shifted so that the demo is in mid-season.

The table (autumn 2019) has last application day, basis to the school, an empty column for the call, and start; the
call is
start − 14 days. Periods follow each other without a gap: five rounds of five weeks.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kursvis.catalogue.rules.rounds import RoundDates, call_by
from kursvis.organisation.rules.settings import DEFAULTS, Setting

TABLE_2019 = (
    (date(2019, 5, 5), date(2019, 6, 3), date(2019, 7, 1)),
    (date(2019, 6, 9), date(2019, 7, 8), date(2019, 8, 5)),
    (date(2019, 7, 14), date(2019, 8, 12), date(2019, 9, 9)),
    (date(2019, 8, 18), date(2019, 9, 16), date(2019, 10, 14)),
    (date(2019, 9, 22), date(2019, 10, 21), date(2019, 11, 18)),
)
CATALOGUE_OPENS_2019 = date(2019, 4, 1)
OFFER_BY_2019 = date(2019, 3, 17)
CALL_DAYS = DEFAULTS[Setting.CALL_DAYS]
PERIOD_LENGTH = timedelta(weeks=25)
_THIRD_CLOSES_WITHIN = timedelta(days=9)


@dataclass(frozen=True)
class PeriodPlan:
    """One season with its rounds."""

    name: str
    opens_on: date
    offer_by: date
    rounds: tuple[RoundDates, ...]


def coming_season(today: date) -> PeriodPlan:
    """Return the season that follows the one in which today lies: nobody has entered an offer in it yet."""
    return _shifted(_shift(today) + PERIOD_LENGTH)


def seasons(today: date, *, past: int = 1) -> list[PeriodPlan]:
    """Return the past seasons and the one in which today lies: its third round closes for application within nine days.

    The shift is a whole number of weeks, so that weekdays stay as in the table.
    """
    shift = _shift(today)
    return [_shifted(shift - number * PERIOD_LENGTH) for number in range(past, -1, -1)]


def _shift(today: date) -> timedelta:
    third_closes = TABLE_2019[2][0]
    shift = timedelta(weeks=(today + timedelta(days=8) - third_closes).days // 7)
    if not timedelta(0) <= third_closes + shift - today <= _THIRD_CLOSES_WITHIN:
        raise ValueError(f"no whole number of weeks puts {today} in mid-season")
    return shift


def _shifted(shift: timedelta) -> PeriodPlan:
    rounds = tuple(
        RoundDates(apply_by + shift, basis_on + shift, call_by(starts_on + shift, days=CALL_DAYS), starts_on + shift)
        for apply_by, basis_on, starts_on in TABLE_2019
    )
    name = f"Kursstarter {rounds[0].starts_on:%Y-%m} – {rounds[-1].starts_on:%Y-%m}"
    return PeriodPlan(name, CATALOGUE_OPENS_2019 + shift, OFFER_BY_2019 + shift, rounds)
