from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.rules import rounds
from kursvis.catalogue.rules.rounds import RoundDates
from kursvis.organisation.rules.settings import DEFAULTS, Setting

# The help page's own table, autumn 2019. Its column "Kallelse eleven" is empty.
HELP_PAGE = [
    # last application day, basis to the schools, call (two weeks before), start
    (date(2019, 5, 5), date(2019, 6, 3), date(2019, 6, 17), date(2019, 7, 1)),
    (date(2019, 6, 9), date(2019, 7, 8), date(2019, 7, 22), date(2019, 8, 5)),
    (date(2019, 7, 14), date(2019, 8, 12), date(2019, 8, 26), date(2019, 9, 9)),
    (date(2019, 8, 18), date(2019, 9, 16), date(2019, 9, 30), date(2019, 10, 14)),
    (date(2019, 9, 22), date(2019, 10, 21), date(2019, 11, 4), date(2019, 11, 18)),
]


@pytest.mark.parametrize("apply_by, basis_on, call_by, starts_on", HELP_PAGE)
def test_the_help_pages_table_keeps_the_rules(apply_by: date, basis_on: date, call_by: date, starts_on: date) -> None:
    assert rounds.call_by(starts_on, days=DEFAULTS[Setting.CALL_DAYS]) == call_by
    assert rounds.against_dates(RoundDates(apply_by, basis_on, call_by, starts_on)) == []
    assert rounds.against_opening(opens_on=date(2019, 4, 1), apply_by=apply_by) == []
    assert apply_by.isoweekday() == 7, "the page says Sön"
    assert starts_on.isoweekday() == 1


def test_the_help_pages_offer_is_entered_before_the_catalogue_opens() -> None:
    assert rounds.against_period(opens_on=date(2019, 4, 1), offer_by=date(2019, 3, 17)) == []
    (reason,) = rounds.against_period(opens_on=date(2019, 4, 1), offer_by=date(2019, 4, 2))
    assert reason.code == "catalogue.offer_after_opening"


def test_nobody_applies_before_the_catalogue_opens() -> None:
    (reason,) = rounds.against_opening(opens_on=date(2019, 4, 1), apply_by=date(2019, 3, 31))
    assert reason.code == "catalogue.round_before_opening"


@given(st.lists(st.dates(min_value=date(2019, 1, 1), max_value=date(2019, 2, 1)), min_size=4, max_size=4))
def test_only_dates_in_order_are_a_round(days: list[date]) -> None:
    apply_by, basis_on, call_by, starts_on = days
    in_order = apply_by < basis_on <= call_by < starts_on
    assert (rounds.against_dates(RoundDates(*days)) == []) == in_order


@pytest.mark.parametrize(
    "today, stage",
    [
        (date(2019, 3, 31), "coming"),
        (date(2019, 4, 1), "open"),
        (date(2019, 5, 5), "open"),
        (date(2019, 5, 6), "deciding"),
        (date(2019, 6, 3), "calling"),
        (date(2019, 6, 17), "calling"),
        (date(2019, 6, 18), "called"),
        (date(2019, 7, 1), "begun"),
    ],
)
def test_where_a_round_stands_follows_from_its_dates(today: date, stage: str) -> None:
    dates = RoundDates(date(2019, 5, 5), date(2019, 6, 3), date(2019, 6, 17), date(2019, 7, 1))
    assert rounds.stage_of(dates, opens_on=date(2019, 4, 1), today=today) == stage
