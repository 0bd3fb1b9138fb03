"""Showing anew who one is: the pages, what they keep, and what they never let through (R06)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from fake_bankid.orders import signature
from kursvis.access.rules import Action, Role
from kursvis.accounts.confirm.queries import KEPT_IN
from kursvis.accounts.login.bankid.rules import ORDERS_OF_A_NAME
from kursvis.accounts.models import BankIdOrder, SavedForm, User
from kursvis.accounts.queries import actor_of
from kursvis.accounts.rules.locks import LockReason
from kursvis.accounts.services import attempts
from kursvis.accounts.services.locks import lock, lock_after_failures
from kursvis.accounts.tests.bank import HODAN, LINH, Fake, in_use, signed_data, state
from kursvis.accounts.tests.browsers import as_user, confirm
from kursvis.accounts.tests.factories import PASSWORD, make_staff
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import School
from kursvis.organisation.tests.factories import make_school

pytestmark = pytest.mark.django_db
ACCOUNTS = Action.CHANGE_ACCOUNTS
PAGE = "/bekrafta/andra-konton/"


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
def school() -> School:
    return make_school(prefix="bjo")


@pytest.fixture
def amina(school: School) -> User:
    return make_staff(
        Role.SCHOOL_ADMINISTRATOR, school=school, personnummer=HODAN.personnummer, user_name="amina", password=PASSWORD
    )


@pytest.fixture
def karin(school: School) -> User:
    return make_staff(Role.TEACHER, school=school, email="karin@example.org", user_name="karin", password=PASSWORD)


def lock_address(user: User) -> str:
    return reverse("accounts:lock", args=[user.uuid])


def is_locked(user: User) -> bool:
    user.refresh_from_db()
    return user.locked_at is not None


def test_what_was_sent_is_kept_confirmed_with_a_password_and_done(amina: User, karin: User) -> None:
    browser = as_user(amina, confirms=())
    asked = browser.post(lock_address(karin), {})
    saved = SavedForm.objects.get(user=amina)
    assert unquote(asked["Location"]) == f"{PAGE}?next=/sparat/{saved.uuid}/" and not is_locked(karin)
    page = browser.get(asked["Location"]).content.decode()
    assert "ändra konton och roller" in page and "fem minuter" in page
    wrong = browser.post(PAGE, {"password": "fel", "next": f"/sparat/{saved.uuid}/"})
    assert "Lösenordet stämmer inte." in wrong.content.decode()
    done = browser.post(PAGE, {"password": PASSWORD, "next": f"/sparat/{saved.uuid}/"}, follow=True)
    assert "Du är bekräftad" in done.content.decode() and "Gör det nu" in done.content.decode()
    again = browser.post(reverse("accounts:send_saved_form", args=[saved.uuid]), {}, follow=True)
    assert is_locked(karin) and "Kontot är låst." in again.content.decode()
    assert Event.objects.get(verb="user.confirmed").detail == {"action": "change_accounts", "way": "password"}


def test_what_was_typed_comes_back_whole(amina: User, karin: User) -> None:
    browser = as_user(amina, confirms=())
    typed = {
        "first_name": "Karin", "last_name": "Öst", "title": "Lektor", "email": "k@example.org",
        "personnummer": karin.personnummer,
    }  # fmt: skip
    browser.post(reverse("accounts:edit_person", args=[karin.uuid]), typed)
    saved = SavedForm.objects.get()
    page = browser.get(f"/sparat/{saved.uuid}/").content.decode()
    assert "Lektor" in page and "Bekräfta och gör det" in page
    confirm(browser, amina)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    browser.post(reverse("accounts:send_saved_form", args=[saved.uuid]), fields, follow=True)
    karin.refresh_from_db()
    assert (karin.title, karin.email) == ("Lektor", "k@example.org") and not SavedForm.objects.exists()


def test_it_holds_for_five_minutes(amina: User, karin: User) -> None:
    browser = as_user(amina)
    session = browser.session
    user_id, mark, at = session[KEPT_IN][ACCOUNTS.value]
    session[KEPT_IN] = {ACCOUNTS.value: [user_id, mark, at - timedelta(minutes=5).total_seconds()]}
    session.save()
    assert browser.post(lock_address(karin), {})["Location"].startswith(PAGE) and not is_locked(karin)


def test_another_kind_of_step_is_not_confirmed(amina: User, karin: User) -> None:
    browser = as_user(amina, confirms=set(Action) - {ACCOUNTS})
    assert browser.post(lock_address(karin), {})["Location"].startswith(PAGE) and not is_locked(karin)


def test_another_session_of_hers_is_not_confirmed(amina: User, karin: User) -> None:
    as_user(amina)
    assert as_user(amina, confirms=()).post(lock_address(karin), {})["Location"].startswith(PAGE)


def test_a_copy_in_a_session_with_another_key_is_worth_nothing(amina: User, karin: User) -> None:
    kept = as_user(amina).session[KEPT_IN]
    browser = as_user(amina, confirms=())
    session = browser.session
    session[KEPT_IN] = kept
    session.save()
    assert browser.post(lock_address(karin), {})["Location"].startswith(PAGE) and not is_locked(karin)


def test_it_is_gone_after_logging_out_and_after_a_new_password(amina: User, karin: User) -> None:
    browser = as_user(amina)
    browser.post(reverse("accounts:change_password"), {"password": "ett-annat-lösenord", "again": "ett-annat-lösenord"})
    amina.refresh_from_db()
    assert amina.check_password("ett-annat-lösenord"), "who has confirmed need not know the old one"
    assert browser.post(lock_address(karin), {})["Location"].startswith(PAGE)
    confirm(browser, amina)
    browser.post(reverse("accounts:log_out"))
    assert KEPT_IN not in browser.session


def test_the_service_refuses_who_comes_past_the_page(amina: User, karin: User) -> None:
    with pytest.raises(Refused) as refusal:
        lock(user=karin, by=actor_of(amina, today=time.today()), now=time.now())
    assert [reason.code for reason in refusal.value.reasons] == ["access.not_confirmed"]


def test_wrong_passwords_count_as_failed_logins_and_never_block_the_electronic_id(amina: User, karin: User) -> None:
    browser = as_user(amina, confirms=())
    for _ in range(5):
        browser.post(PAGE, {"password": "fel"})
    assert attempts.failures_of(amina) == 5
    lock_after_failures(user_id=amina.pk, now=time.now())
    amina.refresh_from_db()
    assert amina.lock_reason == LockReason.FAILED_ATTEMPTS
    assert "stämmer inte" in browser.post(PAGE, {"password": PASSWORD}).content.decode()
    assert browser.post(f"{PAGE}test/", {"next": "/personal/"})["Location"] == "/personal/"
    browser.post(lock_address(karin), {})
    assert is_locked(karin)


def test_it_leads_to_pages_of_this_site_only(amina: User) -> None:
    for wanted in ("https://ond.example/", "//ond.example/", "javascript:alert(1)"):
        answer = as_user(amina, confirms=()).post(PAGE, {"password": PASSWORD, "next": wanted})
        assert answer["Location"] == "/"


def test_a_signature_is_not_confirmed_with_a_password(karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(personnummer=None)
    browser = as_user(User.objects.get(pk=karin.pk), confirms=())
    page = browser.get("/bekrafta/skriva-under/").content.decode()
    assert "bara med e-legitimation" in page and "Bekräfta med lösenord" not in page and "saknar personnummer" in page
    refused = browser.post("/bekrafta/skriva-under/", {"password": PASSWORD}).content.decode()
    assert "En elektronisk underskrift görs bara med e-legitimation." in refused
    assert browser.post("/bekrafta/skriva-under/test/").status_code == 404
    assert KEPT_IN not in browser.session


def test_without_a_demo_there_is_no_test_id(amina: User, settings: Any) -> None:
    settings.DEMO = False
    browser = as_user(amina, confirms=())
    assert browser.post(f"{PAGE}test/").status_code == 404
    assert "test-legitimation" not in browser.get(PAGE).content.decode()


def test_an_address_that_names_no_step_is_not_found(amina: User) -> None:
    assert as_user(amina).get("/bekrafta/allt/").status_code == 404


def begin(browser: Client) -> BankIdOrder:
    browser.post(f"{PAGE}bankid/", {"way": "qr", "next": "/personal/"})
    return BankIdOrder.objects.get()


def test_bankid_signs_a_text_that_says_what_is_confirmed(fake: Fake, amina: User, karin: User) -> None:
    browser = as_user(amina, confirms=())
    order = begin(browser)
    assert fake.newest().kind == "sign" and "ändra konton och roller" in fake.newest().text
    assert fake.newest().requirement == {"personalNumber": HODAN.personnummer}
    assert "ändra konton och roller" in browser.get(reverse("accounts:bankid_wait")).content.decode()
    fake.approves(HODAN)
    assert state(browser)["status"] == "complete"
    order.refresh_from_db()
    assert order.signature == "", "nothing is kept longer than needed"
    assert browser.post(f"{PAGE}bankid/klart/")["Location"] == "/personal/"
    assert not BankIdOrder.objects.exists()
    browser.post(lock_address(karin), {})
    assert is_locked(karin)


def test_nobody_elses_bankid_confirms(fake: Fake, amina: User) -> None:
    browser = as_user(amina, confirms=())
    begin(browser)
    fake.approves(LINH)
    assert state(browser)["status"] == "failed"
    BankIdOrder.objects.update(status="complete", personnummer=LINH.personnummer)
    assert browser.post(f"{PAGE}bankid/klart/").status_code == 409
    assert KEPT_IN not in browser.session and not BankIdOrder.objects.exists()


def test_an_order_of_one_kind_is_never_used_for_another(fake: Fake, amina: User) -> None:
    browser = as_user(amina, confirms=())
    begin(browser)
    fake.approves(HODAN)
    state(browser)
    assert browser.post("/bekrafta/lasa-betyg/bankid/klart/").status_code == 409
    begin(browser)
    fake.approves(HODAN)
    state(browser)
    browser.post(reverse("accounts:bankid_finish"))
    assert KEPT_IN not in browser.session and not Event.objects.filter(verb="user.logged_in").exists()
    Client().post(reverse("accounts:bankid"), {"way": "qr"})
    assert BankIdOrder.objects.get().purpose == "login"


def test_an_order_is_not_used_by_who_logged_in_to_the_browser_meanwhile(fake: Fake, amina: User, karin: User) -> None:
    browser = as_user(amina, confirms=())
    begin(browser)
    fake.approves(HODAN)
    state(browser)
    kept = {name: browser.session[name] for name in ("bankid", "bankid_about")}
    other = as_user(karin, confirms=())
    session = other.session
    session.update(kept)
    session.save()
    assert other.post(f"{PAGE}bankid/klart/").status_code == 409 and KEPT_IN not in other.session


def test_orders_of_one_account_are_limited(fake: Fake, amina: User) -> None:
    browser = as_user(amina, confirms=())
    for _ in range(ORDERS_OF_A_NAME.most):
        browser.post(f"{PAGE}bankid/", {"way": "qr"})
        browser.post(reverse("accounts:bankid_leave"))
    refused = browser.post(f"{PAGE}bankid/", {"way": "qr"})
    assert refused.status_code == 409 and "Vänta en kvart" in refused.content.decode()
    assert not BankIdOrder.objects.exists()


def test_the_stand_in_signs_what_was_shown(fake: Fake, amina: User) -> None:
    begin(as_user(amina, confirms=()))
    order = fake.newest()
    fake.approves(HODAN)
    assert signed_data(signature(order)) == (order.text, b"")
