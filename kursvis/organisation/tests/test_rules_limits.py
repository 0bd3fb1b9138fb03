"""What an agreement allows: levels, industries, and the days of a temporary one (R11, R12)."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kursvis.organisation.rules import AgreementFacts, AgreementKind, against_offering, agreements
from kursvis.organisation.rules.levels import Level

ORDINARY, TEMPORARY = AgreementKind.ORDINARY, AgreementKind.TEMPORARY
LONG_AGO = date(2020, 1, 1)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
NEAR_NEW_YEAR = st.builds(
    lambda year, days: date(year, 12, 31) + timedelta(days=days), st.integers(2026, 2028), st.integers(-3, 3)
)
LENGTHS = st.integers(0, 500).map(lambda days: timedelta(days=days))


@settings(max_examples=3000)
@given(st.one_of(DAYS, NEAR_NEW_YEAR), st.one_of(DAYS, NEAR_NEW_YEAR), LENGTHS, st.booleans())
def test_a_temporary_agreement_allows_what_ends_within_the_year_of_its_start_and_within_the_agreement(
    starts_on: date, last: date, length: timedelta, ends_near_new_year: bool
) -> None:
    ends_on = date(starts_on.year, 12, 31) + (length % timedelta(days=3)) if ends_near_new_year else starts_on + length
    agreement = AgreementFacts(TEMPORARY, LONG_AGO, last)
    found = against_offering([agreement], starts_on=starts_on, ends_on=ends_on)
    if starts_on > last:
        assert [reason.code for reason in found] == ["organisation.no_agreement"]
        return
    allowed = ends_on.year == starts_on.year and ends_on <= last
    assert (found == []) is allowed
    if not allowed:
        (reason,) = found
        day = reason.values["day"]
        assert against_offering([agreement], starts_on=starts_on, ends_on=day) == []
        later = day + timedelta(days=1)
        assert against_offering([agreement], starts_on=starts_on, ends_on=later) != [], "the reason names the last day"


LIMITS = st.lists(st.sampled_from(list(Level)), unique=True).map(tuple)
CODES = st.lists(st.sampled_from(["VARD", "BYGG", "IT"]), unique=True).map(tuple)


@given(LIMITS, CODES, st.sampled_from(list(Level)), st.sampled_from(["", "VARD", "BYGG", "IT"]))
def test_level_and_industry_are_allowed_when_the_agreement_names_them_or_none(
    levels: tuple[str, ...], industries: tuple[str, ...], level: str, industry: str
) -> None:
    agreement = AgreementFacts(ORDINARY, LONG_AGO, None, levels=levels, industries=industries)
    dates = {"starts_on": date(2027, 1, 11), "ends_on": date(2027, 3, 19)}
    codes = {reason.code for reason in against_offering([agreement], **dates, level=level, industry=industry)}
    assert ("organisation.level_not_agreed" in codes) is bool(levels and level not in levels)
    assert ("organisation.industry_missing" in codes) is bool(industries and not industry)
    assert ("organisation.industry_not_agreed" in codes) is bool(industries and industry and industry not in industries)
    assert against_offering([agreement], **dates) == [], "neither is asked where it is not given"


def test_limits_that_nobody_knows_are_refused() -> None:
    facts = AgreementFacts(ORDINARY, LONG_AGO, None, levels=("gymnasial", "universitet"), industries=("VARD", "RYMD"))
    reasons = agreements.against_limits(facts, known_industries={"VARD"})
    assert [dict(reason.values) for reason in reasons] == [{"level": "universitet"}, {"code": "RYMD"}]


def test_an_agreement_that_has_begun_may_get_other_limits_and_one_that_is_over_may_not() -> None:
    today = date(2026, 11, 23)
    for last, expected in ((today, []), (today - timedelta(days=1), ["organisation.agreement_is_over"])):
        old, new = AgreementFacts(ORDINARY, LONG_AGO, last), AgreementFacts(ORDINARY, LONG_AGO, last, levels=("sfi",))
        assert [reason.code for reason in agreements.against_change(old, new, today=today)] == expected
