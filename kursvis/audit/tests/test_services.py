"""The log: written in the step's transaction, and never changed."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from kursvis.access.actors import SYSTEM, Person
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import make_user
from kursvis.audit import queries, services
from kursvis.audit.models import Event
from kursvis.core import time

pytestmark = pytest.mark.django_db
ACTOR = Person(7, "Amina Lindqvist")


def _record(subject: User, **also: Any) -> Event:
    services.record(
        **({"verb": "user.tested", "by": ACTOR, "now": time.now(), "authority_id": 3} | also), subject=subject
    )
    return Event.objects.latest("id")


def test_an_event_says_who_did_what_to_which_row_when_and_where() -> None:
    user, now = make_user(), time.now()
    event = _record(user, now=now, student_id=9, role=Role.TEACHER, on=date(2026, 11, 23), at=now, rows=(1, 2))
    assert (event.actor_id, event.actor_name, event.verb) == (7, "Amina Lindqvist", "user.tested")
    assert (event.subject, event.subject_id, event.student_id, event.authority_id) == ("accounts.user", user.pk, 9, 3)
    assert (event.at, event.detail) == (
        now,
        {"role": "teacher", "on": "2026-11-23", "at": now.isoformat(), "rows": [1, 2]},
    )


def test_the_system_has_no_id_but_a_name() -> None:
    event = _record(make_user(), by=SYSTEM)
    assert (event.actor_id, event.actor_name) == (None, "Kursvis")


def test_an_event_falls_with_its_step() -> None:
    user = make_user()
    before = Event.objects.count()
    with transaction.atomic():
        _record(user)
        transaction.set_rollback(True)
    assert Event.objects.count() == before


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="user.never"), lambda rows: rows.delete()])
def test_the_application_can_neither_change_nor_remove_an_event(change: Any) -> None:
    event = _record(make_user())
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        change(Event.objects.filter(pk=event.pk))
    assert Event.objects.filter(pk=event.pk, verb="user.tested").exists()


def test_the_log_of_a_row_is_read_from_the_beginning_and_a_students_from_the_end() -> None:
    user, other = make_user(), make_user()
    first, second = _record(user, student_id=9), _record(user, student_id=9)
    _record(other, student_id=8)
    created = Event.objects.get(verb="user.created", subject_id=user.pk)
    assert list(queries.about(user)) == [created, first, second]
    assert list(queries.about_student(9)) == [second, first]
