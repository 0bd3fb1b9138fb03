"""Every transaction that changes business data writes an audit event in the same transaction.

A trigger on every table notes which transaction wrote to it; the whole demo is then walked by the services. A table
that is free of the rule stands in `FREE`, with its reason. Of the tables in `TAKEN_BACK`, which the log can take back
to what they were, it notes the columns too: the event of the same transaction names each of them.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from conftest import owner_connection
from kursvis.access.actors import SYSTEM
from kursvis.accounts.rules.login_ways import LoginWay
from kursvis.accounts.services.login_ways import allow_ways
from kursvis.audit.models import Event
from kursvis.audit.queries.chain import verify
from kursvis.audit.services import seal
from kursvis.core import time
from kursvis.demo.rules.cast import MALARVIK
from kursvis.demo.services.directory import point_at
from kursvis.demo.services.whole import make_demo
from kursvis.organisation.models import Authority
from kursvis.people.models import Student
from kursvis.people.tests.factories import make_student
from kursvis.post.models import Message

FREE = {
    "audit_event": "the log itself",
    "audit_batch": "the log's seal, over events that are in it already",
    "core_clockoffset": "the demo's date: no business data, and it does not exist in production",
    "demo_demomail": "the demo's mailbox: what was mailed stands in post_message, and it does not exist in production",
    "catalogue_offerimportrow": "the rows of a file: the file, its run, and what each row did are in the log",
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
    "noted_columns": "this test",
}
NOT_WALKED = {
    "accounts_calendarlink": "nobody makes a calendar address in a walk; its events: see portal/tests/test_feed.py",
    "public_feedback": "no visitor writes in a walk; its events: see public/tests/test_feedback.py",
    "grades_cataloguesignature": "nobody signs in a walk; its event: see grades/tests/test_signing.py",
}
"""Tables that the rule holds for, though the demo's walks do not write to them."""
TAKEN_BACK = {
    "people_student": "people.student",
    "admissions_choice": "admissions.choice",
    "studies_enrolment": "studies.enrolment",
    "grades_grade": "grades.grade",
}
TODAY = date(2026, 11, 23)

SETUP = """
CREATE TABLE noted_writes (xid xid8 NOT NULL, tablename text NOT NULL);
CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO noted_writes VALUES (pg_current_xact_id(), TG_TABLE_NAME); RETURN NULL; END $$;
CREATE TABLE noted_columns (xid xid8 NOT NULL, subject text NOT NULL, id bigint, columns text[], is_told boolean);
CREATE FUNCTION note_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO noted_columns SELECT pg_current_xact_id(), TG_ARGV[0], NEW.id, CASE TG_OP WHEN 'INSERT' THEN '{made}'
        ELSE ARRAY(SELECT n.key FROM jsonb_each(to_jsonb(NEW)) n JOIN jsonb_each(to_jsonb(OLD)) o USING (key)
                   WHERE n.value <> o.value AND n.key <> ALL (%s)) END, false;
    RETURN NULL;
END $$;
CREATE FUNCTION note_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO noted_columns VALUES (pg_current_xact_id(), NEW.subject, NEW.subject_id,
        NEW.changed_fields || CASE WHEN NEW.is_creation THEN '{made}'::text[] ELSE '{}' END, true);
    RETURN NULL;
END $$;
CREATE TRIGGER note_told AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION note_told();
"""
UNTOLD = """
SELECT DISTINCT subject, untold FROM noted_columns w, unnest(w.columns) untold
WHERE NOT is_told AND NOT EXISTS (
    SELECT 1 FROM noted_columns t WHERE t.is_told AND t.xid = w.xid AND t.subject = w.subject AND t.id = w.id
        AND untold = ANY (t.columns)
)
"""
GENERATED = "'{listed_name,listed_personnummer,name_key}'"


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def noted(committed: None) -> Iterator[None]:
    tables = _tables()
    with owner_connection() as owner:
        owner.execute(SETUP % GENERATED)
        for name, subject in TAKEN_BACK.items():
            owner.execute(
                f"CREATE TRIGGER note_columns AFTER INSERT OR UPDATE ON {name} "
                f"FOR EACH ROW EXECUTE FUNCTION note_columns('{subject}')"
            )
        for name in tables:
            owner.execute(
                f'CREATE TRIGGER note_write AFTER INSERT OR UPDATE OR DELETE ON "{name}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION note_write()"
            )
    yield
    with owner_connection() as owner:
        for name in tables:
            owner.execute(f'DROP TRIGGER note_write ON "{name}"')
        for name in TAKEN_BACK:
            owner.execute(f"DROP TRIGGER note_columns ON {name}")
        owner.execute("DROP TRIGGER note_told ON audit_event; DROP FUNCTION note_told(), note_columns(), note_write()")
        owner.execute("DROP TABLE noted_writes, noted_columns")


def _unaudited() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tablename FROM noted_writes w WHERE NOT tablename = ANY(%s) AND NOT EXISTS "
            "(SELECT 1 FROM noted_writes a WHERE a.xid = w.xid AND a.tablename = 'audit_event')",
            [list(FREE)],
        )
        return {name for (name,) in cursor.fetchall()}


def _untold() -> set[tuple[str, str]]:
    """Return the columns that were changed without the log saying from what to what."""
    with connection.cursor() as cursor:
        cursor.execute(UNTOLD)
        return set(cursor.fetchall())


def _written() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM noted_writes")
        return {name for (name,) in cursor.fetchall()}


def test_every_step_of_the_demo_is_in_the_log(noted: None) -> None:
    make_demo(size="walks", today=TODAY)
    point_at(issuer="http://127.0.0.1:1", now=time.now())
    malarvik = Authority.objects.get(name=MALARVIK)
    allow_ways(authority=malarvik, ways=frozenset(LoginWay), starts_on=time.today(), by=SYSTEM, now=time.now())
    assert _unaudited() == set()
    assert _untold() == set()
    assert seal(now=time.now()) == Event.objects.count() == verify().events
    business = {name for name in _tables() if name not in FREE}
    assert business - _written() - set(NOT_WALKED) == set(), "the walks do not reach these tables"


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


def test_a_change_that_is_not_told_is_seen(noted: None) -> None:
    student = make_student()
    Student.objects.filter(pk=student.pk).update(first_name="Annan", phone="1")
    assert _untold() == {("people.student", "first_name"), ("people.student", "phone")}


PAST_THE_LOG = re.compile(
    r"\b(?:Student|Choice|Enrolment|Grade)\.objects\b[^\n]*\.(?:update|bulk_update|update_or_create)\("
    r"|^ +(?:move|change|advance)\((?:student|choice|enrolment|grade|fresh|locked)\b",
    flags=re.MULTILINE,
)
"""A write that `core.transitions` does not see, or one whose changes are thrown away."""


def test_services_write_what_is_taken_back_so_that_the_log_can_tell() -> None:
    services = (path for path in Path("kursvis").rglob("*.py") if "services" in str(path))
    files = [path for path in services if not {"demo", "tests"} & set(path.parts)]
    found = {str(path): PAST_THE_LOG.findall(path.read_text(encoding="utf-8")) for path in files}
    assert len(files) > 40 and {path: writes for path, writes in found.items() if writes} == {}
    assert PAST_THE_LOG.search("    Grade.objects.filter(pk=1).update(value='A')")
    assert PAST_THE_LOG.search("    move(fresh, new)") and not PAST_THE_LOG.search("    changes = move(fresh, new)")


def test_the_list_names_only_tables_that_exist(noted: None) -> None:
    assert set(FREE) <= set(_tables())
