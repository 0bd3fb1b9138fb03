import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.core.personnummer import check_digit
from kursvis.organisation.rules import units

PLACES = st.integers(0, 9)


def codes(reasons: list[units.Reason]) -> list[str]:
    return [reason.code.removeprefix("organisation.") for reason in reasons]


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("559900-0014", "559900-0014"),
        (" 5599000014 ", "559900-0014"),
        ("16559900-0014", "559900-0014"),
        ("559900 0014", "559900-0014"),
        ("55990", "55990"),
    ],
)
def test_an_organisation_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert units.as_organisation_number(typed) == kept


@pytest.mark.parametrize(
    "number, expected",
    [
        ("559900-0014", []),
        ("559900-0015", ["organisation_number_check_digit"]),
        ("559900-001", ["organisation_number_form"]),
        ("A59900-0014", ["organisation_number_form"]),
        ("", ["organisation_number_form"]),
    ],
)
def test_the_last_digit_checks_the_others(number: str, expected: list[str]) -> None:
    assert codes(units.against_organisation_number(number)) == expected


@given(st.lists(PLACES, min_size=9, max_size=9), st.integers(0, 8), PLACES)
def test_every_single_slip_of_the_hand_is_seen(digits: list[int], place: int, slip: int) -> None:
    nine = "".join(map(str, digits))
    right = nine + check_digit(nine)
    assert units.against_organisation_number(units.as_organisation_number(right)) == []
    wrong = right[:place] + str(slip) + right[place + 1 :]
    seen = codes(units.against_organisation_number(units.as_organisation_number(wrong)))
    assert seen == ([] if wrong == right else ["organisation_number_check_digit"])


@pytest.mark.parametrize("prefix", ["", "b", "björk", "Bjo", "bj1", "bjorken", "bj o"])
def test_a_prefix_has_two_to_six_letters(prefix: str) -> None:
    assert codes(units.against_prefix(prefix)) == ["prefix_form"]
    assert units.against_prefix("bjo") == units.against_prefix("bj") == units.against_prefix("bjorks") == []


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said = units.against_school(name=" ", unit_code="0", prefix="x", postal_code=units.as_postal_code("9990"))
    assert codes(said) == ["name_missing", "unit_code_form", "prefix_form", "postal_code_form"]
    right = units.against_school(
        name="Björkskolan", unit_code="99999901", prefix="bjo", postal_code=units.as_postal_code("99010")
    )
    assert right == []
