from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.rules import round_changes as rules
from kursvis.catalogue.rules.round_changes import PeriodDates, RoundUse
from kursvis.catalogue.rules.rounds import RoundDates

ROUND = RoundDates(date(2027, 1, 10), date(2027, 2, 1), date(2027, 2, 15), date(2027, 3, 1))
PERIOD = PeriodDates(opens_on=date(2026, 12, 1), offer_by=date(2026, 11, 15))
FIELDS = ["apply_by", "basis_on", "call_by", "starts_on"]
UNUSED, USED = RoundUse(course_starts=0, applicants=0), RoundUse(course_starts=3, applicants=7)
DAY = timedelta(days=1)
DAYS = st.dates(min_value=date(2026, 11, 1), max_value=date(2027, 4, 1))


def round_codes(new: RoundDates, *, today: date, use: RoundUse = UNUSED) -> list[str]:
    reasons = rules.against_editing_round(ROUND, new, opens_on=PERIOD.opens_on, use=use, today=today)
    return [reason.code.removeprefix("catalogue.") for reason in reasons]


@pytest.mark.parametrize("field", ["apply_by", "basis_on", "call_by"])
def test_a_last_day_can_be_moved_on_the_day_itself_but_not_the_day_after(field: str) -> None:
    old: date = getattr(ROUND, field)
    later = replace(ROUND, **{field: old + 7 * DAY})
    assert round_codes(later, today=old) == []
    assert round_codes(later, today=old + DAY) == ["day_has_passed"]


def test_a_day_is_not_moved_to_one_that_has_been() -> None:
    assert round_codes(replace(ROUND, apply_by=date(2027, 1, 5)), today=date(2027, 1, 5)) == []
    assert round_codes(replace(ROUND, apply_by=date(2027, 1, 5)), today=date(2027, 1, 6)) == ["new_day_has_passed"]


def test_the_start_stands_when_it_is_used_and_after_the_last_application_day() -> None:
    later = replace(ROUND, starts_on=ROUND.starts_on + 7 * DAY)
    assert round_codes(later, today=ROUND.apply_by) == []
    assert round_codes(later, today=ROUND.apply_by + DAY) == ["start_stands_after_last_day"]
    assert round_codes(later, today=ROUND.apply_by, use=USED) == ["round_is_used"]
    assert round_codes(replace(ROUND, apply_by=ROUND.apply_by + DAY), today=ROUND.apply_by, use=USED) == []


MOVES = st.sampled_from([0, 0, 0, -40, -7, -1, 1, 7, 14])


@given(st.tuples(MOVES, MOVES, MOVES, MOVES), DAYS, st.sampled_from([UNUSED, USED]))
def test_what_is_allowed_never_moves_what_has_passed_and_stays_in_order(
    moves: tuple[int, int, int, int], today: date, use: RoundUse
) -> None:
    new = RoundDates(*(getattr(ROUND, field) + days * DAY for field, days in zip(FIELDS, moves, strict=True)))
    if round_codes(new, today=today, use=use):
        return
    for field in FIELDS:
        old_day, new_day = getattr(ROUND, field), getattr(new, field)
        assert old_day == new_day or min(old_day, new_day) >= today
    assert new.starts_on == ROUND.starts_on or (use is UNUSED and today <= ROUND.apply_by)
    assert PERIOD.opens_on <= new.apply_by < new.basis_on <= new.call_by < new.starts_on


@given(DAYS)
def test_saving_without_a_change_is_always_allowed(today: date) -> None:
    assert round_codes(ROUND, today=today, use=USED) == []
    assert rules.against_editing_period(PERIOD, PERIOD, last_days=[ROUND.apply_by], today=today) == []


def period_codes(new: PeriodDates, *, today: date) -> list[str]:
    reasons = rules.against_editing_period(PERIOD, new, last_days=[ROUND.apply_by], today=today)
    return [reason.code.removeprefix("catalogue.") for reason in reasons]


def test_the_opening_moves_until_it_opens_and_never_past_a_last_application_day() -> None:
    later = replace(PERIOD, opens_on=ROUND.apply_by)
    assert period_codes(later, today=PERIOD.opens_on - DAY) == []
    assert period_codes(later, today=PERIOD.opens_on) == ["day_has_passed"]
    too_late = replace(PERIOD, opens_on=ROUND.apply_by + DAY)
    assert period_codes(too_late, today=PERIOD.offer_by) == ["opens_after_last_day"]


def test_the_schools_last_day_moves_through_the_day_itself_and_not_past_the_opening() -> None:
    later = replace(PERIOD, offer_by=PERIOD.opens_on)
    assert period_codes(later, today=PERIOD.offer_by) == []
    assert period_codes(later, today=PERIOD.offer_by + DAY) == ["day_has_passed"]
    too_late = replace(PERIOD, offer_by=PERIOD.opens_on + DAY)
    assert period_codes(too_late, today=PERIOD.offer_by) == ["offer_after_opening"]


def test_only_what_nothing_stands_in_is_removed() -> None:
    assert rules.against_deleting_round(UNUSED) == [] == rules.against_deleting_period(0)
    (used,) = rules.against_deleting_round(USED)
    (with_rounds,) = rules.against_deleting_period(2)
    assert (used.code, used.values) == ("catalogue.round_has_starts", {"course_starts": 3})
    assert (with_rounds.code, with_rounds.values) == ("catalogue.period_has_rounds", {"rounds": 2})
