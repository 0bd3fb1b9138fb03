"""A municipality's directory, for tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from kursvis.accounts.models import Directory
from kursvis.accounts.tests.directories import make_directory
from kursvis.accounts.tests.issuer import Issuer, run_issuer


@pytest.fixture(scope="module")
def running() -> Iterator[Issuer]:
    with run_issuer() as issuer:
        yield issuer


@pytest.fixture
def issuer(running: Issuer, settings: Any) -> Issuer:
    running.description, running.token_error, running.asked = {}, "", []
    settings.ADDRESS = "http://testserver"
    return running


@pytest.fixture
def directory(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> Directory:
    return make_directory(issuer.address, monkeypatch)
