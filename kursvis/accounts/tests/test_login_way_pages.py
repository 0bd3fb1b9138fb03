"""*Sätt att logga in*, and what a colleague is called in the directory, as who sets the municipality up meets them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.models import AllowedWays, Directory, DirectoryName, User
from kursvis.accounts.rules.login_ways import LoginWay
from kursvis.accounts.services.login_ways import allow_ways
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import PASSWORD, make_staff, make_user
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Authority
from kursvis.organisation.tests.factories import make_authority

pytestmark = pytest.mark.django_db
P, E, D = LoginWay.PASSWORD, LoginWay.ELECTRONIC_ID, LoginWay.DIRECTORY


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def system(authority: Authority) -> User:
    return make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority, user_name="malsysad")


@pytest.fixture
def browser(system: User) -> Browser:
    return as_user(system)


def allow(authority: Authority, *ways: LoginWay, days: int = 0) -> AllowedWays:
    starts_on = time.today() + timedelta(days=days)
    return allow_ways(authority=authority, ways=frozenset(ways), starts_on=starts_on, by=SYSTEM, now=time.now())


def make_directory(authority: Authority, *, is_active: bool = True) -> Directory:
    return Directory.objects.create(
        authority=authority, name="Katalogen", issuer="https://k.example", client_id="kursvis", is_active=is_active
    )


def test_a_decision_is_made_from_a_day_shown_and_taken_back(
    browser: Browser, authority: Authority, django_assert_max_num_queries: Any
) -> None:
    tomorrow = time.today() + timedelta(days=1)
    form, page = reverse("accounts:allow_ways"), reverse("accounts:login_ways")
    answer = browser.post(form, {"ways": ["electronic_id"], "starts_on": tomorrow.isoformat()})
    assert answer.status_code == 302 and answer["Location"] == f"{page}?kommun={authority.uuid}"
    row = AllowedWays.objects.get()
    assert row.ways() == {E}
    event = Event.objects.get(verb="login_ways.set")
    assert event.detail["ways"] == [["directory", "electronic_id", "password"], ["electronic_id"]]
    make_directory(authority)
    with django_assert_max_num_queries(15):
        text = browser.get(page).content.decode()
    assert "Kommande" in text and tomorrow.isoformat() in text and "KURSVIS_OIDC_SECRET_" in text
    assert browser.post(reverse("accounts:take_back_ways", args=[row.uuid])).status_code == 302
    assert not AllowedWays.objects.exists()


@pytest.mark.parametrize(
    "ways, starts_on, says",
    [
        ([], 0, "Välj minst ett sätt"),
        (["password"], 0, "ingen av kommunens systemadministratörer komma in"),
        (["directory"], 0, "ingen av kommunens systemadministratörer komma in"),
        (["electronic_id"], -1, "har varit"),
    ],
)
def test_what_would_shut_everybody_out_or_change_the_past_is_refused(
    browser: Browser, ways: list[str], starts_on: int, says: str
) -> None:
    day = time.today() + timedelta(days=starts_on)
    answer = browser.post(reverse("accounts:allow_ways"), {"ways": ways, "starts_on": day.isoformat()})
    assert answer.status_code == 200 and says in answer.content.decode() and not AllowedWays.objects.exists()


def test_the_directory_counts_for_an_administrator_when_she_has_come_in_by_it(
    authority: Authority, system: User
) -> None:
    directory = make_directory(authority)
    name = DirectoryName.objects.create(directory=directory, user=system, subject="s")
    with pytest.raises(Refused, match="lock_out"):
        allow(authority, D)
    DirectoryName.objects.filter(pk=name.pk).update(used_at=time.now())
    allow(authority, D)
    User.objects.filter(pk=system.pk).update(locked_at=time.now(), lock_reason="colleague")
    with pytest.raises(Refused, match="lock_out"):
        allow(authority, E, D)


def test_the_only_directory_that_an_administrator_comes_in_by_is_not_closed(
    browser: Browser, authority: Authority, system: User
) -> None:
    directory = make_directory(authority)
    DirectoryName.objects.create(directory=directory, user=system, subject="s", used_at=time.now())
    allow(authority, D, days=3)
    typed = {"name": "Katalogen", "issuer": "https://k.example", "client_id": "kursvis", "named_by": "sub"}
    answer = browser.post(reverse("accounts:set_up_directory"), typed)
    assert answer.status_code == 200 and "ingen av kommunens systemadministratörer" in answer.content.decode()
    assert Directory.objects.get().is_active


def test_a_directory_is_set_up_and_what_was_typed_wrong_stays(browser: Browser, authority: Authority) -> None:
    address = reverse("accounts:set_up_directory")
    typed = {"name": "Mälarvik", "issuer": "http://k.example", "client_id": "kursvis", "named_by": "sub"}
    wrong = browser.post(address, typed).content.decode()
    assert "ska börja med https://" in wrong and 'value="http://k.example"' in wrong
    assert browser.post(address, typed | {"issuer": "https://k.example", "is_active": "on"}).status_code == 302
    row = Directory.objects.get()
    assert (row.authority, row.issuer, row.is_active) == (authority, "https://k.example", True)
    assert Event.objects.get(verb="directory.set_up").detail["changes"]["issuer"] == [None, "https://k.example"]
    page = browser.get(reverse("accounts:login_ways")).content.decode()
    assert f"/logga-in/katalog/{row.uuid}/svar/" in page and "Hemligheten saknas" in page


def test_an_administrator_writes_what_a_colleague_is_called(browser: Browser, authority: Authority) -> None:
    make_directory(authority)
    user = make_staff(Role.ECONOMIST, authority=authority, user_name="malamlin", personnummer=None)
    page, form = (reverse(f"accounts:{name}", args=[user.uuid]) for name in ("person", "directory_name"))
    assert "Kan inte logga in" in browser.get(page).content.decode()
    assert browser.post(form, {"subject": "amina"}).status_code == 302
    text = browser.get(page).content.decode()
    assert "amina" in text and "Kan inte logga in" not in text
    other = make_staff(Role.ECONOMIST, authority=authority, user_name="malamlin2")
    answer = browser.post(reverse("accounts:directory_name", args=[other.uuid]), {"subject": "amina"})
    assert "står redan på en annan persons konto" in answer.content.decode()


def test_a_closed_password_is_refused_to_staff_and_open_to_students(authority: Authority, system: User) -> None:
    allow(authority, E)
    make_user(user_name="student", password=PASSWORD)
    make_staff(Role.ECONOMIST, authority=authority, user_name="malamlin", password=PASSWORD)
    for name, status in (("malamlin", 403), ("student", 302)):
        browser = Browser()
        answer = browser.post("/logga-in/", {"user_name": name, "password": PASSWORD})
        assert answer.status_code == status, name
    make_staff(Role.ECONOMIST, authority=make_authority(), user_name="fritt", password=PASSWORD)
    assert Browser().post("/logga-in/", {"user_name": "fritt", "password": PASSWORD}).status_code == 302
