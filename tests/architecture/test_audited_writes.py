"""Every transaction that changes business data writes an audit event in the same transaction.

A trigger on every table notes which transaction wrote to it; the whole demo is then walked by the services. A
table that is
free of the rule stands in `FREE`, with its reason.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection

from conftest import owner_connection
from kursvis.demo.services.whole import make_demo
from kursvis.organisation.models import Authority
from kursvis.post.models import Message

FREE = {
    "audit_event": "the log itself",
    "audit_batch": "the log's seal, over events that are in it already",
    "core_clockoffset": "the demo's date: no business data, and it does not exist in production",
    "demo_demomail": "the demo's mailbox: what was mailed stands in post_message, and it does not exist in production",
    "work_runrow": "the rows that a run goes through: the run, and each row's own step, are in the log",
    "accounts_device": "browsers that somebody has logged in with: the login itself is in the log",
    "core_ratelimit": "how often something was tried: the lock that follows is in the log",
    "accounts_savedform": "what somebody had typed but not saved: nothing has been decided or changed",
    "django_session": "sessions",
    "accounts_bankidorder": "a login under way, erased when it is used",
    "django_migrations": "the owner's own record",
    "django_content_type": "made by migrate",
    "auth_permission": "made by migrate; Kursvis has its own permissions",
    "auth_group": "not used",
    "auth_group_permissions": "not used",
    "procrastinate_jobs": "the queue",
    "procrastinate_events": "the queue",
    "procrastinate_periodic_defers": "the queue",
    "procrastinate_workers": "the queue",
    "noted_writes": "this test",
}
TODAY = date(2026, 11, 23)

SETUP = """
CREATE TABLE noted_writes (xid xid8 NOT NULL, tablename text NOT NULL);
CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO noted_writes VALUES (pg_current_xact_id(), TG_TABLE_NAME); RETURN NULL; END $$;
"""


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def noted(committed: None) -> Iterator[None]:
    tables = _tables()
    with owner_connection() as owner:
        owner.execute(SETUP)
        for name in tables:
            owner.execute(
                f'CREATE TRIGGER note_write AFTER INSERT OR UPDATE OR DELETE ON "{name}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION note_write()"
            )
    yield
    with owner_connection() as owner:
        for name in tables:
            owner.execute(f'DROP TRIGGER note_write ON "{name}"')
        owner.execute("DROP FUNCTION note_write(); DROP TABLE noted_writes")


def _unaudited() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tablename FROM noted_writes w WHERE NOT tablename = ANY(%s) AND NOT EXISTS "
            "(SELECT 1 FROM noted_writes a WHERE a.xid = w.xid AND a.tablename = 'audit_event')",
            [list(FREE)],
        )
        return {name for (name,) in cursor.fetchall()}


def _written() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM noted_writes")
        return {name for (name,) in cursor.fetchall()}


def test_every_step_of_the_demo_is_in_the_log(noted: None) -> None:
    make_demo(size="walks", today=TODAY)
    assert _unaudited() == set()
    business = {name for name in _tables() if name not in FREE}
    assert business - _written() == set(), "the walks do not reach these tables"


def test_a_write_outside_the_log_is_seen(noted: None) -> None:
    authority = Authority.objects.create(
        name="X",
        adult_education_name="X",
        municipality_code="9901",
        organisation_number="559900-0014",
        catalogue_address="X",
        email="x@x.example",
    )
    Message.objects.filter(authority=authority).update(status="sent")
    assert _unaudited() == {"organisation_authority", "post_message"}


def test_the_list_names_only_tables_that_exist(noted: None) -> None:
    assert set(FREE) <= set(_tables())
