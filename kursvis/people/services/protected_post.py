"""Letters to protected persons: opened, printed and posted through the tax agency, never by e-mail (rules.md 7.12)."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.audit import services as audit
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import School
from kursvis.people import document, queries
from kursvis.people.models import Student
from kursvis.people.rules import protection as rules
from kursvis.people.rules.forwarding import against_forwarding
from kursvis.post import services as post
from kursvis.post.models import Message


@transaction.atomic
def open_letter(*, message: Message, student: Student, reason: str, by: Actor, now: datetime) -> Message:
    """Write that a letter to a protected person was opened, and return it.

    Raises `Refused` to all but her named readers and who protects students there, and without a reason.
    """
    _opened(message, student, "message.opened", reason, by, now)
    return message


@transaction.atomic
def print_letter(*, message: Message, student: Student, reason: str, by: Actor, now: datetime) -> bytes:
    """Return the letter as PDF. Raises `Refused` as `open_letter` does."""
    _opened(message, student, "message.pdf_opened", reason, by, now)
    return bytes(message.attachment) if message.attachment else document.letter(message, student)


@transaction.atomic
def print_envelope(*, message: Message, student: Student, reason: str, by: Actor, now: datetime) -> bytes:
    """Return the covering sheet to the forwarder and the label of the inner envelope, as PDF.

    Raises `Refused` as `open_letter` does, and while the municipality has not said where to send it.
    """
    _opened(message, student, "message.envelope_printed", reason, by, now)
    refuse_if(against_forwarding(student.authority.forwarding_address))
    return document.envelope(message, student)


@transaction.atomic
def post_letter(*, message: Message, student: Student, by: Actor, now: datetime) -> None:
    """Mark a letter to a protected person as posted.

    Raises `Refused` to all but her named readers and who protects students there, and when it is posted already.
    """
    may_handle = _is_named(student, by, now) or _protects(student, by)
    refuse_if([] if may_handle else [Reason("people.not_a_named_reader")])
    post.mark_printed(message=message, by=by, now=now)


def _is_named(student: Student, by: Actor, now: datetime) -> bool:
    return queries.is_named_reader(student_id=student.pk, user_id=by.user_id, today=swedish_date(now))


def _protects(student: Student, by: Actor) -> bool:
    """Say whether she protects students at the student's authority, or at a school of it."""
    permission = Permission.PROTECT_STUDENTS
    schools = School.objects.filter(pk__in=by.schools(permission), authority_id=student.authority_id)
    return by.holds(permission, authority_id=student.authority_id) or schools.exists()


def _opened(message: Message, student: Student, verb: str, reason: str, by: Actor, now: datetime) -> None:
    is_named, protects = _is_named(student, by, now), _protects(student, by)
    refuse_if(rules.against_opening_letter(is_named_reader=is_named, may_protect=protects, reason=reason))
    audit.record(
        verb=verb,
        by=by,
        subject=message,
        authority_id=student.authority_id,
        student_id=student.pk,
        now=now,
        reason=reason.strip(),
    )
