"""What was written before events were salted and digested: filled in by the owner, part by part."""

import json
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import connections

from conftest import owner_connection
from kursvis.audit.models import Event
from kursvis.audit.queries.chain import verify
from kursvis.audit.rules import detail_digest
from kursvis.audit.services import seal
from kursvis.core import time

FILL = import_module("kursvis.audit.migrations.0004_digests")
OLD = [
    ("student.created", "people.student", 1, {}),
    ("student.opened", "people.student", 1, {"reason": "Samtal på Åsö", "number": 1.5}),
    ("student.contact_changed", "people.student", 1, {"fields": ["email"], "b": {"z": None, "a": True}}),
    ("grade.set", "grades.grade", 4, {"before": ""}),
    ("grade.set", "grades.grade", 4, {"before": ""}),
    ("course_start.published", "catalogue.coursestart", 9, {"seats": 20}),
]


def test_events_from_before_get_salt_and_digest_and_say_that_anything_may_have_changed(
    committed: None, monkeypatch: Any
) -> None:
    monkeypatch.setattr(FILL, "AT_A_TIME", 4)
    connections["owner"].ensure_connection()
    with owner_connection() as owner:
        owner.execute("ALTER TABLE audit_event DROP CONSTRAINT event_has_a_digest")
        owner.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        for verb, subject, number, detail in OLD:
            owner.execute(
                "INSERT INTO audit_event (at, actor_name, verb, subject, subject_id, detail, salt, detail_digest, "
                "is_creation, changed_fields) VALUES (now(), 'Amina Lindqvist', %s, %s, %s, %s, '', '', false, '{}')",
                (verb, subject, number, json.dumps(detail)),
            )
        FILL.fill(apps, SimpleNamespace(connection=connections["owner"]))
        owner.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
        owner.execute(
            "ALTER TABLE audit_event ADD CONSTRAINT event_has_a_digest CHECK (detail_digest ~ '^[0-9a-f]{64}$')"
        )
    events = list(Event.objects.order_by("id"))
    assert all(e.detail_digest == detail_digest(str(e.salt), e.actor_name, e.detail) for e in events)
    assert len({e.salt for e in events}) == len(OLD)
    assert [(e.is_creation, e.changed_fields) for e in events] == [
        (True, []),
        (False, []),
        (False, ["*"]),
        (True, []),
        (False, ["*"]),
        (False, []),
    ]
    assert seal(now=time.real_now()) == len(OLD) and verify().broken is None
