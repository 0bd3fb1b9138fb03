"""Protected persons for who protects them: whom she reaches, the readers who are named, and what was read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import ROLES, Permission
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.rules import AssignmentStatus
from kursvis.admissions import queries as admissions
from kursvis.admissions.models import Choice
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.models import covering
from kursvis.core.time import swedish_date
from kursvis.people import queries as people
from kursvis.people.models import ProtectedReader, Student
from kursvis.people.rules import Protection
from kursvis.people.rules.protection import LOOKED_BACK, Opening, UnusualReading, unusual
from kursvis.post.models import Message
from kursvis.post.rules import Channel, MessageStatus
from kursvis.studies import queries as studies
from kursvis.studies.models import Enrolment

P = Permission
OPENED = "student.opened"
LETTER_VERBS = ("message.opened", "message.pdf_opened", "message.envelope_printed")
REVIEWED = "student.readings_reviewed"
OPENINGS_SHOWN = 200
ROLES_THAT_OPEN = sorted(role.value for role, held in ROLES.items() if P.SEE_STUDENTS in held)
"""Who can be named: the roles that have a person card to open."""


@dataclass(frozen=True)
class OpeningShown:
    """One opening: when, by whom, of what, why, and whether it waits for a review."""

    at: datetime
    who: str
    user_id: int | None
    verb: str
    reason: str
    is_new: bool

    @property
    def facts(self) -> Opening:
        """Return what the rules need."""
        return Opening(self.user_id or 0, swedish_date(self.at), is_letter=self.verb != OPENED)


@dataclass(frozen=True)
class Readings:
    """The newest openings of one protected person, all that wait for a review (`new`), and what is unusual in them."""

    openings: list[OpeningShown]
    new: list[Opening]
    unusual: list[tuple[str, UnusualReading]]
    reviewed: OpeningShown | None


def reached_by(actor: Actor) -> QuerySet[Student]:
    """Return the students whose protection the actor answers for: a municipality's, or those given to her school."""
    whole = Q(authority_id__in=actor.authorities(P.PROTECT_STUDENTS))
    if not actor.schools(P.PROTECT_STUDENTS):
        return Student.objects.filter(whole)
    return Student.objects.filter(whole | Q(pk__in=studies.students_of_schools(actor, P.PROTECT_STUDENTS)))


def get(actor: Actor, uuid: UUID) -> Student:
    """Return one student whose protection the actor answers for, or raise Http404; never herself."""
    rows = reached_by(actor).exclude(user_id=actor.user_id or 0)
    return get_object_or_404(rows.select_related("authority"), uuid=uuid)


def protected_students(actor: Actor, *, to_review: bool) -> QuerySet[Student]:
    """Return the protected persons whom the actor answers for; only those whose readings are unusual, if asked."""
    rows = reached_by(actor).exclude(protection=Protection.NONE.value).exclude(user_id=actor.user_id or 0)
    if to_review:
        rows = rows.filter(pk__in=[student_id for student_id, _on in unusually_read(actor)])
    return rows.select_related("authority").order_by("name_key", "pk")


def is_at_authority(actor: Actor, student: Student) -> bool:
    """Say whether the actor protects students for the whole municipality."""
    return student.authority_id in actor.authorities(P.PROTECT_STUDENTS)


def waiting_emails(student: Student) -> int:
    """Return how many e-mails to or about her have not gone out."""
    waits = Message.objects.filter(concerns=student.uuid, channel=Channel.EMAIL.value)
    return waits.exclude(status=MessageStatus.SENT.value).count()


def candidates(actor: Actor, student: Student, *, today: date) -> QuerySet[User]:
    """Return whom the actor may name to read a student's data: staff with a role that opens person cards.

    The municipality names its own staff and that of the schools that the student was given to; a school its own. Never
    the actor herself, nor the student.
    """
    given = Choice.objects.filter(student=student, status__in=admissions.AT_SCHOOL).values("course_start__school_id")
    studying = Enrolment.objects.filter(student=student).values("group__school_id")
    at_school = Q(school_id__in=given) | Q(school_id__in=studying)
    if is_at_authority(actor, student):
        unit = Q(authority_id=student.authority_id) & (Q(school__isnull=True) | at_school)
    else:
        unit = Q(school_id__in=actor.schools(P.PROTECT_STUDENTS)) & at_school
    held = Assignment.objects.filter(
        unit, covering(today), role__in=ROLES_THAT_OPEN, status=AssignmentStatus.GRANTED.value, user=OuterRef("pk")
    )
    rows = User.objects.filter(Exists(held), is_active=True).exclude(pk__in=[actor.user_id or 0, student.user_id])
    return rows.order_by("last_name", "first_name", "pk")


@dataclass(frozen=True)
class Reader:
    """A naming, and whether the actor may end it."""

    naming: ProtectedReader
    may_end: bool


def readers(actor: Actor, student: Student) -> list[Reader]:
    """Return who is, was or will be named for her. Two queries, whatever the number."""
    rows = list(people.readers_of(student))
    own = None if is_at_authority(actor, student) else _own_staff(actor, [row.user_id for row in rows])
    return [Reader(row, own is None or row.user_id in own) for row in rows]


def reader_for(actor: Actor, uuid: UUID) -> ProtectedReader:
    """Return a naming that the actor may end, or raise Http404: a school's principal those of her own staff."""
    rows = ProtectedReader.objects.select_related("student__authority", "user").filter(
        student__in=reached_by(actor).exclude(user_id=actor.user_id or 0)
    )
    reader = get_object_or_404(rows, uuid=uuid)
    if not is_at_authority(actor, reader.student) and not _own_staff(actor, [reader.user_id]):
        raise Http404
    return reader


def _own_staff(actor: Actor, user_ids: Sequence[int]) -> set[int]:
    """Return which users have or had a role at the actor's schools."""
    rows = Assignment.objects.filter(user_id__in=user_ids, school_id__in=actor.schools(P.PROTECT_STUDENTS))
    return set(rows.values_list("user_id", flat=True))


def readings(student: Student) -> Readings:
    """Return what was read of a protected person, by others than herself, and what waits for a review."""
    events = _events([student])[student.pk]
    reviewed = next((event for event in reversed(events) if event.verb == REVIEWED), None)
    shown = [_shown(event, reviewed) for event in events if event.verb != REVIEWED]
    namings = [reader.facts() for reader in ProtectedReader.objects.filter(student=student)]
    names = {opening.user_id: opening.who for opening in shown}
    since = time.today() - LOOKED_BACK
    odd = unusual([o.facts for o in shown if o.is_new and swedish_date(o.at) >= since], namings)
    return Readings(
        openings=shown[::-1][:OPENINGS_SHOWN],
        new=[opening.facts for opening in shown if opening.is_new],
        unusual=[(names.get(reading.user_id, ""), reading) for reading in odd],
        reviewed=_shown(reviewed, None) if reviewed else None,
    )


def unusually_read(actor: Actor) -> list[tuple[int, date]]:
    """Return the protected persons whose readings are unusual and not reviewed, with the first day of it.

    Three queries, whatever the number.
    """
    students = list(protected_students(actor, to_review=False))
    if not students:
        return []
    events = _events(students, since=time.now() - LOOKED_BACK)
    namings = defaultdict(list)
    for reader in ProtectedReader.objects.filter(student__in=students):
        namings[reader.student_id].append(reader.facts())
    found = []
    for student in students:
        odd = unusual(_unreviewed(events[student.pk]), namings[student.pk])
        if odd:
            found.append((student.pk, odd[0].on))
    return found


def _unreviewed(events: Sequence[Event]) -> list[Opening]:
    last = max((event.pk for event in events if event.verb == REVIEWED), default=0)
    return [_shown(event, None).facts for event in events if event.pk > last and event.verb != REVIEWED]


def _events(students: Sequence[Student], *, since: datetime | None = None) -> dict[int, list[Event]]:
    """Return the openings by others than the student herself, and the reviews, oldest first."""
    own = {student.pk: student.user_id for student in students}
    rows = Event.objects.filter(student_id__in=list(own), verb__in=[OPENED, REVIEWED, *LETTER_VERBS])
    rows = rows.filter(at__gte=since - timedelta(days=7)) if since else rows
    found: dict[int, list[Event]] = defaultdict(list)
    for event in rows.order_by("id"):
        if event.student_id is not None and event.actor_id != own[event.student_id]:
            found[event.student_id].append(event)
    return found


def _shown(event: Event, reviewed: Event | None) -> OpeningShown:
    return OpeningShown(
        at=event.at,
        who=event.actor_name,
        user_id=event.actor_id,
        verb=event.verb,
        reason=str(event.detail.get("reason") or event.detail.get("note") or ""),
        is_new=reviewed is None or event.pk > reviewed.pk,
    )
