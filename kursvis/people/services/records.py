"""Students' records: made, opened, changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from kursvis.access.actors import Actor, Person
from kursvis.accounts.models import User
from kursvis.audit import services as audit
from kursvis.core import personnummer
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import change
from kursvis.organisation.models import Authority
from kursvis.people import queries
from kursvis.people.models import Student
from kursvis.people.rules import against_opening

CONTACT_FIELDS = ("email", "phone", "street", "postal_code", "locality", "home_municipality")


@transaction.atomic
def ensure_student(*, user: User, authority: Authority, now: datetime, by: Actor, **contact: str) -> Student:
    """Return the user's record at the authority; make it, with the next alias number, the first time.

    `contact` fills a new record only; `update_contact` changes one. Raises `Refused` when the user has no personnummer.
    The authority's row is locked, so that two first applications give one record and one number.
    """
    found = Student.objects.filter(user=user, authority=authority).first()
    if found:
        return found
    refuse_if([] if user.personnummer else [Reason("people.personnummer_missing")])
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    found = Student.objects.filter(user=user, authority=authority).first()
    return found or _create(user, authority, now, by, contact)


def _create(user: User, authority: Authority, now: datetime, by: Actor, contact: dict[str, str]) -> Student:
    number = str(user.personnummer)
    highest = Student.objects.filter(authority=authority).aggregate(highest=Max("alias_number"))["highest"]
    student = Student.objects.create(
        authority=authority,
        user=user,
        personnummer=number,
        birth_date=personnummer.birth_date(number),
        first_name=user.first_name,
        last_name=user.last_name,
        alias_number=(highest or 0) + 1,
        **_known(contact),
    )
    record(student, "student.created", by, now, is_creation=True)
    return student


@transaction.atomic
def opened(*, student: Student, reason: str, by: Actor, now: datetime) -> None:
    """Write that the record was read.

    A protected person's may be read only by a named reader who says why: else `Refused`.
    """
    is_own = by.user_id == student.user_id
    is_named = student.is_protected and queries.is_named_reader(
        student_id=student.pk, user_id=by.user_id, today=swedish_date(now)
    )
    refuse_if(
        against_opening(is_protected=student.is_protected, is_own=is_own, is_named_reader=is_named, reason=reason)
    )
    record(student, "student.opened", by, now, reason=reason.strip())


@transaction.atomic
def searched(*, students: Iterable[Student], place: str, filters: Mapping[str, str], by: Person, now: datetime) -> None:
    """Write that a text was searched for in a list of persons, and whose rows were shown; nothing without a text.

    The log holds which filters were used and whether the text was a number or words, never the text itself. Each
    authority gets its own students only; a search without a hit is told to every authority where the actor works.
    """
    text = filters.get("q", "").strip()
    if not text:
        return
    shown: dict[int, set[int]] = {}
    for student in students:
        shown.setdefault(student.authority_id, set()).add(student.pk)
    for authority_id in sorted(shown or {held.authority_id for held in by.held}):
        audit.record(
            verb="student.searched",
            by=by,
            subject=Authority(pk=authority_id),
            authority_id=authority_id,
            now=now,
            place=place,
            filters=sorted(name for name, value in filters.items() if value and name.isalpha()),
            text="number" if personnummer.normalised(text).isdigit() else "words",
            student_ids=sorted(shown.get(authority_id, ())),
        )


@transaction.atomic
def update_contact(*, student: Student, by: Actor, now: datetime, **contact: str) -> Student:
    """Change contact details. Writes nothing when nothing is new."""
    locked = Student.objects.select_for_update(no_key=True).get(pk=student.pk)
    changes = change(locked, **_known(contact))
    for name in changes:
        setattr(student, name, getattr(locked, name))
    if changes:
        record(locked, "student.contact_changed", by, now, changes=changes, fields=sorted(changes))
    return student


def _known(contact: dict[str, str]) -> dict[str, str]:
    unknown = set(contact) - set(CONTACT_FIELDS)
    if unknown:
        raise TypeError(f"no contact details: {', '.join(sorted(unknown))}")
    return contact


def record(student: Student, verb: str, by: Actor, now: datetime, **detail: Any) -> None:
    """Write an event about a student's record, with what was changed in it (`changes`)."""
    audit.record(
        verb=verb,
        by=by,
        subject=student,
        authority_id=student.authority_id,
        student_id=student.pk,
        now=now,
        **detail,
    )
