"""Group names of orientation courses describe themselves (help page R18)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.rules.orientation import LONGEST_NAME, PURPOSES, is_orientation, purpose_of, suggested_group_name

AUGUST = date(2026, 8, 17)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("KGYORI11A", "Orientering studie- och yrkesval, v. 34 Björkskolan"),
        ("KGYORI11B", "Orientering studieteknik, v. 34 Björkskolan"),
        ("KGYORI11F", "Orientering yrkessvenska, v. 34 Björkskolan"),
        ("GRNORI21G", "Orientering digital kompetens, v. 34 Björkskolan"),
        ("KGYORI19Z", "Orientering, v. 34 Björkskolan"),
    ],
)
def test_it_says_purpose_week_and_school(code: str, name: str) -> None:
    assert suggested_group_name(code, starts_on=AUGUST, school="Björkskolan", taken=frozenset()) == name


@given(
    st.sampled_from([f"KGYORI11{letter}" for letter in PURPOSES]),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.text("abcåäö ", min_size=1, max_size=150),
    st.integers(1, 15),
)
def test_it_is_always_free_and_fits(code: str, day: date, school: str, number: int) -> None:
    taken: set[str] = set()
    for _ in range(number):
        name = suggested_group_name(code, starts_on=day, school=school, taken=frozenset(taken))
        assert name not in taken and len(name) <= LONGEST_NAME and purpose_of(code) in name
        taken.add(name)
    assert is_orientation(code)
