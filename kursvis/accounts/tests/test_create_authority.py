"""From an empty installation to somebody who can log in."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from kursvis.accounts.models import Assignment, User
from kursvis.accounts.tests.factories import OFFICIAL, make_user
from kursvis.audit.models import Event
from kursvis.catalogue.models import NationalCourse
from kursvis.organisation.models import Authority

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {
    "name": "Mälarviks kommun",
    "adult_education_name": "Mälarviks vuxenutbildning",
    "municipality_code": "9901",
    "organisation_number": "219900-0015",
    "catalogue_address": "Mälarviks kommun, Betygsarkivet, 990 10 Mälarvik",
    "email": "vux@example.org",
    "personnummer": "19900101-2385",
    "first_name": "Sofia",
    "last_name": "Lindberg",
    "administrator_email": "sofia@example.org",
}


def create(**changes: Any) -> str:
    out = StringIO()
    call_command("create_authority", **{"without_register": True} | TOLD | changes, stdout=out)
    return out.getvalue()


def test_the_link_lets_the_first_administrator_choose_a_password_and_log_in(settings: Any, client: Client) -> None:
    settings.ADDRESS = "https://kursvis.example"
    said = create()
    authority, user = Authority.objects.get(), User.objects.get()
    assert (authority.prefix, user.user_name) == ("mal", "malsolin")
    assert authority.catalogue_address.splitlines() == ["Mälarviks kommun", "Betygsarkivet", "990 10 Mälarvik"]
    assert Assignment.objects.get().role == "system_administrator" and Assignment.objects.get().status == "granted"
    found = re.search(r"https://kursvis\.example(/lank/\S+)", said)
    assert found and "malsolin" in said
    password = "ett riktigt långt lösenord"
    client.post(found[1], {"password": password, "again": password})
    client.post("/logga-in/", {"user_name": "malsolin", "password": password})
    assert client.get("/personal/").status_code == 200
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"authority.created", "user.created", "user.assigned", "user.link_made"} <= verbs


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"personnummer": "19900101-2384"}, "--personnummer: Kontrollsiffran"),
        ({"municipality_code": "99"}, "--municipality-code: Kommunkoden har fyra siffror"),
        ({"organisation_number": "219900-0016"}, "kontrollsiffra stämmer inte"),
        ({"prefix": "m1"}, "prefix"),
        ({"email": "nej"}, "--email:"),
        ({"name": ""}, "--name: Detta fält måste fyllas i"),
    ],
)
def test_nonsense_is_refused_with_why_and_nothing_is_created(changes: dict[str, str], told: str) -> None:
    with pytest.raises(CommandError) as refusal:
        create(**changes)
    assert told in str(refusal.value)
    assert not Authority.objects.exists() and not User.objects.exists()


def test_a_second_municipality_may_have_the_same_administrator_but_not_the_same_name() -> None:
    create()
    with pytest.raises(CommandError, match="Mälarviks kommun"):
        create()
    with pytest.raises(CommandError, match="Namnet stämmer inte"):
        create(name="Granhults kommun", organisation_number="219900-0023", last_name="Fel")
    create(name="Granhults kommun", organisation_number="219900-0023")
    assert User.objects.count() == 1 and Assignment.objects.count() == 2


def test_a_person_with_an_own_account_keeps_it_and_gets_no_link() -> None:
    make_user(personnummer=OFFICIAL[0], first_name="Sofia", last_name="Lindberg")
    said = create()
    assert "/lank/" not in said and Assignment.objects.count() == 1


def test_the_register_of_courses_is_loaded_unless_told_not_to() -> None:
    create(without_register=False)
    assert NationalCourse.objects.count() > 1000
