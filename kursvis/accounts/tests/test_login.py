"""The ways in: password and test e-ID, where they lead, and what production refuses."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import OFFICIAL, PASSWORD, make_staff, make_user, new_personnummer
from kursvis.audit.models import Event
from kursvis.organisation.tests.factories import make_authority, make_school

pytestmark = pytest.mark.django_db
LOG_IN, TEST_ID, NEW = "/logga-in/", "/logga-in/test/", "/logga-in/test/ny/"


def _user_of(client: Client) -> int | None:
    number = client.session.get("_auth_user_id")
    return int(number) if number else None


def test_a_user_name_and_password_let_in_and_are_noted(client: Client) -> None:
    user = make_user(user_name="bjoamlin", password=PASSWORD)
    response = client.post(LOG_IN, {"user_name": " BjoAmLin ", "password": PASSWORD})
    assert (response.status_code, response["location"]) == (302, "/")
    assert _user_of(client) == user.pk
    assert Event.objects.get(verb="user.logged_in").detail == {"way": "password"}


@pytest.mark.parametrize(("name", "password"), [("bjoamlin", "fel"), ("finnsinte", PASSWORD), ("", "")])
def test_a_wrong_password_keeps_the_name_and_says_nothing_more(client: Client, name: str, password: str) -> None:
    make_user(user_name="bjoamlin", password=PASSWORD)
    response = client.post(LOG_IN, {"user_name": name, "password": password})
    page = response.content.decode()
    assert response.status_code == 200 and _user_of(client) is None
    assert f'value="{name}"' in page or not name
    assert "finns inte" not in page
    assert not Event.objects.filter(verb="user.logged_in").exists()


def test_a_closed_account_is_let_in_by_no_way(client: Client) -> None:
    user = make_user(user_name="stangd", password=PASSWORD, demo_note="stängd")
    User.objects.filter(pk=user.pk).update(is_active=False)
    client.post(LOG_IN, {"user_name": "stangd", "password": PASSWORD})
    response = client.post(TEST_ID, {"personnummer": user.personnummer})
    assert response.status_code == 403 and "Kontot är stängt" in response.content.decode()
    assert _user_of(client) is None
    assert user.full_name not in client.get(TEST_ID).content.decode()


@pytest.mark.parametrize("typed", ["19900101-2385", "900101-2385", "9001012385", " 900101 - 2385 "])
def test_a_personnummer_is_typed_long_or_short(client: Client, typed: str) -> None:
    user = make_user(personnummer="199001012385")
    response = client.post(TEST_ID, {"personnummer": typed})
    assert (response.status_code, _user_of(client)) == (302, user.pk)


def test_a_short_number_of_somebody_new_is_kept_long(client: Client) -> None:
    response = client.post(TEST_ID, {"personnummer": "900103-2391"}, follow=True)
    assert "199001032391" in response.content.decode()


def test_the_session_gets_a_new_key_and_log_out_ends_it(client: Client) -> None:
    user = make_user()
    session = client.session
    session["basket"] = "kept"
    session.save()
    before = session.session_key
    client.post(TEST_ID, {"personnummer": user.personnummer})
    inside = client.session.session_key
    assert inside != before
    client.post(TEST_ID, {"personnummer": user.personnummer})
    assert client.session.session_key != inside
    response = client.post("/logga-ut/", follow=True)
    assert _user_of(client) is None and "Du är utloggad" in response.content.decode()
    assert not Session.objects.filter(session_key=inside).exists()
    assert Event.objects.filter(verb="user.logged_out", actor_id=user.pk).exists()


def test_log_out_is_a_post(client: Client) -> None:
    client.force_login(make_user())
    assert client.get("/logga-ut/")["location"] == "/"
    assert _user_of(client) is not None


def test_who_logs_out_after_the_session_has_ended_is_sent_to_log_in(client: Client) -> None:
    response = client.post("/logga-ut/")
    assert (response.status_code, response["location"]) == (302, "/logga-in/")
    assert not Event.objects.filter(verb="user.logged_out").exists()


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/studerande/?q=x", "/studerande/?q=x"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\\\elsewhere.example/", "/"),
        ("studerande", "/"),
        ("", "/"),
    ],
)
def test_next_leads_only_to_this_site(client: Client, wanted: str, leads_to: str) -> None:
    user = make_user(user_name="bjoamlin", password=PASSWORD)
    by_password = client.post(LOG_IN, {"user_name": "bjoamlin", "password": PASSWORD, "next": wanted})
    by_test_id = client.post(TEST_ID, {"personnummer": user.personnummer, "next": wanted})
    assert (by_password["location"], by_test_id["location"]) == (leads_to, leads_to)
    assert "elsewhere" not in client.get(LOG_IN, {"next": wanted}).content.decode()


def test_who_is_not_logged_in_is_sent_to_log_in_and_comes_back(client: Client) -> None:
    response = client.get("/mitt-konto/")
    assert response["location"] == "/logga-in/?next=/mitt-konto/"


def test_the_test_id_lists_staff_by_unit_with_roles_and_those_presented(client: Client) -> None:
    school = make_school(name="Björkskolan")
    make_staff(Role.TEACHER, school=school, first_name="Karin", last_name="Öst")
    make_staff(
        Role.GRADE_REGISTRAR, authority=make_authority(name="Mälarviks kommun"), first_name="Per", last_name="Holm"
    )
    make_user(first_name="Åke", last_name="Ekström", demo_note="har betyg")
    make_user(first_name="Osynlig", last_name="Student")
    page = client.get(TEST_ID).content.decode()
    for text in (
        "Björkskolan",
        "Karin Öst",
        "Lärare",
        "Mälarviks kommun",
        "Per Holm",
        "Betygsregistrator",
        "Har betyg",
    ):
        assert text in page
    assert "Osynlig" not in page


def test_a_new_test_person_is_asked_for_her_name_and_gets_an_account(client: Client) -> None:
    number = f"{OFFICIAL[0][:8]}-{OFFICIAL[0][8:]}"
    asked = client.post(TEST_ID, {"personnummer": number, "next": "/kurser/"}).content.decode()
    assert "Första gången här" in asked and OFFICIAL[0] in asked
    assert "Skriv" in asked or "Förnamn" in asked
    response = client.post(NEW, {"personnummer": number, "first_name": "Ny", "last_name": "Person", "next": "/kurser/"})
    user = User.objects.get(personnummer=OFFICIAL[0])
    assert (response["location"], _user_of(client), user.full_name) == ("/kurser/", user.pk, "Ny Person")


@pytest.mark.parametrize("number", [new_personnummer(), "199001012384", "abc", ""])
def test_only_official_test_numbers_become_new_persons(client: Client, number: str) -> None:
    for address in (TEST_ID, NEW):
        response = client.post(address, {"personnummer": number, "first_name": "A", "last_name": "B"})
        assert response.status_code == 200
    assert not User.objects.exists() and _user_of(client) is None


def test_production_has_no_test_id(client: Client, settings: Any) -> None:
    user = make_user(demo_note="syns inte")
    settings.DEMO = False
    assert client.get(TEST_ID).status_code == 404
    assert client.post(TEST_ID, {"personnummer": user.personnummer}).status_code == 404
    assert client.post(NEW, {"personnummer": OFFICIAL[0], "first_name": "A", "last_name": "B"}).status_code == 404
    assert _user_of(client) is None
    assert not re.search(
        r"test|demo", client.get(LOG_IN).content.decode().split("<main")[1].split("</main")[0], re.IGNORECASE
    )


def test_my_account_says_what_where_and_who_else(client: Client, django_assert_max_num_queries: Any) -> None:
    user = make_staff(Role.TEACHER, school=make_school(name="Björkskolan"))
    client.force_login(user)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("accounts:my_account")).content.decode()
    for text in (
        "Lärare",
        "Björkskolan",
        "tills vidare",
        "Sätta och låsa betyg i egna grupper",
        "Ta emot och godkänna",
    ):
        assert text in page
    client.force_login(make_user())
    assert "ingen roll som personal" in client.get("/mitt-konto/").content.decode()
