"""A session rests for as long as the municipality lets it, and no longer (ADR 11)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.rules.idle import Rest, is_over, is_to_be_noted, seconds_left
from kursvis.accounts.tests.factories import PASSWORD, make_staff, make_user
from kursvis.accounts.tests.sessions import rest
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.tests.days import go_to
from kursvis.organisation.models import Authority, SettingValue
from kursvis.organisation.rules.settings import Setting
from kursvis.organisation.tests.factories import make_authority

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SESSION, EXTEND, ENDED = "/session/", "/session/forlang/", "/session/slut/"


@given(minutes=st.integers(5, 240), rested=st.integers(-3600, 240 * 60 + 60))
def test_seconds_left_and_over_agree(minutes: int, rested: int) -> None:
    found = Rest(NOW - timedelta(seconds=rested), minutes)
    assert is_over(found, now=NOW) == (seconds_left(found, now=NOW) == 0) == (rested >= minutes * 60)
    assert seconds_left(found, now=NOW) == max(0, minutes * 60 - rested)


def test_use_is_written_once_a_minute() -> None:
    noted = [is_to_be_noted(Rest(NOW - timedelta(seconds=s), 30), now=NOW) for s in (0, 59, 60, 3000, -30, -90)]
    assert noted == [False, False, True, True, False, True]
    assert not is_to_be_noted(None, now=NOW)


def _limit(authority: Authority, minutes: int) -> None:
    SettingValue.objects.create(
        authority=authority, setting=Setting.IDLE_MINUTES.value, value=minutes, starts_on=date(2020, 1, 1)
    )


def _user_of(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def user(authority: Authority) -> User:
    return make_staff(Role.ECONOMIST, authority=authority, user_name="ekonom", password=PASSWORD)


def _logs_in(client: Client) -> None:
    client.post("/logga-in/", {"user_name": "ekonom", "password": PASSWORD})
    assert _user_of(client)


pytestmark = pytest.mark.django_db


def test_who_has_rested_too_long_is_logged_out_and_told_why(client: Client, user: User) -> None:
    _logs_in(client)
    rest(minutes=29.5)
    assert client.get("/mitt-konto/").status_code == 200
    rest(minutes=30)
    response = client.get("/grupper/?q=x")
    assert response["location"] == "/logga-in/?next=%2Fgrupper%2F%3Fq%3Dx"
    assert _user_of(client) is None
    assert "efter 30 minuter utan aktivitet" in client.get(response["location"]).content.decode()
    event = Event.objects.get(verb="user.timed_out")
    assert (event.actor_id, event.detail) == (user.pk, {"minutes": 30})


def test_the_strictest_of_her_municipalities_decides_from_the_login_on(
    client: Client, authority: Authority, user: User
) -> None:
    other = make_authority(name="Annan kommun")
    from kursvis.access.actors import SYSTEM
    from kursvis.accounts import services

    services.assign(user=user, role=Role.FRONT_DESK, authority=other, starts_on=time.today(), by=SYSTEM, now=time.now())
    _limit(authority, 60)
    _limit(other, 10)
    _logs_in(client)
    assert 590 <= client.get(SESSION).json()["seconds_left"] <= 600
    rest(minutes=10)
    assert client.get("/mitt-konto/")["location"].startswith("/logga-in/")


def test_a_longer_limit_lets_her_rest_longer(client: Client, authority: Authority, user: User) -> None:
    _limit(authority, 60)
    _logs_in(client)
    rest(minutes=59)
    assert client.get("/mitt-konto/").status_code == 200


def test_the_demos_date_ends_no_session(client: Client, user: User) -> None:
    _logs_in(client)
    go_to(time.today() + timedelta(days=40))
    assert client.get("/mitt-konto/").status_code == 200


def test_public_pages_stand_open_after_a_time_out(client: Client, user: User) -> None:
    _logs_in(client)
    rest(minutes=31)
    assert client.get("/kurser/").status_code == 200
    assert _user_of(client) is None


def test_a_page_counts_as_use_and_what_it_asks_by_itself_does_not(client: Client, user: User) -> None:
    _logs_in(client)
    for path in ("/mitt-konto/", EXTEND):
        rest(minutes=20)
        asked = client.get(SESSION).json()
        assert 9 * 60 <= asked["seconds_left"] <= 10 * 60 and asked["user"] == str(user.uuid)
        client.post(path) if path == EXTEND else client.get(path)
        assert client.get(SESSION).json()["seconds_left"] > 29 * 60


def test_asking_after_the_end_says_so_and_extends_nothing(client: Client, user: User) -> None:
    _logs_in(client)
    rest(minutes=30)
    for asked in (client.get(SESSION).json(), client.post(EXTEND).json()):
        assert (asked["seconds_left"], asked["user"]) == (0, "")
    response = client.get(ENDED, {"next": "/grupper/"})
    assert response["location"] == "/logga-in/?next=%2Fgrupper%2F"
    assert "utan aktivitet" in client.get(response["location"]).content.decode()


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_end_leads_only_to_this_site(client: Client, onward: str) -> None:
    assert client.get(ENDED, {"next": onward})["location"] == "/logga-in/?next=%2F"


def test_who_has_logged_in_again_is_led_on(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.get(ENDED, {"next": "/mitt-konto/"})["location"] == "/mitt-konto/"


def test_the_time_out_is_forgotten_at_the_next_login(client: Client, user: User) -> None:
    _logs_in(client)
    rest(minutes=30)
    client.get("/mitt-konto/")
    assert client.session["timed_out"]["user"] == user.pk
    _logs_in(client)
    assert "timed_out" not in client.session


def test_use_costs_one_writing_a_minute(client: Client, user: User) -> None:
    _logs_in(client)
    written = Session.objects.get().expire_date
    client.get("/mitt-konto/")
    assert Session.objects.get().expire_date == written
    rest(minutes=2)
    client.get("/mitt-konto/")
    assert abs((Session.objects.get().expire_date - written).total_seconds()) < 30


def test_the_page_says_how_long_is_left(client: Client, user: User) -> None:
    client.force_login(user)
    page = client.get("/mitt-konto/").content.decode()
    assert f'data-user="{user.uuid}"' in page and 'data-path="/mitt-konto/"' in page
    assert 'data-warn="120"' in page and 'role="alertdialog"' in page
    assert "idle" not in client.get("/kurser/").content.decode().split("</head>")[0]


def test_a_student_rests_for_as_long_as_the_default_says(client: Client) -> None:
    client.force_login(make_user())
    assert 29 * 60 < client.get(SESSION).json()["seconds_left"] <= 30 * 60


def test_hostile_questions_do_no_harm(client: Client, user: User) -> None:
    client.force_login(user)
    answers: list[Any] = [
        client.get(EXTEND),
        client.post(SESSION),
        client.post("/session/sparat/", {"path": "/x", "forms": "[" * 100_000}),
        client.post("/session/sparat/hamta/", {"path": "\0"}),
        Client(enforce_csrf_checks=True).post(EXTEND),
    ]
    assert [answer.status_code for answer in answers] == [405, 405, 200, 200, 403]
