"""Students for tests, made by the services."""

from datetime import date
from typing import Any

from kursvis.access.actors import SYSTEM
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import make_user
from kursvis.core import time
from kursvis.organisation.models import Authority
from kursvis.organisation.tests.factories import make_authority
from kursvis.people import services
from kursvis.people.models import ProtectedReader, Student
from kursvis.people.rules import Protection


def make_student(
    *,
    authority: Authority | None = None,
    user: User | None = None,
    protection: Protection = Protection.NONE,
    contact: dict[str, str] | None = None,
    **given: Any,
) -> Student:
    """Return a person's record at an authority; `given` names the person."""
    student = services.ensure_student(
        user=user or make_user(**given),
        authority=authority or make_authority(),
        now=time.now(),
        by=SYSTEM,
        **(contact or {"email": "elev@example.org", "phone": "000-000 00 00"}),
    )
    if protection is not Protection.NONE:
        services.protect(student=student, protection=protection, reason="Sekretessmarkering", by=SYSTEM, now=time.now())
        student.refresh_from_db()
    return student


def make_reader(
    *, student: Student, user: User, starts_on: date = date(2020, 1, 1), ends_on: date | None = None
) -> ProtectedReader:
    """Return a named reader of a protected person, named on the first day."""
    return services.name_protected_reader(
        student=student,
        user=user,
        starts_on=starts_on,
        ends_on=ends_on,
        why="Svarar henne",
        by=SYSTEM,
        now=time.at_noon(starts_on),
    )
