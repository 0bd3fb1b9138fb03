"""A refusal costs the same whoever is named: the same statements and one password hash.

The clock is asked with a wide margin, for a busy machine; `make proof` takes 200 attempts of each case and holds them
to a tenth.
"""

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.timing import Attempts, apart, logins, medians, resets

pytestmark = pytest.mark.django_db
MOST_APART_ON_A_BUSY_MACHINE = 1.0
"""A password that is not hashed lies far beyond this, each time that it is measured; a busy moment does not."""


def _statements(cases: Attempts) -> dict[str, list[str]]:
    """Return what each case asks of the database, without the values."""
    found = {}
    for case, attempt in cases.items():
        with CaptureQueriesContext(connection) as queries:
            attempt(Client())
        found[case] = [re.sub(r"'[^']*'|\b\d+\b", "?", query["sql"]) for query in queries]
    return found


@pytest.mark.parametrize("cases", [logins, resets])
def test_the_database_is_asked_the_same_whoever_is_named(cases: object) -> None:
    assert callable(cases)
    found = _statements(cases())
    shapes = {tuple(statement.split()[0] for statement in statements) for statements in found.values()}
    assert len(shapes) == 1, found


def test_every_refused_login_hashes_one_password(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    cases = logins()
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *given: hashed.append(1) or verify(*given))
    for case, attempt in cases.items():
        hashed.clear()
        attempt(Client())
        assert len(hashed) == 1, case


def test_the_clock_tells_little_even_of_a_few_attempts() -> None:
    cases = logins()
    calmest = min((medians(7, cases) for _ in range(3)), key=apart)
    assert apart(calmest) < MOST_APART_ON_A_BUSY_MACHINE, calmest
