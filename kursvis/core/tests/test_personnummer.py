"""Personal numbers, against every official test number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.core import personnummer
from kursvis.core.official_test_numbers import all_numbers, is_official


def test_every_official_test_number_is_right_and_a_changed_check_digit_is_found() -> None:
    assert len(all_numbers()) > 23_000
    wrong = [number for number in all_numbers() if personnummer.against(number)]
    changed = [number[:11] + str((int(number[11]) + 1) % 10) for number in all_numbers()]
    unseen = [number for number in changed if not personnummer.against(number)]
    assert (wrong, unseen) == ([], [])


def test_every_official_number_has_a_birth_date() -> None:
    assert all(1890 <= personnummer.birth_date(number).year <= 2026 for number in all_numbers())
    assert sum(personnummer.is_coordination_number(number) for number in all_numbers()) == 2240


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "core.personnummer_length"),
        ("900101-2385", "core.personnummer_length"),
        ("19900101238X", "core.personnummer_length"),
        ("199001o12385", "core.personnummer_length"),
        ("１９９００１０１２３８５", "core.personnummer_length"),
        ("199000012385", "core.personnummer_date"),
        ("199002302385", "core.personnummer_date"),
        ("009001012385", "core.personnummer_date"),
        ("199001929999", "core.personnummer_date"),
        ("19900101-2384", "core.personnummer_check_digit"),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str) -> None:
    assert [reason.code for reason in personnummer.against(personnummer.normalised(text))] == [code]


def test_numbers_as_people_write_them() -> None:
    assert personnummer.normalised(" 19900101-2385 ") == "199001012385"
    assert personnummer.shown("199001012385") == "19900101-2385"
    assert personnummer.birth_date("199001012385") == date(1990, 1, 1)
    assert is_official("199001012385") and not is_official("199001012384")


NUMBERS = st.sampled_from(sorted(all_numbers()))
TODAY = date(2026, 11, 23)


@given(NUMBERS)
def test_a_number_is_understood_as_it_is_shown(number: str) -> None:
    assert personnummer.normalised(personnummer.shown(number)) == number
    assert personnummer.normalised(f" {number[:8]} {number[8:]} ") == number


@given(NUMBERS, st.integers(2, 11), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number: str, place: int, step: int) -> None:
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert personnummer.against(wrong)


@given(NUMBERS.filter(lambda number: number[4:6] != "00"))
def test_ten_digits_find_their_century(number: str) -> None:
    age = TODAY.year - int(number[:4])
    sign = "+" if age >= 100 else "-"
    assert personnummer.normalised(f"{number[2:8]}{sign}{number[8:]}", today=TODAY) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("900101-2385", "199001012385"),
        ("261123-2380", "202611232380"),
        ("261124-2380", "192611242380"),
        ("261123+2380", "192611232380"),
        ("900101+2385", "189001012385"),
        ("19900101-2385", "199001012385"),
        ("900161-2385", "199001612385"),
        ("900101-238", "900101238"),
    ],
)
def test_the_short_form_depends_on_the_day(text: str, number: str) -> None:
    assert personnummer.normalised(text, today=TODAY) == number
