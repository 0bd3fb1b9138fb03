"""The delegation register: kept by who keeps the municipality's settings, ended but never rewritten."""

from datetime import timedelta
from typing import Any

import pytest

from kursvis.access.rules import Role
from kursvis.accounts.models import Delegation, User
from kursvis.accounts.services.delegations import end_delegation
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.accounts.tests.test_staff_pages import client_of, page
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.tests.races import race
from kursvis.organisation.models import Authority
from kursvis.organisation.tests.factories import make_authority

LIST, NEW = "/installningar/delegationer/", "/installningar/delegationer/ny/"


def typed(authority: Authority, **changes: Any) -> dict[str, Any]:
    values = {
        "authority": str(authority.uuid),
        "decision": "reception",
        "role": "admissions_officer",
        "person": "",
        "reference": "Delegationsordning 2026, punkt 4.3",
        "starts_on": time.today().isoformat(),
        "ends_on": "",
    }
    return values | changes


@pytest.fixture
def keeper(db: None) -> User:
    return make_staff(Role.SYSTEM_ADMINISTRATOR, authority=make_authority(name="Mälarviks kommun"))


def _authority() -> Authority:
    return Authority.objects.get(name="Mälarviks kommun")


def test_a_delegation_to_a_role_or_a_person_is_recorded_and_ended(keeper: User) -> None:
    authority, client = _authority(), client_of(keeper)
    officer = make_staff(Role.ADMISSIONS_OFFICER, authority=authority, user_name="maroff")
    Delegation.objects.all().delete()
    page(client, NEW, **typed(authority))
    shown = page(client, NEW, **typed(authority, role="", person=" MarOff ", decision="admission"))
    assert "alla med rollen antagningshandläggare" in shown and officer.full_name in shown
    first = Delegation.objects.get(role="admissions_officer")
    address = f"{LIST}{first.uuid}/avsluta/"
    yesterday = time.today() - timedelta(days=1)
    assert "Den dagen har varit" in page(client, address, ends_on=(time.today() - timedelta(days=2)).isoformat()) or (
        "före den första" in page(client, address, ends_on=yesterday.isoformat())
    )
    page(client, address, ends_on=time.today().isoformat())
    first.refresh_from_db()
    assert first.ends_on == time.today() and first.uuid.hex
    assert Event.objects.filter(subject="accounts.delegation", verb="delegation.ended").count() == 1


def test_a_person_is_found_by_her_name_unless_two_have_it(keeper: User) -> None:
    authority, client = _authority(), client_of(keeper)
    officer = make_staff(Role.ADMISSIONS_OFFICER, authority=authority)
    User.objects.filter(pk=officer.pk).update(first_name="Johan", last_name="Ekdal")
    page(client, NEW, **typed(authority, role="", person=" johan  ekdal "))
    assert Delegation.objects.filter(user=officer).count() == 1
    other = make_staff(Role.ADMISSIONS_OFFICER, authority=authority)
    User.objects.filter(pk=other.pk).update(first_name="Johan", last_name="Ekdal")
    assert "skriv användarnamnet" in page(client, NEW, **typed(authority, role="", person="Johan Ekdal"))


def test_what_has_ended_is_shown_with_show_inactive(keeper: User) -> None:
    authority, client = _authority(), client_of(keeper)
    page(client, NEW, **typed(authority, starts_on="2025-01-01", ends_on="2025-12-31"))
    assert "punkt 4.3" not in page(client, LIST)
    User.objects.filter(pk=keeper.pk).update(shows_inactive=True)
    assert "punkt 4.3" in page(client, LIST)
    ended = Delegation.objects.get()
    told = page(client, f"{LIST}{ended.uuid}/avsluta/", ends_on=time.today().isoformat())
    assert "Delegationen slutade 2025-12-31" in told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"role": "", "person": ""}, "antingen en roll eller en person"),
        ({"role": "", "person": "ingen"}, "Ingen i kommunens personal"),
        ({"decision": ""}, "Detta fält måste fyllas i"),
        ({"reference": ""}, "Detta fält måste fyllas i"),
        ({"ends_on": "2020-01-01"}, "före den första"),
    ],
)
def test_wrong_typing_is_told_and_stays(keeper: User, changes: dict[str, str], told: str) -> None:
    shown = page(client_of(keeper), NEW, **typed(_authority(), **changes))
    assert told in shown and f'value="{time.today()}"' in shown
    assert not Delegation.objects.exists()


def test_no_decision_is_chosen_beforehand_and_one_of_role_and_person_is_asked_for(keeper: User) -> None:
    shown = client_of(keeper).get(NEW).content.decode()
    assert '<option value="" selected>Välj …</option>' in shown
    assert shown.count("(en av de två behövs)") == 2 and shown.count("(frivilligt)") == 1


def test_another_municipality_and_its_people_are_out_of_reach(keeper: User) -> None:
    other = make_authority()
    stranger = make_staff(Role.ADMISSIONS_OFFICER, authority=other, user_name="gramar")
    row = Delegation.objects.get(authority=other)
    client = client_of(keeper)
    assert client.get(f"{LIST}{row.uuid}/avsluta/").status_code == 404
    assert "Ingen i kommunens personal" in page(
        client, NEW, **typed(_authority(), role="", person=str(stranger.user_name))
    )
    page(client, NEW, **typed(other))
    assert Delegation.objects.filter(authority=other).count() == 1


def test_eight_end_a_delegation_at_once(committed: None) -> None:
    keeper = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=make_authority(name="Mälarviks kommun"))
    page(client_of(keeper), NEW, **typed(_authority()))
    row, by, now, today = Delegation.objects.get(), actor(keeper), time.now(), time.today()
    copies = [Delegation.objects.get(pk=row.pk) for _ in range(8)]
    told = race(lambda n: end_delegation(delegation=copies[n], ends_on=today, by=by, now=now, today=today))
    assert told == ["core.changed_meanwhile"] * 7 + ["won"]
