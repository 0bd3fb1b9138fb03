"""Tests run on a real PostgreSQL, connected as the application's role; the owner only makes and cleans the database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

import hypothesis
import psycopg
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import call_command
from django.db import connections, transaction

# A slow machine gives no wrong answer; the whole run has its limit.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
if "KURSVIS_PROOF_FILE" not in os.environ:  # measurements hash as in earnest; tests make hundreds of accounts
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 1_024

KEPT = ("django_migrations", "django_content_type", "auth_permission")


def owner_connection(database: str | None = None) -> "psycopg.Connection[Any]":
    """Connect as the owner of the tables."""
    settings = connections["owner"].settings_dict
    return psycopg.connect(
        dbname=database or settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"] or None,
        autocommit=True,
    )


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Let every connection of this process lead to another database, until the block ends."""
    before = connections["default"].settings_dict["NAME"]
    _lead_to(name)
    yield
    _lead_to(before)


def _lead_to(name: str) -> None:
    connections.close_all()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def database(name: str) -> Iterator[str]:
    """Make an empty database for as long as the block lasts."""
    server = connections["owner"].settings_dict["NAME"]
    with owner_connection(server) as owner:
        owner.execute(f'CREATE DATABASE "{name}"')
    yield name
    with owner_connection(server) as owner:
        _drop(owner, name)


def _drop(owner: "psycopg.Connection[Any]", name: str) -> None:
    """Drop a database, with some patience: a thread that served a browser may just be closing its connection."""
    for _ in range(100):
        try:
            owner.execute(f'DROP DATABASE "{name}"')
            return
        except psycopg.errors.ObjectInUse:
            sleep(0.1)
    owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """Make one database for this test process, migrated by the owner."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    with database(f"test_kursvis_{worker}_{os.getpid()}") as name, connected_to(name):
        with django_db_blocker.unblock():
            call_command("migrate", database="owner", verbosity=0)
        yield


@pytest.fixture(scope="session")
def walked(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Make one more database, with the demo's walks in it: once for a test process, for it takes long."""
    from kursvis.core import time
    from kursvis.demo.services.whole import make_demo

    with database(f"{connections['default'].settings_dict['NAME']}_walked") as name:
        with connected_to(name), django_db_blocker.unblock():
            call_command("migrate", database="owner", verbosity=0)
            make_demo(size="walks", today=time.today())
        yield name


@pytest.fixture
def walks(walked: str, django_db_blocker: Any) -> Iterator[None]:
    """Let the test find the demo with its walks, in place of an empty database; what it changes is rolled back."""
    with connected_to(walked), django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let the test commit for real (threads, browsers); afterwards the owner empties every table."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        clean()


def clean() -> None:
    """Empty every table but the migrations'. Needs the owner: the application may not TRUNCATE."""
    with owner_connection() as owner:
        rows = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = ", ".join(f'"{name}"' for (name,) in rows if name not in KEPT)
        owner.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
