"""Every address × every role × own, other school, other authority, protected."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kursvis.accounts.models import User
from kursvis.accounts.tests.browsers import confirm
from kursvis.demo.rules.cast import CAST, CastMember, member
from tests.access.matrix import LOGGED_IN, MATRIX, OWNER, PUBLIC, Row
from tests.access.world import OF_MUNICIPALITY, PROTECTED, ZONES, World, covers, works_in_municipality

SHARES = 8
ENDS_THE_SESSION = {"accounts:log_out", "accounts:log_out_everywhere", "accounts:not_me"}
"""Not asked here: the asker would be somebody else afterwards. Tested in kursvis/accounts/tests."""
NAMES_EVERYBODY = "accounts:pick_test_person"
"""The demo's own door, where one chooses whom to be; it does not exist in production."""


def _names(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}:{pattern.name}"


def test_every_address_stands_in_the_matrix() -> None:
    assert set(_names(get_resolver().url_patterns)) == set(MATRIX)


class Asker:
    """Asks for addresses as one person; what a request changes is rolled back."""

    def __init__(self, person: CastMember | None) -> None:
        self.client = Client(raise_request_exception=False)
        if person:
            user = User.objects.get(personnummer=person.personnummer)
            self.client.force_login(user, backend="kursvis.accounts.backends.ElectronicIdBackend")
            confirm(self.client, user)

    def asks(self, address: str, *, post: bool) -> Any:
        with transaction.atomic():
            response = self.client.post(address, {}) if post else self.client.get(address)
            transaction.set_rollback(True)
        return response


def _expected(row: Row, person: CastMember | None, zone: str, *, owns: bool) -> bool:
    if row.reach == PUBLIC:
        return True
    if person is None:
        return False
    if row.reach == LOGGED_IN:
        return True
    if row.sealed and zone == PROTECTED:
        return False
    if row.reach == OWNER or owns and row.target == "letter":
        return owns
    covered = works_in_municipality if row.target in OF_MUNICIPALITY else covers
    return person.role in row.reach and (row.target is None or row.target == "course" or covered(person, zone))


def _reached(response: Any) -> bool:
    if response.status_code == 302 and response["Location"].startswith("/logga-in/"):
        return False
    assert response.status_code < 500, (response.request["PATH_INFO"], response.status_code)
    return response.status_code not in (403, 404)


def _address(name: str, row: Row, zone: str, world: World) -> str:
    arguments = {row.argument: world.uuid_of(row.target, zone)} if row.target else {}
    return reverse(name, kwargs=arguments)


@pytest.fixture
def short_refusals(caplog: pytest.LogCaptureFixture, settings: Any) -> None:
    """Let refusals be answered, and logged, shortly: most answers are, and nothing here reads their page."""
    settings.ROOT_URLCONF = "tests.access.urls"
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.mark.parametrize("share", range(SHARES))
def test_who_reaches_what(share: int, walks: None, short_refusals: None) -> None:
    """Ask every address as a share of the people, so that the shares can be asked side by side."""
    world = World()
    asked, wrong = 0, []
    secret = member("protected_student")
    for person in (*CAST, None)[share::SHARES]:
        asker = Asker(person)
        for name, row in MATRIX.items():
            if name in ENDS_THE_SESSION:
                continue
            for zone in ZONES[row.target]:
                owns = person is not None and person.personnummer == world.owner_number(zone)
                response = asker.asks(_address(name, row, zone, world), post=row.post)
                asked += 1
                who = person.key if person else "anonymous"
                if _reached(response) != (
                    name == "portal:start" and person is None or _expected(row, person, zone, owns=owns)
                ):
                    wrong.append((name, who, zone, response.status_code))
                if (
                    person is not secret
                    and name != NAMES_EVERYBODY
                    and not response.streaming
                    and secret.last_name.encode() in response.content
                ):
                    wrong.append((name, who, zone, "names the protected person"))
    assert not wrong, "\n".join(map(str, wrong))
    assert asked > 3000 / SHARES


def test_a_page_that_refuses_names_nobody_protected(walks: None) -> None:
    world, name = World(), member("protected_student").last_name.encode()
    for person in (*CAST, None):
        if person is member("protected_student"):
            continue
        asker, row = Asker(person), MATRIX["portal:person"]
        refused = asker.asks(_address("portal:person", row, PROTECTED, world), post=True)
        missing = asker.asks("/finns-inte/", post=False)
        assert name not in refused.content and name not in missing.content
        assert missing.status_code in (302, 404)
