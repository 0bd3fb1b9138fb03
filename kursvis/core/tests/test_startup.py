"""Web and worker start only as the application's role; machines can ask whether the installation is ready."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.test import Client

from conftest import owner_connection
from kursvis.core import startup


@pytest.mark.django_db
def test_the_application_role_is_accepted() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(startup.POWER)
        assert cursor.fetchone() == (False, False)


def test_the_owner_is_refused(django_db_setup: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with owner_connection() as owner:
        monkeypatch.setattr(startup, "connection", owner)
        with pytest.raises(ImproperlyConfigured, match="kursvis_app"):
            startup.refuse_powerful_connection()


@pytest.mark.django_db
def test_health_says_ready(client: Client) -> None:
    response = client.get("/halsa/")
    assert (response.status_code, response.content) == (200, b"ready\n")
