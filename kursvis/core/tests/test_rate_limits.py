"""Counted tries: exact also when many try at once, forgotten in time, and without a name in clear."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from kursvis.core import rate_limits, time
from kursvis.core.jobs import run_day
from kursvis.core.models import RateLimit
from kursvis.core.reasons import Reason, Refused
from kursvis.core.tests.races import AT_ONCE, race

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_each_try_is_counted_by_kind_and_value() -> None:
    assert [rate_limits.hit("login", "bjoamlin", within=HOUR) for _ in range(3)] == [1, 2, 3]
    assert rate_limits.hit("login", "annan", within=HOUR) == 1
    assert rate_limits.hit("reset", "bjoamlin", within=HOUR) == 1
    assert rate_limits.tries_of("login", "bjoamlin") == 3
    assert rate_limits.tries_of("login", "aldrig") == 0


@pytest.mark.django_db
def test_a_good_try_is_given_back_and_a_new_beginning_forgets_all() -> None:
    for _ in range(2):
        rate_limits.hit("login_from", "192.0.2.1", within=HOUR)
    rate_limits.give_back("login_from", "192.0.2.1")
    assert rate_limits.tries_of("login_from", "192.0.2.1") == 1
    for _ in range(3):
        rate_limits.give_back("login_from", "192.0.2.1")
    assert rate_limits.tries_of("login_from", "192.0.2.1") == 0
    rate_limits.hit("login_from", "192.0.2.1", within=HOUR)
    rate_limits.forget("login_from", "192.0.2.1")
    assert not RateLimit.objects.exists()


@pytest.mark.django_db
def test_a_period_that_has_run_out_begins_anew_and_is_cleaned_away() -> None:
    for value in ("a", "b"):
        rate_limits.hit("login", value, within=HOUR)
    RateLimit.objects.update(count=7, ends_at=time.real_now() - timedelta(seconds=1))
    assert rate_limits.tries_of("login", "a") == 0
    assert rate_limits.hit("login", "a", within=HOUR) == 1
    assert "core.forget_rate_limits" in run_day(time.today())
    assert RateLimit.objects.count() == 1


@pytest.mark.django_db
def test_nothing_kept_tells_whom_it_was_about() -> None:
    rate_limits.hit("login", "bjoamlin", within=HOUR)
    kept = RateLimit.objects.get()
    assert "bjoamlin" not in kept.key and len(kept.key) == 64


def test_many_at_once_never_exceed_a_limit(committed: None) -> None:
    most = 3

    def try_once(number: int) -> None:
        if rate_limits.hit("login", "bjoamlin", within=HOUR) > most:
            raise Refused(Reason("too_many"))

    assert race(try_once) == ["too_many"] * (AT_ONCE - most) + ["won"] * most
    assert rate_limits.tries_of("login", "bjoamlin") == AT_ONCE


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "remote", "counted_as"),
    [
        (False, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (True, "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (True, "198.51.100.7, 203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (True, "", "192.0.2.1", "192.0.2.1"),
        (False, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (False, "", "::ffff:192.0.2.1", "192.0.2.1"),
        (True, "::ffff:203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (False, "", "", ""),
    ],
)
def test_a_proxy_is_believed_only_where_there_is_one(
    settings: Any, behind_proxy: bool, forwarded: str, remote: str, counted_as: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert rate_limits.sender_of(request) == counted_as
