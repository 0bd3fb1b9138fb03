"""One's own account: the password, the address, the browsers, the sessions; and a forgotten password."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.models import Device, Link, User
from kursvis.accounts.rules.devices import device_name
from kursvis.accounts.rules.locks import RESETS_FROM_AN_ADDRESS, RESETS_OF_A_NAME
from kursvis.accounts.tests.browsers import as_user, confirm
from kursvis.accounts.tests.factories import PASSWORD, make_staff, make_user
from kursvis.accounts.tests.mailroom import latest_link, waiting, work
from kursvis.audit.models import Event
from kursvis.core import rate_limits

pytestmark = pytest.mark.django_db
ACCOUNT, FORGOTTEN = "/mitt-konto/", "/glomt-losenord/"
NEW = "ett-helt-nytt-lösenord"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def user() -> User:
    return make_staff(Role.TEACHER, user_name="bjoamlin", password=PASSWORD, email="amina@example.org")


def _enter(**agent: str) -> Client:
    client = Client(**agent)
    assert client.post("/logga-in/", {"user_name": "bjoamlin", "password": PASSWORD}).status_code == 302
    return client


def _is_in(client: Client) -> bool:
    return bool(client.get(ACCOUNT).status_code == 200)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(user: User) -> None:
    here, there = _enter(), _enter()
    response = here.post(f"{ACCOUNT}losenord/", {"old": PASSWORD, "password": NEW, "again": NEW}, follow=True)
    assert "Lösenordet är ändrat" in response.content.decode()
    assert _is_in(here) and not _is_in(there)
    user.refresh_from_db()
    assert user.check_password(NEW)
    work()
    assert mail.outbox[-1].to == ["amina@example.org"] and "Lösenordet till ditt konto" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("fel-lösenord", NEW, "Lösenordet stämmer inte"), ("", NEW, "Skriv lösenordet du har"), (PASSWORD, "kort", "12")],
)
def test_a_password_is_not_changed_without_the_old_or_to_a_bad_one(user: User, old: str, new: str, said: str) -> None:
    client = _enter()
    response = client.post(f"{ACCOUNT}losenord/", {"old": old, "password": new, "again": new})
    assert response.status_code == 200 and said in response.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_wrong_old_password_is_told_at_its_field(user: User) -> None:
    client, wrong = _enter(), "fel-lösenord"
    form = client.post(f"{ACCOUNT}losenord/", {"old": wrong, "password": NEW, "again": NEW}).context["form"]
    assert form.errors == {"old": ["Lösenordet stämmer inte."]}
    form = client.post(f"{ACCOUNT}epost/", {"address": "ny@example.org", "password": wrong}).context["form"]
    assert form.errors == {"password": ["Lösenordet stämmer inte."]}


def test_guessing_the_old_password_locks_like_any_failed_attempt(user: User) -> None:
    client = _enter()
    for _ in range(5):
        client.post(f"{ACCOUNT}losenord/", {"old": "fel-lösenord", "password": NEW, "again": NEW})
    work()
    user.refresh_from_db()
    assert user.lock_reason == "failed_attempts"
    client.post(f"{ACCOUNT}losenord/", {"old": PASSWORD, "password": NEW, "again": NEW})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_address_is_changed_with_the_password_and_the_old_one_is_told(user: User) -> None:
    client = _enter()
    wrong = client.post(f"{ACCOUNT}epost/", {"address": "ny@example.org", "password": "fel"})
    assert "Lösenordet stämmer inte" in wrong.content.decode() and "ny@example.org" in wrong.content.decode()
    client.post(f"{ACCOUNT}epost/", {"address": "ny@example.org", "password": PASSWORD})
    user.refresh_from_db()
    assert user.email == "ny@example.org"
    work()
    assert mail.outbox[-1].to == ["amina@example.org"] and "ny@example.org" in mail.outbox[-1].body


def test_who_has_no_password_changes_her_address_and_the_old_one_is_told(client: Client) -> None:
    student = make_user(email="gammal@example.org")
    client.force_login(student, backend="kursvis.accounts.backends.ElectronicIdBackend")
    assert "Ditt lösenord" not in client.get(f"{ACCOUNT}epost/").content.decode()
    client.post(f"{ACCOUNT}epost/", {"address": "ny@example.org"})
    work()
    assert mail.outbox[-1].to == ["gammal@example.org"]
    assert client.get(f"{ACCOUNT}losenord/")["Location"] == ACCOUNT


def test_an_address_that_a_password_could_be_asked_for_to_is_not_changed_by_who_only_has_the_session() -> None:
    colleague = make_staff(Role.TEACHER, user_name="bjoeid", email="gammal@example.org")
    client = as_user(colleague, confirms=())
    asked = client.post(f"{ACCOUNT}epost/", {"address": "ny@example.org"})
    colleague.refresh_from_db()
    assert asked["Location"].startswith("/bekrafta/andra-konton/") and colleague.email == "gammal@example.org"
    confirm(client, colleague)
    client.post(f"{ACCOUNT}epost/", {"address": "ny@example.org"})
    colleague.refresh_from_db()
    assert colleague.email == "ny@example.org"


def test_show_inactive_is_her_own_setting(user: User) -> None:
    client = _enter()
    for sent, kept in (({"shows": "on"}, True), ({}, False)):
        client.post(f"{ACCOUNT}visa-inaktiva/", sent)
        user.refresh_from_db()
        assert user.shows_inactive is kept


def test_log_out_everywhere_ends_every_session(user: User) -> None:
    here, there = _enter(), _enter()
    assert here.post(f"{ACCOUNT}logga-ut-overallt/")["Location"] == "/logga-in/"
    assert not _is_in(here) and not _is_in(there)
    assert Event.objects.filter(verb="user.logged_out_everywhere", actor_id=user.pk).exists()


def test_a_new_browser_is_told_by_mail_and_a_known_one_is_not(user: User) -> None:
    first = _enter(HTTP_USER_AGENT=FIREFOX)
    assert not waiting("accounts.send_notice")
    first.post("/logga-ut/")
    first.post("/logga-in/", {"user_name": "bjoamlin", "password": PASSWORD})
    assert Device.objects.count() == 1 and not waiting("accounts.send_notice")
    _enter(HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19 Mobile Safari/604.1")
    work()
    assert "Safari, iPhone" in mail.outbox[-1].body and mail.outbox[-1].subject == "Ny inloggning i Kursvis"
    page = first.get(ACCOUNT).content.decode()
    assert "Firefox, Linux" in page and "Safari, iPhone" in page and "Senaste inloggning" in page
    assert Event.objects.filter(verb="user.logged_in", detail__new_browser=True).count() == 1
    assert "Var det inte du?" in first.get("/").content.decode()


def test_the_cookie_of_a_browser_is_signed_hidden_from_scripts_and_kept_only_as_a_hash(user: User) -> None:
    client = _enter()
    cookie = client.cookies["kursvis_webblasare"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 400 * 24 * 3600
    secret = cookie.value.split(":")[0]
    assert Device.objects.get().secret_hash not in (secret, "")
    client.cookies["kursvis_webblasare"] = f"{secret}:forged"
    client.post("/logga-in/", {"user_name": "bjoamlin", "password": PASSWORD})
    assert Device.objects.count() == 2


def test_that_was_not_me_logs_the_other_out_and_asks_for_a_new_password(user: User) -> None:
    stranger = _enter(HTTP_USER_AGENT="curl")
    mine = _enter(HTTP_USER_AGENT=FIREFOX)
    theirs = Device.objects.get(name="?")
    response = mine.post(f"{ACCOUNT}webblasare/{theirs.uuid}/inte-jag/")
    assert response["Location"] == f"{ACCOUNT}losenord/"
    assert _is_in(mine) and not _is_in(stranger)
    assert not Device.objects.filter(pk=theirs.pk).exists()


def test_the_browser_of_somebody_else_is_out_of_reach(user: User) -> None:
    _enter()
    device = Device.objects.get()
    client = Client()
    client.force_login(make_user(), backend="kursvis.accounts.backends.ElectronicIdBackend")
    assert client.post(f"{ACCOUNT}webblasare/{device.uuid}/inte-jag/").status_code == 404


def test_my_account_asks_few_questions_however_many_browsers(user: User, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        client = _enter()
    with django_assert_max_num_queries(15):
        assert client.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize("typed", ["bjoamlin", " BjoAmLin ", "Amina@Example.org"])
def test_a_forgotten_password_is_chosen_anew_by_the_link(client: Client, user: User, typed: str) -> None:
    assert "Om det finns ett konto" in client.post(FORGOTTEN, {"typed": typed}).content.decode()
    assert not mail.outbox and not Link.objects.exists()
    path = latest_link()
    client.post(path, {"password": NEW, "again": NEW})
    assert client.post("/logga-in/", {"user_name": "bjoamlin", "password": NEW})["Location"] == "/"


def test_the_answer_is_the_same_whether_there_is_such_an_account(client: Client, user: User) -> None:
    make_user(user_name="slutat", email="slutat@example.org")
    User.objects.filter(user_name="slutat").update(is_active=False)
    typed = ("bjoamlin", "finnsinte", "amina@example.org", "ingen@example.org", "slutat")
    answers = {(r.status_code, r.content) for r in (client.post(FORGOTTEN, {"typed": text}) for text in typed)}
    assert len(answers) == 1 and len(waiting("accounts.send_forgotten")) == len(typed)
    work()
    assert {to for sent in mail.outbox for to in sent.to} == {"amina@example.org"}


def test_everybody_with_an_address_gets_a_link_of_her_own(client: Client, user: User) -> None:
    make_user(user_name="annan", email="Amina@example.org")
    make_user(email="amina@example.org")
    client.post(FORGOTTEN, {"typed": "amina@example.org"})
    work()
    bodies = [str(sent.body) for sent in mail.outbox]
    named = {("bjoamlin" in body, "annan" in body) for body in bodies if "/lank/" in body}
    assert named == {(True, False), (False, True)} and sum("/lank/" in body for body in bodies) == 2
    assert sum("Ditt konto har inget" in body for body in bodies) == 1


def test_a_name_gets_few_links_and_the_answer_stays_the_same(client: Client, user: User) -> None:
    answers = {client.post(FORGOTTEN, {"typed": "bjoamlin"}).content for _ in range(RESETS_OF_A_NAME.most + 2)}
    assert len(answers) == 1
    assert len(waiting("accounts.send_forgotten")) == RESETS_OF_A_NAME.most


def test_an_address_may_ask_only_so_often(client: Client) -> None:
    for _ in range(RESETS_FROM_AN_ADDRESS.most):
        rate_limits.hit("reset_from", "127.0.0.1", within=RESETS_FROM_AN_ADDRESS.within)
    response = client.post(FORGOTTEN, {"typed": "vem@example.org"})
    assert response.status_code == 429 and "vem@example.org" in response.content.decode()
    assert not waiting("accounts.send_forgotten")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/19 Safari/605", "Safari, Mac"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("", "?"),
    ],
)
def test_a_browser_has_a_short_name(agent: str, name: str) -> None:
    assert device_name(agent) == name
