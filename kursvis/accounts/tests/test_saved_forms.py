"""What was typed when a session timed out is given back to its writer, and to nobody else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kursvis.accounts.models import SavedForm, User
from kursvis.accounts.rules.saved_forms import MOST_CHARACTERS, kept_fields, kept_forms, told
from kursvis.accounts.services import saved_forms
from kursvis.accounts.tasks import delete_saved_forms
from kursvis.accounts.tests.factories import PASSWORD, make_user
from kursvis.accounts.tests.sessions import rest
from kursvis.core import time

KEEP, GIVE_BACK, PAGE = "/session/sparat/", "/session/sparat/hamta/", "/mitt-konto/"
FORMS = [[], [["reason", "Lång text å ä ö"], ["days", "mon"], ["days", "tue"]]]


# Rules


@pytest.mark.parametrize(
    "name", ["password", "new_password1", "losenord", "nytt-lösenord", "csrfmiddlewaretoken", "client_secret", "next"]
)
def test_no_secret_is_kept(name: str) -> None:
    assert kept_fields([(name, "x"), ("note", "y")]) == [("note", "y")]


def test_too_much_is_not_kept() -> None:
    assert kept_fields([("note", "x" * MOST_CHARACTERS)]) == []
    assert kept_fields([("note", "x")] * 2001) == []
    assert kept_forms([[["note", "x" * (MOST_CHARACTERS // 2)]], [["note", "x" * (MOST_CHARACTERS // 2)]]]) == []
    assert kept_forms([[["note", "x"]]] * 21) == []


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner)))
def test_whatever_a_browser_sends_is_forms_or_nothing(sent: object) -> None:
    for form in kept_forms(sent):
        for name, value in form:
            assert isinstance(name, str) and isinstance(value, str) and "\0" not in name + value


def test_what_the_database_cannot_hold_is_left_out() -> None:
    assert kept_forms([[["no\0te", "a\0b\ud800c"]]]) == [[("note", "abc")]]


# With JavaScript: the page's forms


pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user(user_name="hodan", password=PASSWORD)


def _logs_in(client: Client, name: str = "hodan", onward: str = "/") -> Any:
    return client.post("/logga-in/", {"user_name": name, "password": PASSWORD, "next": onward})


def _keeps(client: Client, path: str = PAGE, forms: object = FORMS) -> bool:
    answer = client.post(KEEP, {"path": path, "forms": json.dumps(forms)})
    assert answer.status_code == 200
    return bool(answer.json()["kept"])


def _timed_out(client: Client, name: str = "hodan") -> None:
    _logs_in(client, name)
    rest(minutes=31)


def test_what_was_written_is_given_back_once_to_the_same_user_on_the_same_page(client: Client, user: User) -> None:
    _timed_out(client)
    assert _keeps(client)
    _logs_in(client)
    assert 'data-saved="yes"' in client.get(PAGE).content.decode()
    assert "data-saved" not in client.get("/mina-ansokningar/").content.decode()
    assert client.post(GIVE_BACK, {"path": "/annan/"}).json() == {"forms": []}
    assert client.post(GIVE_BACK, {"path": PAGE}).json() == {"forms": FORMS}
    assert client.post(GIVE_BACK, {"path": PAGE}).json() == {"forms": []}
    assert not SavedForm.objects.exists() and "data-saved" not in client.get(PAGE).content.decode()


def test_nobody_else_gets_it(client: Client, user: User) -> None:
    make_user(user_name="annan", password=PASSWORD)
    _timed_out(client)
    _keeps(client)
    _logs_in(client, "annan")
    assert "data-saved" not in client.get(PAGE).content.decode()
    assert client.post(GIVE_BACK, {"path": PAGE}).json() == {"forms": []}
    assert SavedForm.objects.get().user == user


def test_nothing_is_kept_of_a_session_in_use_or_of_none(client: Client, user: User) -> None:
    assert not _keeps(client)
    _logs_in(client)
    assert not _keeps(client)
    client.post("/logga-ut/")
    assert not _keeps(client)


@pytest.mark.parametrize("change", ["locked", "ended", "new password", "logged out everywhere"])
def test_who_may_not_come_back_gets_nothing_kept(client: Client, user: User, change: str) -> None:
    _timed_out(client)
    client.get(PAGE)
    changes: dict[str, dict[str, Any]] = {
        "locked": {"locked_at": time.real_now(), "lock_reason": "colleague"},
        "ended": {"is_active": False},
        "new password": {"password": "x"},
        "logged out everywhere": {"session_serial": 7},
    }
    User.objects.filter(pk=user.pk).update(**changes[change])
    assert not _keeps(client)
    client.post("/mitt-konto/visa-inaktiva/", {"shows": "on"})
    assert not SavedForm.objects.exists()


def test_a_long_address_is_not_kept(client: Client, user: User) -> None:
    _timed_out(client)
    assert not _keeps(client, path="/" + "x" * 500)


def test_what_is_a_day_old_is_deleted_and_never_shown(client: Client, user: User) -> None:
    now = time.real_now()
    saved_forms.keep_page(user=user, path=PAGE, typed=FORMS, now=now - timedelta(hours=25))
    saved_forms.keep_page(user=user, path="/ny/", typed=FORMS, now=now)
    client.force_login(user)
    assert "data-saved" not in client.get(PAGE).content.decode()
    assert client.post(GIVE_BACK, {"path": PAGE}).json() == {"forms": []}
    delete_saved_forms(time.today())
    assert [saved.path for saved in SavedForm.objects.all()] == ["/ny/"]


# Without: what was sent too late


STEP = "/mitt-konto/visa-inaktiva/?a=1"


def test_what_is_sent_too_late_is_shown_after_login_and_sent_again(client: Client, user: User) -> None:
    _timed_out(client)
    response = client.post(STEP, {"shows": "on", "password": "hemligt", "csrfmiddlewaretoken": "x"})
    saved = SavedForm.objects.get()
    assert response["location"] == f"/logga-in/?next=%2Fsparat%2F{saved.uuid}%2F"
    assert "Det du skickade är sparat" in client.get(response["location"]).content.decode()
    assert (saved.user, saved.path, saved.fields) == (user, STEP, {"posted": [["shows", "on"]]})
    onward = _logs_in(client, onward=f"/sparat/{saved.uuid}/")["location"]
    page = client.get(onward).content.decode()
    assert "shows" in page and "hemligt" not in page and STEP in page
    again = client.post(f"{onward}skicka/", {"shows": "on"})
    assert (again.status_code, again["location"]) == (307, STEP)
    assert not SavedForm.objects.exists()
    client.post(again["location"], {"shows": "on"})
    user.refresh_from_db()
    assert user.shows_inactive


def test_another_user_cannot_see_send_or_drop_it(client: Client, user: User) -> None:
    make_user(user_name="annan", password=PASSWORD)
    _timed_out(client)
    client.post(STEP, {"shows": "on"})
    address = f"/sparat/{SavedForm.objects.get().uuid}/"
    _logs_in(client, "annan")
    answers = [client.get(address), client.post(f"{address}skicka/"), client.post(f"{address}kasta/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert SavedForm.objects.exists()


def test_it_can_be_thrown_away(client: Client, user: User) -> None:
    _timed_out(client)
    client.post(STEP, {"shows": "on"})
    address = f"/sparat/{SavedForm.objects.get().uuid}/"
    _logs_in(client)
    assert client.post(f"{address}kasta/")["location"] == "/"
    assert not SavedForm.objects.exists() and client.get(address).status_code == 404


def test_a_step_without_fields_is_said_not_to_be_done(client: Client, user: User) -> None:
    _timed_out(client)
    response = client.post(STEP, headers={"referer": "http://testserver/mitt-konto/"})
    assert response["location"] == "/logga-in/?next=http%3A%2F%2Ftestserver%2Fmitt-konto%2F"
    assert "Det sista steget gjordes inte" in client.get(response["location"]).content.decode()
    assert client.post(STEP, headers={"referer": "https://elsewhere.example/"})["location"] == "/logga-in/?next=%2F"


def test_what_another_site_sends_is_not_kept(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="kursvis.accounts.backends.UserNameBackend")
    rest(minutes=31)
    assert client.post(STEP, {"shows": "on"}).status_code == 403
    assert not SavedForm.objects.exists()


def test_what_is_told_of_a_form_is_what_was_written_without_rows_and_machinery() -> None:
    row = "0c369654-5d15-441a-92bc-e74b251abb95"
    typed = [
        ("do", "save"),
        (f"grade-{row}", "A"),
        (f"seen-{row}", "A"),
        ("school", row),
        ("note", " "),
        ("why", "Sen"),
    ]
    assert told(typed) == [("grade", "A"), ("why", "Sen")]
