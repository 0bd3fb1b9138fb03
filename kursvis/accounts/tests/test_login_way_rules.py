"""The rules of ways in, and of what a directory answers: pure, on any day and with any ways."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.accounts.login.directory import rules
from kursvis.accounts.login.directory.rules import ANSWERED_WITHIN, LOGIN_LEEWAY, Asked, NamedBy, NamedFacts
from kursvis.accounts.rules.login_ways import (
    EVERY,
    LoginWay,
    Means,
    against_entering,
    against_ways,
    from_now_on,
    open_to,
    ways_on,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
WAYS = st.frozensets(st.sampled_from(LoginWay))
SOME = st.frozensets(st.sampled_from(LoginWay), min_size=1)
MEANS = st.builds(Means, st.booleans(), st.booleans(), st.booleans())
DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
ROWS = st.lists(st.tuples(DAYS, SOME), unique_by=lambda row: row[0], max_size=5)


@given(ROWS, DAYS)
def test_the_latest_decision_that_has_begun_counts(rows: list[tuple[date, frozenset[LoginWay]]], day: date) -> None:
    begun = {first: ways for first, ways in rows if first <= day}
    assert ways_on(rows, day=day) == (begun[max(begun)] if begun else EVERY)
    assert set(from_now_on(rows, today=day)) == {ways_on(rows, day=day), *(w for first, w in rows if first > day)}


@given(MEANS, st.lists(SOME, max_size=3), st.sampled_from(LoginWay))
def test_she_comes_in_by_what_she_has_where_one_of_her_municipalities_allows_it(
    means: Means, allowed: list[frozenset[LoginWay]], way: LoginWay
) -> None:
    closed = bool(against_entering(way, allowed))
    assert closed == (bool(allowed) and all(way not in ways for ways in allowed))
    assert (way in open_to(means, allowed)) == (way in means.ways() and not closed)


@given(WAYS, st.lists(MEANS, max_size=3))
def test_ways_are_refused_only_when_no_administrator_has_one_of_them(
    ways: frozenset[LoginWay], administrators: list[Means]
) -> None:
    someone = any(set(open_to(means, [ways])) for means in administrators) if ways else False
    assert (not against_ways(ways, administrators)) == someone


ASKED = Asked("directory", "state", "nonce", "verifier", NOW)
MOMENTS = st.integers(-2_000, 2_000).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(MOMENTS)
def test_an_answer_counts_for_ten_minutes(now: datetime) -> None:
    against = rules.against_answer(ASKED, directory="directory", state="state", told_issuer="", issuer="i", now=now)
    assert (not against) == (NOW <= now <= NOW + ANSWERED_WITHIN)


@pytest.mark.parametrize(
    "asked, directory, state, told",
    [
        (None, "directory", "state", ""),
        (ASKED, "other", "state", ""),
        (ASKED, "directory", "other", ""),
        (ASKED, "directory", "", ""),
        (ASKED, "directory", "state", "other"),
    ],
)
def test_an_answer_to_something_else_is_none(asked: Asked | None, directory: str, state: str, told: str) -> None:
    found = rules.against_answer(asked, directory=directory, state=state, told_issuer=told, issuer="i", now=NOW)
    assert [reason.code for reason in found] == ["accounts.directory_not_asked"]


@given(st.floats(-1_000, 1_000), st.integers(0, 600))
def test_a_login_anew_is_no_older_than_the_question_and_not_of_the_future(seconds: float, took: int) -> None:
    now, told = NOW + timedelta(seconds=took), (NOW + timedelta(seconds=seconds)).timestamp()
    leeway = LOGIN_LEEWAY.total_seconds()
    assert (not rules.against_old_login(told, asked_at=NOW, now=now)) == (-leeway <= seconds <= took + leeway)


@given(st.none() | st.text() | st.booleans() | st.lists(st.integers()))
def test_what_is_no_moment_is_no_login_anew(told: object) -> None:
    assert rules.against_old_login(told, asked_at=NOW, now=NOW)[0].code == "accounts.directory_tells_no_time"


@given(st.booleans(), st.booleans(), st.sampled_from(["", "1", "2"]), st.sampled_from(["", "1", "2"]))
def test_somebody_comes_in_who_works_here_only_and_is_nobody_else(
    here: bool, elsewhere: bool, number: str, told: str
) -> None:
    against = rules.against_person(NamedFacts(1, number, here, elsewhere), name="n", personnummer=told)
    assert (not against) == (here and not elsewhere and (not number or not told or number == told))
    assert rules.against_person(None, name="n") and rules.against_person(None, name="")


@given(st.text(max_size=300) | st.none() | st.integers())
def test_a_name_is_compared_as_it_is_written_or_without_capitals(told: object) -> None:
    name = rules.as_name(told, NamedBy.SUBJECT)
    assert name == (told if isinstance(told, str) and len(told) <= 255 and "\0" not in told else "")
    for named_by in (NamedBy.EMAIL, NamedBy.USER_NAME):
        assert rules.as_name(rules.as_name(told, named_by), named_by) == rules.as_name(told, named_by)


@pytest.mark.parametrize(
    "issuer, local, good",
    [
        ("https://login.kommun.example", False, True),
        ("https://login.kommun.example/realms/personal", False, True),
        ("http://login.kommun.example", True, False),
        ("http://127.0.0.1:9400", True, True),
        ("http://127.0.0.1:9400", False, False),
        ("http://127.0.0.1.evil.example", True, False),
        ("https://", False, False),
        ("https://a.example?x=1", False, False),
        ("https://a.example#x", False, False),
        ("https://a.example?", False, False),
        ("https://user:word@a.example", False, False),
        ("https://a.example/x y", False, False),
        ("file:///etc/passwd", True, False),
        ("https://[", False, False),
        ("", True, False),
    ],
)
def test_where_a_directory_may_be(issuer: str, local: bool, good: bool) -> None:
    assert (not rules.against_issuer(issuer, local_allowed=local)) == good
