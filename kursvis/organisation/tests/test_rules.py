from datetime import date

import pytest

from kursvis.organisation.rules import AgreementFacts, AgreementKind, against_offering

K = AgreementKind
SPRING = date(2026, 1, 1)


def codes(agreements: list[AgreementFacts], starts_on: date, ends_on: date) -> list[str]:
    return [reason.code for reason in against_offering(agreements, starts_on=starts_on, ends_on=ends_on)]


@pytest.mark.parametrize(
    "kind, agreed_until, starts_on, ends_on, expected",
    [
        (K.ORDINARY, None, date(2026, 10, 1), date(2027, 6, 1), []),
        (K.ORDINARY, date(2026, 10, 1), date(2026, 10, 1), date(2027, 6, 1), []),  # R09: who has started is finished
        (K.ORDINARY, date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 1), ["organisation.no_agreement"]),
        (K.ORDINARY, None, date(2025, 12, 31), date(2026, 2, 1), ["organisation.no_agreement"]),
        (K.TEMPORARY, date(2027, 6, 30), date(2026, 10, 1), date(2026, 12, 31), []),  # R12: ends within the year
        (K.TEMPORARY, date(2027, 6, 30), date(2026, 10, 1), date(2027, 1, 1), ["organisation.temporary_agreement"]),
        (K.TEMPORARY, date(2026, 11, 30), date(2026, 10, 1), date(2026, 11, 30), []),
        (K.TEMPORARY, date(2026, 11, 30), date(2026, 10, 1), date(2026, 12, 1), ["organisation.temporary_agreement"]),
    ],
)
def test_agreements_decide_what_may_be_offered(
    kind: AgreementKind, agreed_until: date | None, starts_on: date, ends_on: date, expected: list[str]
) -> None:
    assert codes([AgreementFacts(kind, SPRING, agreed_until)], starts_on, ends_on) == expected


def test_a_school_without_agreements_offers_nothing() -> None:
    assert codes([], date(2026, 10, 1), date(2026, 12, 1)) == ["organisation.no_agreement"]


def test_an_ordinary_agreement_lifts_the_limit_of_a_temporary_one() -> None:
    both = [AgreementFacts(K.TEMPORARY, SPRING, date(2026, 12, 31)), AgreementFacts(K.ORDINARY, SPRING, None)]
    assert codes(both, date(2026, 10, 1), date(2027, 6, 1)) == []
