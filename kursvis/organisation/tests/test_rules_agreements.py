from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.organisation.rules import AgreementFacts, AgreementKind, against_offering, agreements
from kursvis.organisation.rules.agreements import AgreementState

TODAY = date(2026, 11, 23)
ORD, TMP = AgreementKind.ORDINARY, AgreementKind.TEMPORARY
days = st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=60))


@st.composite
def facts(draw: st.DrawFn) -> AgreementFacts:
    first = draw(days)
    last = draw(st.none() | st.integers(0, 40).map(lambda length: first + timedelta(days=length)))
    return AgreementFacts(draw(st.sampled_from(AgreementKind)) if last else ORD, first, last)


def covered(found: AgreementFacts) -> set[date]:
    """Return the days of a year around today on which an agreement counts."""
    around = (TODAY + timedelta(days=number) for number in range(-200, 200))
    return {day for day in around if found.starts_on <= day and (found.ends_on is None or day <= found.ends_on)}


def codes(reasons: list[agreements.Reason]) -> list[str]:
    return [reason.code.removeprefix("organisation.") for reason in reasons]


@given(facts(), st.lists(facts(), max_size=3))
def test_two_agreements_share_no_day(new: AgreementFacts, others: list[AgreementFacts]) -> None:
    shares = any(covered(new) & covered(other) for other in others)
    assert bool(agreements.against_overlap(new, others=others)) is shares


@given(facts(), facts())
def test_a_change_leaves_every_day_that_has_been_as_it_was(old: AgreementFacts, new: AgreementFacts) -> None:
    if agreements.against_change(old, new, today=TODAY) or old.starts_on > TODAY:
        return
    past = {day for day in covered(old) | covered(new) if day < TODAY}
    for day in past:
        assert against_offering([old], starts_on=day, ends_on=day) == against_offering(
            [new], starts_on=day, ends_on=day
        )


@given(facts(), days, st.lists(facts(), max_size=3))
def test_a_state_says_what_counts(found: AgreementFacts, day: date, others: list[AgreementFacts]) -> None:
    several = [found, *others]
    state = agreements.state_of(several, today=day)
    in_force = any(a.starts_on <= day and (a.ends_on is None or day <= a.ends_on) for a in several)
    assert (state is AgreementState.IN_FORCE) is in_force
    assert (state is AgreementState.ENDED) is all(a.ends_on is not None and a.ends_on < day for a in several)
    assert agreements.state_of([], today=day) is AgreementState.NONE


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ((ORD, date(2026, 1, 1), None), (ORD, date(2026, 1, 1), TODAY), []),
        ((ORD, date(2026, 1, 1), None), (ORD, date(2026, 1, 1), TODAY - timedelta(days=1)), ["last_day_has_been"]),
        ((ORD, date(2026, 1, 1), date(2026, 12, 31)), (ORD, date(2026, 1, 1), None), []),
        ((ORD, date(2026, 1, 1), date(2026, 11, 22)), (ORD, date(2026, 1, 1), None), ["agreement_is_over"]),
        ((ORD, date(2026, 1, 1), None), (TMP, date(2026, 1, 1), date(2026, 12, 31)), ["agreement_has_begun"]),
        ((ORD, TODAY, None), (ORD, date(2026, 12, 1), None), ["agreement_has_begun"]),
        ((ORD, date(2026, 11, 24), None), (TMP, date(2026, 11, 1), date(2026, 12, 1)), []),
        ((ORD, date(2026, 1, 1), date(2026, 2, 1)), (ORD, date(2026, 1, 1), date(2026, 2, 1)), []),
    ],
)
def test_what_may_be_changed(
    old: tuple[AgreementKind, date, date | None], new: tuple[AgreementKind, date, date | None], expected: list[str]
) -> None:
    assert codes(agreements.against_change(AgreementFacts(*old), AgreementFacts(*new), today=TODAY)) == expected


def test_only_what_has_not_begun_is_taken_away() -> None:
    assert agreements.against_removing(AgreementFacts(ORD, date(2026, 11, 24), None), today=TODAY) == []
    begun = agreements.against_removing(AgreementFacts(ORD, TODAY, None), today=TODAY)
    assert codes(begun) == ["agreement_has_begun"]
