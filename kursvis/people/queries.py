"""Reading students' records. What the schools reach, they reach through the processes above (studies)."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.core.models import as_sort_key, covering
from kursvis.people.models import ProtectedReader, Student


def readable_by(actor: Actor) -> QuerySet[Student]:
    """Return the records in the authorities where the actor may see every student; protected ones as alias."""
    return Student.objects.filter(authority_id__in=actor.authorities(Permission.SEE_STUDENTS))


def own_records(user_id: int | None) -> QuerySet[Student]:
    """Return a person's own records, one for each authority."""
    if user_id is None:
        return Student.objects.none()
    return Student.objects.filter(user_id=user_id).select_related("authority").order_by("pk")


def get_for(actor: Actor, uuid: UUID) -> Student:
    """Return one record that the actor may reach at her authority, or raise Http404."""
    return get_object_or_404(readable_by(actor).select_related("authority"), uuid=uuid)


def found_by(text: str, *, student: str = "") -> Q:
    """Match rows whose student's name or personnummer, as lists show them, holds each word of the text.

    A protected person is found by her alias only. `student` is the way from the row to the student: "student__".
    """
    found = Q()
    for word in text.split():
        match = Q(**{f"{student}name_key__contains": as_sort_key(word)})
        digits = word.replace("-", "").replace("+", "")
        if digits.isdigit():
            match |= Q(**{f"{student}listed_personnummer__contains": digits})
        found &= match
    return found


def is_named_reader(*, student_id: int, user_id: int | None, today: date) -> bool:
    """Say whether the user is named to read this protected person's data today."""
    return user_id is not None and named(today=today).filter(student_id=student_id, user_id=user_id).exists()


def named(*, today: date) -> QuerySet[ProtectedReader]:
    """Return who is named today to read some protected person's data."""
    return ProtectedReader.objects.filter(covering(today), ended_at__isnull=True)


def readers_of(student: Student) -> QuerySet[ProtectedReader]:
    """Return who is, was or will be named to read a protected person's data, the latest first."""
    rows = ProtectedReader.objects.filter(student=student).select_related("user", "named_by")
    return rows.order_by("-starts_on", "-pk")
