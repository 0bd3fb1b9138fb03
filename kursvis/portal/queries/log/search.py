"""Searching the log: newest first, a page by its key, never counted. Each part is read from an index."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Model, Q, QuerySet

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.queries.staff import colleagues_where, run_by
from kursvis.audit.models import Event
from kursvis.core.models import as_sort_key
from kursvis.core.time import SWEDEN
from kursvis.core.wording import labels
from kursvis.grades.models import CatalogueEntry
from kursvis.people.models import Student
from kursvis.people.queries import found_by
from kursvis.portal.queries.log.words import Line, lines
from kursvis.portal.rules import LogProcess, LogSort, process_of, sort_of
from kursvis.studies.models import Enrolment

PAGE_SIZE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HIGHEST_ID = 2**63 - 1
MOST_PEOPLE = 20
"""When a name fits more people than these, more of it must be written."""


@dataclass(frozen=True)
class LogFilter:
    """What the search is narrowed to. `actors` and `students` are ids; None narrows nothing."""

    starts_on: date
    ends_on: date
    sort: str = ""
    process: str = ""
    table: str = ""
    actors: Collection[int] | None = None
    students: Collection[int] | None = None
    before: tuple[datetime, int] | None = None


@dataclass(frozen=True)
class LogPage:
    """A page of the log in words, and the key of the next, older one; empty when there is none."""

    lines: list[Line]
    older: str


def staff_found(actor: Actor, text: str) -> list[int]:
    """Return who works, or has worked, in the municipalities whose log the actor reads, by name or user name."""
    found = colleagues_where(actor, Permission.READ_LOG)
    for word in text.split():
        found = found.filter(Q(name_key__contains=as_sort_key(word)) | Q(user_name__iexact=word))
    return list(found.order_by("pk").values_list("pk", flat=True)[: MOST_PEOPLE + 1])


def students_found(actor: Actor, text: str) -> list[int]:
    """Return the students, by name or number as lists show them, in the municipalities whose log the actor reads.

    A protected person is found by her alias only.
    """
    rows = Student.objects.filter(found_by(text), authority_id__in=actor.authorities(Permission.READ_LOG))
    return list(rows.order_by("pk").values_list("pk", flat=True)[: MOST_PEOPLE + 1])


def search(actor: Actor, wanted: LogFilter) -> LogPage:
    """Return the newest events of the municipalities whose log the actor reads, as far as the filter goes."""
    authorities = actor.authorities(Permission.READ_LOG)
    within = _narrowed(Event.objects.all(), wanted)
    if wanted.students is not None:
        parts = [within.filter(authority_id__in=authorities, student_id__in=wanted.students)]
        parts += [within.filter(_showed(student_id), authority_id__in=authorities) for student_id in wanted.students]
    else:
        staff = Assignment.objects.filter(run_by(actor, Permission.READ_LOG)).values("user_id")
        parts = [
            within.filter(authority_id__in=authorities),
            within.filter(authority_id__isnull=True, actor_id__in=staff),
        ]
    return page_of_log(parts, actor, before=wanted.before)


def of_row(row: Model) -> QuerySet[Event]:
    """Return what was done with a row, and who read it."""
    return Event.objects.filter(subject=row._meta.label_lower, subject_id=row.pk)


def of_student(student: Student, *, readings_only: bool = False) -> list[QuerySet[Event]]:
    """Return what was done with, read of, and searched for a student; also the lists and catalogues that she is in."""
    groups = Enrolment.objects.filter(student=student).values("group_id")
    catalogues = CatalogueEntry.objects.filter(grade__enrolment__student=student).values("catalogue_id")
    lists = Event.objects.filter(authority_id=student.authority_id)
    own = Event.objects.filter(student_id=student.pk)
    if readings_only:
        own = own.filter(verb__in=verbs(sort=LogSort.READ.value))
    return [
        own,
        lists.filter(subject="studies.group", subject_id__in=groups, verb="group.opened"),
        lists.filter(subject="grades.catalogue", subject_id__in=catalogues, verb__endswith="opened"),
        Event.objects.filter(_showed(student.pk), authority_id=student.authority_id),
    ]


def of_account(user: User, actor: Actor, *, starts_on: date, ends_on: date) -> list[QuerySet[Event]]:
    """Return what happened with a colleague's account, and what she did, read and searched in the actor's reach."""
    here = Q(authority_id__in=actor.authorities(Permission.READ_LOG)) | Q(authority_id__isnull=True)
    within = _narrowed(Event.objects.filter(here), LogFilter(starts_on, ends_on))
    about = within.filter(subject="accounts.user", subject_id=user.pk)
    return [within.filter(actor_id=user.pk), about.exclude(actor_id=user.pk)]


def page_of_log(
    parts: Sequence[QuerySet[Event]],
    actor: Actor,
    *,
    before: tuple[datetime, int] | None = None,
    opened: int | None = None,
    size: int = PAGE_SIZE,
) -> LogPage:
    """Return a page of what the parts hold together, newest first. The parts hold no event twice."""
    ordered = [_before(part, before).order_by("-at", "-id")[: size + 1] for part in parts]
    first, *others = ordered
    found = list(first.union(*others, all=True).order_by("-at", "-id")[: size + 1]) if others else list(first)
    last = found[size - 1] if len(found) > size else None
    return LogPage(lines(found[:size], actor, opened=opened), key_of(last) if last else "")


def key_of(event: Event) -> str:
    """Return the place of an event in the log as it stands in an address."""
    return f"{(event.at - _EPOCH) // timedelta(microseconds=1)}-{event.pk}"


def place_of(key: str) -> tuple[datetime, int] | None:
    """Return the place that an address names; None for one that cannot be read."""
    moment, _sign, number = key.partition("-")
    if not (moment.isascii() and moment.isdigit() and number.isascii() and number.isdigit()) or len(key) > 40:
        return None
    try:
        return _EPOCH + timedelta(microseconds=int(moment)), min(int(number), _HIGHEST_ID)
    except OverflowError:
        return None


def verbs(*, sort: str = "", process: str = "") -> list[str]:
    """Return the steps of a sort and a process."""
    return [
        verb
        for verb in labels()["event"]
        if (not sort or sort_of(verb) == LogSort(sort)) and (not process or process_of(verb) == LogProcess(process))
    ]


def _narrowed(events: QuerySet[Event], wanted: LogFilter) -> QuerySet[Event]:
    events = events.filter(at__gte=_midnight(wanted.starts_on), at__lt=_midnight(wanted.ends_on + timedelta(days=1)))
    if wanted.sort or wanted.process:
        events = events.filter(verb__in=verbs(sort=wanted.sort, process=wanted.process))
    if wanted.table:
        events = events.filter(subject=wanted.table)
    if wanted.actors is not None:
        events = events.filter(actor_id__in=wanted.actors)
    return events


def _before(events: QuerySet[Event], place: tuple[datetime, int] | None) -> QuerySet[Event]:
    if place is None:
        return events
    at, number = place
    return events.filter(Q(at__lt=at) | Q(at=at, id__lt=number), at__lte=at)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SWEDEN)


def _showed(student_id: int) -> Q:
    """Match the searches that showed a student's row."""
    return Q(verb="student.searched", detail__contains={"student_ids": [student_id]})
