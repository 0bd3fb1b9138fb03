"""User names by the help page's rule (R02)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.accounts.rules import user_name


@pytest.mark.parametrize(
    ("first_name", "last_name", "expected"),
    [
        ("Amina", "Lindqvist", "bjoamlin"),
        ("Åsa", "Öst", "bjoasost"),
        ("André", "Éric", "bjoaneri"),
        ("Bo", "Ek", "bjoboek"),
        ("Anna-Karin", "af Ström", "bjoanafs"),
        ("J.", "O'Hara", "bjojoha"),
        ("Søren", "Łukasz", "bjosoluk"),
        ("美", "山", "bjo"),
    ],
)
def test_the_rule_on_names_as_people_have_them(first_name: str, last_name: str, expected: str) -> None:
    assert user_name(prefix="BJO", first_name=first_name, last_name=last_name) == expected


@given(st.text(max_size=30), st.text(max_size=30), st.sets(st.integers(min_value=2, max_value=9)))
def test_a_user_name_is_free_short_and_typable(first_name: str, last_name: str, numbers: set[int]) -> None:
    base = user_name(prefix="bjo", first_name=first_name, last_name=last_name)
    taken = frozenset({base} | {f"{base}{number}" for number in numbers})
    found = user_name(prefix="bjo", first_name=first_name, last_name=last_name, taken=taken)
    assert base.startswith("bjo") and len(base) <= 8
    assert base.isascii() and base.isalpha()
    assert found not in taken and found.startswith(base)
