"""A new login at the municipality's directory confirms a step; an old one, or somebody else's, does not (R06)."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client as Browser

from kursvis.access.rules import Action
from kursvis.accounts.models import Directory, User
from kursvis.accounts.tests.directories import (
    begins,
    comes_back,
    is_in,
    make_colleague,
    make_directory,
    text_of,
)
from kursvis.accounts.tests.factories import make_user
from kursvis.accounts.tests.issuer import Issuer
from kursvis.audit.models import Event
from kursvis.core import time
from tests.provider import run_provider

pytestmark = pytest.mark.django_db
CONFIRM = "/bekrafta/lasa-betyg/katalog/"


def confirms(directory: Directory, issuer: Issuer, user: User, **claims: Any) -> tuple[Browser, Any]:
    browser = Browser()
    browser.force_login(user, backend="kursvis.accounts.backends.DirectoryBackend")
    response = browser.get(CONFIRM, {"next": "/mitt-konto/"})
    address = str(response["Location"])
    asked = parse_qs(urlsplit(address).query)
    assert asked["prompt"] == ["login"] and asked["max_age"] == ["0"]
    return browser, comes_back(directory, browser, issuer.visited(address, **claims))


def has_confirmed(browser: Browser, user: User) -> bool:
    from kursvis.accounts.confirm.queries import confirmed_in

    now = time.real_now()
    return confirmed_in(browser.session, user_id=user.pk, now=now) == {Action.LOCK_GRADES}


def test_a_new_login_at_the_directory_confirms_one_kind_of_step(directory: Directory, issuer: Issuer) -> None:
    user = make_colleague(directory)
    now = int(time.real_now().timestamp())
    browser, response = confirms(directory, issuer, user, sub="amina-1", auth_time=now)
    assert (response.status_code, response["Location"]) == (302, "/mitt-konto/") and has_confirmed(browser, user)
    assert browser.session["_auth_user_id"] == str(user.pk)
    event = Event.objects.get(verb="user.confirmed")
    assert (event.detail["way"], event.detail["action"]) == ("directory", "lock_grades")


@pytest.mark.parametrize(
    "age, sub, status, says",
    [
        (11, "amina-1", 403, "inte in på nytt"),
        (-60, "amina-1", 403, "inte in på nytt"),
        (None, "amina-1", 403, "talade inte om när"),
        (0, "other-1", 403, "någon annan än den som är inloggad"),
        (0, "nobody", 403, "någon annan än den som är inloggad"),
    ],
)
def test_an_old_login_or_another_persons_confirms_nothing(
    directory: Directory, issuer: Issuer, age: int | None, sub: str, status: int, says: str
) -> None:
    user, _other = make_colleague(directory), make_colleague(directory, "other-1")
    told = None if age is None else int(time.real_now().timestamp()) - age
    browser, response = confirms(directory, issuer, user, sub=sub, auth_time=told)
    assert response.status_code == status and says in text_of(response)
    assert not has_confirmed(browser, user) and browser.session["_auth_user_id"] == str(user.pk)
    assert "/bekrafta/lasa-betyg/?next=%2Fmitt-konto%2F" in response.content.decode()


def test_a_login_is_no_confirmation_and_a_signature_needs_more_than_a_directory(
    directory: Directory, issuer: Issuer
) -> None:
    user, browser = make_colleague(directory), Browser()
    now = int(time.real_now().timestamp())
    comes_back(directory, browser, issuer.visited(begins(directory, browser), sub="amina-1", auth_time=now))
    assert is_in(browser) and not has_confirmed(browser, user)
    address = str(browser.get("/bekrafta/skriva-under/katalog/")["Location"])
    response = comes_back(directory, browser, issuer.visited(address, sub="amina-1", auth_time=now))
    assert response.status_code == 403 and not Event.objects.filter(verb="user.confirmed").exists()
    stranger = Browser()
    stranger.force_login(make_user(), backend="kursvis.accounts.backends.DirectoryBackend")
    assert stranger.get(CONFIRM).status_code == 404 and Browser().get(CONFIRM).status_code == 302


def test_the_provider_of_the_demo_works_with_the_real_client_and_confirms_by_a_new_login_alone(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that the demo runs. It says that everybody has just logged in, unless a claim says when."""
    settings.ADDRESS = "http://testserver"
    with run_provider([("amina-1", "Amina Lindqvist")]) as address:
        directory = make_directory(address, monkeypatch)
        user, browser = make_colleague(directory), Browser()
        assert comes_back(directory, browser, chosen(begins(directory, browser), "amina-1")).status_code == 302
        an_hour_ago = {"auth_time": int(time.real_now().timestamp()) - 3_600}
        httpx.put(f"{address}/users/amina-1", json=an_hour_ago, trust_env=False).raise_for_status()
        response = comes_back(directory, browser, chosen(browser.get(CONFIRM)["Location"], "amina-1"))
        assert response.status_code == 403 and "inte in på nytt" in text_of(response)
        httpx.put(f"{address}/users/amina-1", json={}, trust_env=False).raise_for_status()
        assert comes_back(directory, browser, chosen(browser.get(CONFIRM)["Location"], "amina-1")).status_code == 302
        assert has_confirmed(browser, user)


def chosen(address: str, sub: str) -> str:
    """Choose somebody at the provider's page; return the answer's parameters."""
    answer = httpx.post(address, data={"sub": sub}, trust_env=False)
    return urlsplit(answer.headers["Location"]).query
