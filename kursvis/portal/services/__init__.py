"""Readings of what spans several processes: the log, what somebody's row was, everything about oneself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from kursvis.access.actors import Actor, Person
from kursvis.access.rules import Permission
from kursvis.accounts.models import User
from kursvis.audit import services as audit
from kursvis.core import rate_limits
from kursvis.core.reasons import refuse_if
from kursvis.organisation.models import Authority
from kursvis.people import queries as people
from kursvis.people import services as people_services
from kursvis.people.models import Student
from kursvis.portal import rules


@transaction.atomic
def searched_log(
    *, filters: Iterable[str], students: Iterable[int] | None, typed: str, by: Person, now: datetime
) -> None:
    """Write that the log was searched, at each municipality whose log it was; and for which students, if for any.

    The log holds which filters were used, never what was typed in them.
    """
    for authority_id in sorted(by.authorities(Permission.READ_LOG)):
        audit.record(
            verb="log.searched",
            by=by,
            subject=Authority(pk=authority_id),
            authority_id=authority_id,
            now=now,
            filters=sorted(filters),
        )
    if students is not None:
        found = Student.objects.filter(pk__in=students)
        people_services.searched(students=found, place="log", filters={"q": typed}, by=by, now=now)


@transaction.atomic
def opened_log(
    *, row: models.Model, student: Student | None, authority_id: int | None, by: Actor, now: datetime
) -> None:
    """Write that somebody read the log of a row."""
    audit.record(
        verb="log.opened",
        by=by,
        subject=row,
        authority_id=authority_id,
        student_id=student.pk if student else None,
        now=now,
    )


@transaction.atomic
def opened_students_log(*, student: Student, reason: str, by: Actor, now: datetime) -> None:
    """Write that somebody read the log of a student.

    A protected person's is read by a named reader who says why, as her card is: else `Refused`.
    """
    if student.is_protected:
        people_services.opened(student=student, reason=reason, by=by, now=now)
    opened_log(row=student, student=student, authority_id=student.authority_id, by=by, now=now)


@transaction.atomic
def saw_as_it_was(*, row: Any, student: Student, day: str, reason: str, by: Actor, now: datetime) -> None:
    """Write that somebody read what a row was on a day. A protected person's own record: as `opened_students_log`."""
    if student.is_protected and row == student:
        people_services.opened(student=student, reason=reason, by=by, now=now)
    audit.record(
        verb="row.seen_as_it_was",
        by=by,
        subject=row,
        authority_id=student.authority_id,
        student_id=student.pk,
        now=now,
        on=day,
    )


@transaction.atomic
def took_out_everything(*, user: User, form: str, by: Actor, now: datetime) -> None:
    """Write that somebody took out everything about herself, at each municipality that has a record of her.

    Raises `Refused` when she has done so many times within the hour.
    """
    number = rate_limits.hit("own_extract", str(user.pk), within=rules.EXTRACTS_COUNTED_WITHIN)
    refuse_if(rules.against_another_extract(number))
    records = list(people.own_records(user.pk))
    for student in records:
        audit.record(
            verb="student.own_extract",
            by=by,
            subject=student,
            authority_id=student.authority_id,
            student_id=student.pk,
            now=now,
            form=form,
        )
    if not records:
        audit.record(verb="user.own_extract", by=by, subject=user, authority_id=None, now=now, form=form)
