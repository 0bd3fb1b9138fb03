"""How a person is protected, and who is named to read her data (design section 6)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, Permission, against_unconfirmed
from kursvis.accounts.models import User
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import change
from kursvis.people.models import ProtectedReader, Student
from kursvis.people.rules import Protection
from kursvis.people.rules import protection as rules
from kursvis.people.services.records import record
from kursvis.post import services as post


@transaction.atomic
def protect(*, student: Student, protection: Protection, reason: str, by: Actor, now: datetime) -> Student:
    """Set how the person's identity is protected; from then on every list shows the alias.

    What has been written to her is sealed, and what still waits as e-mail goes by the route for protected post. Without
    protection the readers who were named for her are readers no more. Writes nothing when nothing is new. Raises
    `Refused` without a reason, in her own case, and to a school that would lessen the protection.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.PROTECT_STUDENTS))
    locked = Student.objects.select_for_update(no_key=True).get(pk=student.pk)
    old = Protection(locked.protection)
    if old is not protection:
        at_authority = by.user_id is None or by.holds(Permission.PROTECT_STUDENTS, authority_id=locked.authority_id)
        is_own = by.user_id == locked.user_id
        refuse_if(rules.against_protecting(old, protection, reason=reason, is_own=is_own, at_authority=at_authority))
        name = locked.listed_name
        since = None if protection is Protection.NONE else locked.protected_at or now
        changes = change(locked, protection=protection.value, protected_at=since)
        locked.refresh_from_db()
        if old is Protection.NONE:
            sealed = post.seal(concerns=locked.uuid, known_as=name, alias=locked.listed_name)
        else:
            sealed = 0
        if protection is Protection.NONE:
            _all_readers(locked).update(ended_at=now)
        record(
            locked,
            "student.protected",
            by,
            now,
            changes=changes,
            reason=reason.strip(),
            post_sealed=sealed,
        )
    student.refresh_from_db()
    return student


@transaction.atomic
def name_protected_reader(
    *, student: Student, user: User, starts_on: date, ends_on: date | None, why: str, by: Actor, now: datetime
) -> ProtectedReader:
    """Let a named user read one protected person's data from a day to a day.

    Raises `Refused` for oneself, the person herself, days that have been, and somebody who is named for these days.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.PROTECT_STUDENTS))
    locked = Student.objects.select_for_update(no_key=True).get(pk=student.pk)
    refuse_if(
        rules.against_naming(
            rules.Naming(user.pk, starts_on, ends_on),
            others=[reader.facts() for reader in _all_readers(locked).filter(user=user)],
            why=why,
            is_protected=locked.is_protected,
            student_user_id=locked.user_id,
            by_user_id=by.user_id,
            today=swedish_date(now),
        )
    )
    reader = ProtectedReader.objects.create(
        student=locked, user=user, starts_on=starts_on, ends_on=ends_on, why=why.strip(), named_by_id=by.user_id
    )
    record(
        locked,
        "student.reader_named",
        by,
        now,
        reader_id=user.pk,
        starts_on=starts_on,
        ends_on=ends_on,
        why=why.strip(),
    )
    return reader


@transaction.atomic
def end_protected_reader(*, reader: ProtectedReader, by: Actor, now: datetime) -> None:
    """End a reader's time at once. Raises `Refused` when it is over."""
    refuse_if(against_unconfirmed(by.confirmed, Action.PROTECT_STUDENTS))
    locked = ProtectedReader.objects.select_for_update(of=("self",)).select_related("student").get(pk=reader.pk)
    refuse_if(rules.against_ending(locked.facts(), today=swedish_date(now)))
    ProtectedReader.objects.filter(pk=locked.pk).update(ended_at=now)
    record(locked.student, "student.reader_ended", by, now, reader_id=locked.user_id)


@transaction.atomic
def readings_reviewed(*, student: Student, openings: list[rules.Opening], note: str, by: Actor, now: datetime) -> None:
    """Write that the readings of a protected person, the given ones, were reviewed, and what was found.

    Raises `Refused` when some of them are the reviewer's own.
    """
    refuse_if(rules.against_reviewing(openings, by_user_id=by.user_id))
    record(student, "student.readings_reviewed", by, now, count=len(openings), note=note.strip())


def _all_readers(student: Student) -> QuerySet[ProtectedReader]:
    return ProtectedReader.objects.filter(student=student, ended_at__isnull=True)
