"""A directory for tests, who is in it, and a browser's way there and back."""

import re
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.login.directory.services import set_up
from kursvis.accounts.models import Directory, DirectoryName, User
from kursvis.accounts.tests.factories import make_staff
from kursvis.accounts.tests.issuer import CLIENT_ID, SECRET
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority


def make_directory(address: str, monkeypatch: pytest.MonkeyPatch, **given: Any) -> Directory:
    authority = given.pop("authority", None) or make_authority()
    monkeypatch.setenv(f"KURSVIS_OIDC_SECRET_{authority.prefix.upper()}", SECRET)
    usual = {"name": "Mälarvik", "issuer": address, "client_id": CLIENT_ID, "named_by": "sub", "personnummer_claim": ""}
    return set_up.set_up(authority=authority, is_active=True, by=SYSTEM, now=time.now(), **{**usual, **given})


def make_colleague(directory: Directory, subject: str = "amina-1", role: Role = Role.ADMISSIONS_OFFICER) -> User:
    user = make_staff(role, authority=directory.authority)
    if subject:
        DirectoryName.objects.create(directory=directory, user=user, subject=subject)
    return user


def begins(directory: Directory, browser: Browser, **query: str) -> str:
    response = browser.get(reverse("accounts:directory", args=[directory.uuid]), query)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def comes_back(directory: Directory, browser: Browser, answer: str) -> Any:
    return browser.get(f"{reverse('accounts:directory_answer', args=[directory.uuid])}?{answer}")


def is_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.session


def text_of(response: Any) -> str:
    main = response.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.partition(">")[2]))
