"""The real client, over mutual TLS, against the stand-in for BankID."""

import re
import ssl
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.test import Client as Browser
from django.urls import reverse

from fake_bankid.orders import ApiError
from kursvis.accounts.login.bankid import client as bankid
from kursvis.accounts.login.bankid import queries, services
from kursvis.accounts.login.bankid.client import BankIdError, Client
from kursvis.accounts.login.bankid.rules import Way
from kursvis.accounts.models import BankIdOrder, User
from kursvis.accounts.tests.bank import HODAN, LINH, NILS, Fake, in_use, state
from kursvis.accounts.tests.factories import make_user
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fake]:
    fake = Fake(tmp_path_factory.mktemp("bankid"))
    yield fake
    fake.stop()


@pytest.fixture
def fake(running: Fake, settings: Any) -> Iterator[Fake]:
    with in_use(running, settings):
        yield running


@pytest.fixture
def rp(fake: Fake) -> Client:
    found = bankid.connection()
    assert found is not None
    return found


def start(rp: Client, way: Way = Way.QR, expected: str = "", named: str = "") -> BankIdOrder:
    return services.start(
        client=rp, way=way, expected=expected, named=named, ip="127.0.0.1", return_url="http://x/", now=time.real_now()
    )


def look(rp: Client, order: BankIdOrder, seconds: float = 2) -> BankIdOrder:
    found = services.look(client=rp, order=order, now=order.asked_at + timedelta(seconds=seconds))
    assert found is not None
    return found


def test_without_our_certificate_nothing_is_answered(fake: Fake) -> None:
    with pytest.raises(httpx.HTTPError):
        httpx.post(
            fake.given["address"] + "/auth", json={}, verify=ssl.create_default_context(cafile=fake.given["authority"])
        )


def test_the_api_answers_wrong_requests_as_bankid_does(fake: Fake, rp: Client) -> None:
    assert rp._http.get("auth").status_code == 405
    assert rp._http.post("auth", content="{}", headers={"Content-Type": "text/plain"}).status_code == 415
    assert rp._http.post("payment", json={}).json()["errorCode"] == "notFound"
    with pytest.raises(BankIdError, match="400 invalidParameters"):
        rp.auth(ip="nowhere")


@pytest.mark.parametrize(("status", "code"), [(503, "maintenance"), (500, "internalError"), (401, "unauthorized")])
def test_an_error_is_told_and_no_order_is_kept(fake: Fake, rp: Client, status: int, code: str) -> None:
    fake.bank.next_error = ApiError(status, code, "")
    with pytest.raises(Refused):
        start(rp)
    assert not BankIdOrder.objects.exists()


def test_nobody_to_talk_to_is_told_too(fake: Fake) -> None:
    gone = Client(**{**fake.given, "address": "https://127.0.0.1:9/rp/v6.0"})
    with pytest.raises(BankIdError, match="unreachable"):
        gone.collect("x")
    with pytest.raises(Refused):
        start(gone)


def test_a_signature_shows_its_text(fake: Fake, rp: Client) -> None:
    rp.sign(ip="127.0.0.1", text="Jag låser betygen", hidden=b"\x00\x01", personnummer=HODAN.personnummer)
    assert (fake.newest().kind, fake.newest().text) == ("sign", "Jag låser betygen")


def test_an_unopened_order_goes_on_with_a_new_one_then_gives_up(fake: Fake, rp: Client) -> None:
    order = start(rp)
    first = order.order_ref
    fake.clock.seconds += 31
    order = look(rp, order, 31)
    assert (order.status, order.hint) == ("pending", "outstandingTransaction") and order.order_ref != first
    fake.clock.seconds += 200
    order = look(rp, order, 200)
    assert (order.status, order.hint) == ("failed", "startFailed")


def test_bankid_is_not_asked_more_often_than_it_allows(fake: Fake, rp: Client) -> None:
    order = start(rp)
    fake.approves(HODAN)
    assert look(rp, order, 1.9).status == "pending"
    assert look(rp, order, 2).status == "complete"


def test_an_order_is_used_once(fake: Fake, rp: Client) -> None:
    order = start(rp)
    fake.approves(HODAN)
    order = look(rp, order)
    assert services.use(order=order).personnummer == HODAN.personnummer
    with pytest.raises(Refused):
        services.use(order=order)
    assert not BankIdOrder.objects.exists()


def test_a_name_that_nobody_has_lets_nobody_in(fake: Fake, rp: Client) -> None:
    order = start(rp, named="ingen")
    fake.approves(HODAN)
    with pytest.raises(Refused):
        services.use(order=look(rp, order))
    assert not BankIdOrder.objects.exists()


def test_a_look_at_an_order_that_was_used_meanwhile_says_that_it_is_gone(fake: Fake, rp: Client) -> None:
    order = start(rp)
    services.cancel(client=rp, order=order)
    assert services.look(client=rp, order=order, now=order.asked_at + timedelta(seconds=2)) is None


def test_who_waits_too_long_is_no_longer_vouched_for(fake: Fake, client: Browser) -> None:
    begin(client)
    fake.approves(NILS)
    state(client)
    client.post(reverse("accounts:bankid_finish"))
    session = client.session
    session["vouched"][3] -= 301
    session.save()
    assert client.post(reverse("accounts:bankid_new"))["Location"] == reverse("accounts:bankid")
    assert not User.objects.exists()


def test_orders_are_not_kept(fake: Fake, rp: Client) -> None:
    order = start(rp)
    assert services.forget_old(now=order.first_started_at + timedelta(minutes=10)) == 0
    assert services.forget_old(now=order.first_started_at + timedelta(minutes=11)) == 1


def begin(browser: Browser, way: str = "qr", name: str = "") -> Any:
    return browser.post(reverse("accounts:bankid"), {"way": way, "name": name, "next": "/mitt-konto/"})


def test_the_way_in_by_a_code_on_the_screen(fake: Fake, client: Browser) -> None:
    user = make_user(personnummer=HODAN.personnummer)
    assert begin(client).status_code == 302
    waiting = client.get(reverse("accounts:bankid_wait"))
    assert "Starta BankID-appen." in waiting.content.decode()
    assert fake.newest().qr_start_secret not in waiting.content.decode()
    in_english = client.get(reverse("accounts:bankid_wait"), headers={"Accept-Language": "en-GB,en;q=0.9,sv;q=0.8"})
    assert '<p class="bankid__text" role="status" lang="en">Start your BankID app.' in in_english.content.decode()
    assert b"<svg" in client.get(reverse("accounts:bankid_qr")).content
    order = BankIdOrder.objects.get()
    fake.bank.orders.by_qr(_qr_now(order))
    assert state(client) == {
        "status": "pending",
        "text": "Söker efter BankID. Säkerställ att du har ett giltigt BankID på den här enheten.",
        "qr": False,
    }
    fake.approves(HODAN)
    assert state(client)["status"] == "complete"
    answer = client.post(reverse("accounts:bankid_finish"), {"next": "/mitt-konto/"})
    assert answer.headers["Location"] == "/mitt-konto/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Event.objects.get(verb="user.logged_in").detail["way"] == "bankid"


def _qr_now(order: BankIdOrder) -> str:
    return queries.qr_text(order, now=order.started_at)


def test_the_way_in_on_the_same_device(fake: Fake, client: Browser) -> None:
    make_user(personnummer=HODAN.personnummer)
    begin(client, "same_device")
    page = client.get(reverse("accounts:bankid_wait")).content.decode()
    link = re.search(r'href="(http://127[^"]*autostarttoken=[^"]*)"', page)
    assert link and fake.newest().auto_start_token in link[1]
    fake.approves(HODAN)
    back = BankIdOrder.objects.get().return_url.removeprefix("http://127.0.0.1:8000")
    assert Browser().get(back).status_code == 409, "another browser than the one that began"
    assert client.get(back).status_code == 302
    assert state(client)["status"] == "complete"
    assert client.post(reverse("accounts:bankid_finish")).status_code == 302


def test_a_link_that_was_sent_to_somebody_else_lets_nobody_in(fake: Fake, client: Browser) -> None:
    make_user(personnummer=HODAN.personnummer)
    begin(client, "same_device")
    fake.newest().ip = "192.0.2.7"
    fake.approves(HODAN)
    state(client)
    answer = client.post(reverse("accounts:bankid_finish"))
    assert answer.status_code == 409 and "annan enhet" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("typed", ["hodan", "19971202-2384", "9712022384"])
def test_who_is_named_is_the_only_one_who_comes_in(fake: Fake, client: Browser, typed: str) -> None:
    make_user(personnummer=HODAN.personnummer, user_name="hodan")
    begin(client, name=typed)
    assert fake.newest().requirement == {"personalNumber": HODAN.personnummer}
    fake.approves(LINH)
    assert state(client)["status"] == "failed"
    assert "spärrat" in client.get(reverse("accounts:bankid_wait")).content.decode()


def test_a_number_that_nobody_has_is_told_whom_to_ask_and_may_go_on_as_an_applicant(
    fake: Fake, client: Browser
) -> None:
    begin(client)
    fake.approves(NILS)
    state(client)
    page = client.post(reverse("accounts:bankid_finish")).content.decode()
    assert "Be en administratör på din skola" in page and not User.objects.exists()
    assert client.post(reverse("accounts:bankid_new")).status_code == 302
    assert User.objects.get().full_name == "Nils Norén"
    assert client.post(reverse("accounts:bankid_new")).status_code == 302
    assert User.objects.count() == 1


def test_leaving_ends_the_order_at_bankid_too(fake: Fake, client: Browser) -> None:
    begin(client)
    client.post(reverse("accounts:bankid_leave"))
    assert fake.bank.orders.open() == [] and not BankIdOrder.objects.exists()


def test_nobody_reaches_an_order_of_another_browser(fake: Fake, client: Browser) -> None:
    begin(client)
    fake.approves(HODAN)
    other = Browser()
    assert other.get(reverse("accounts:bankid_qr")).status_code == 404
    assert other.get(reverse("accounts:bankid_wait")).status_code == 302
    assert other.post(reverse("accounts:bankid_finish")).status_code == 302
    assert "_auth_user_id" not in other.session


def test_without_bankid_there_are_no_such_pages(client: Browser) -> None:
    bankid.connection.cache_clear()
    assert client.get(reverse("accounts:bankid")).status_code == 404
