"""Refusals take the same time. A few attempts here, on a busy machine; `make proof` takes 200 and holds them closer."""

import pytest

from tests.timing import apart, login_medians, reset_medians

pytestmark = pytest.mark.django_db
MOST_APART_ON_A_BUSY_MACHINE = 0.35
"""A password that is not hashed, or a name that is looked up here, lies far beyond this."""


def test_a_refused_login_takes_the_same_time_whoever_is_named() -> None:
    medians = login_medians(9)
    assert apart(medians) < MOST_APART_ON_A_BUSY_MACHINE, medians


def test_a_forgotten_password_takes_the_same_time_whoever_is_named() -> None:
    medians = reset_medians(25)
    assert apart(medians) < MOST_APART_ON_A_BUSY_MACHINE, medians
