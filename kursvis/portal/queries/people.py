"""Students across processes: who reaches whom, the search, and what the person card shows."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions import queries as admissions
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.audit import queries as audit
from kursvis.audit.models import Event
from kursvis.core import personnummer
from kursvis.core.time import swedish_date
from kursvis.core.wording import labels
from kursvis.core.words import HasWords, words_query
from kursvis.grades.models import Catalogue
from kursvis.grades.queries import GradeView, trackers_for_student
from kursvis.letters.models import Letter
from kursvis.people import queries as people
from kursvis.people.models import Student
from kursvis.portal.queries import protected
from kursvis.studies import queries as studies
from kursvis.studies.models import Enrolment
from kursvis.studies.rules import EnrolmentOutcome, Phase, phase

EVENTS_SHOWN, READINGS_SHOWN = 100, 10
READINGS_FOLDED = 200
"""How many of the newest readings are folded into the rows that are shown."""
READING_VERBS = (".opened", ".pdf_opened")
READING = Q(verb__endswith=READING_VERBS[0]) | Q(verb__endswith=READING_VERBS[1])
Names = dict[tuple[str, int], str]


def reached_by(actor: Actor) -> QuerySet[Student]:
    """Return the records that the actor reaches: all of an authority, or those that were given to her school."""
    whole = Q(authority_id__in=actor.authorities(Permission.SEE_STUDENTS))
    if not actor.schools(Permission.SEE_STUDENTS):
        return Student.objects.filter(whole)
    return Student.objects.filter(whole | Q(pk__in=studies.students_of_schools(actor)))


def search(actor: Actor, text: str, *, today: date) -> QuerySet[Student]:
    """Return the records whose names begin with the words, or whose personnummer it is, in Swedish order.

    The personnummer is written whole, with twelve digits or with ten.

    Lists know a protected person by her alias only: that is what the search looks in (and, for its index, the number).
    """
    rows = reached_by(actor)
    number = personnummer.normalised(text, today=today)
    if number.isdigit():
        rows = rows.filter(personnummer=number, listed_personnummer=number)
    elif text.strip():
        rows = rows.filter(HasWords(F("name_key"), words_query(text)))
    return rows.order_by("name_key", "pk")


def with_studies(rows: QuerySet[Student], actor: Actor, *, today: date) -> QuerySet[Student]:
    """Count each student's courses under way that the actor reaches."""
    under_way = studies.enrolments_readable_by(actor).filter(
        student=OuterRef("pk"), outcome=EnrolmentOutcome.NONE.value, starts_on__lte=today
    )
    counted = under_way.order_by().values("student").annotate(number=Count("pk")).values("number")
    return rows.annotate(courses_under_way=Coalesce(Subquery(counted), 0)).select_related("authority")


def get(actor: Actor, uuid: UUID) -> Student:
    """Return one record that the actor reaches, or raise Http404."""
    return get_object_or_404(reached_by(actor).select_related("authority"), uuid=uuid)


def named_readers(student: Student, *, today: date) -> dict[int, str]:
    """Return who may read a protected person's data today, by user id: whom to ask."""
    readers = people.named(today=today).filter(student=student).select_related("user").order_by("starts_on", "pk")
    return {reader.user_id: reader.user.full_name for reader in readers}


def may_protect(actor: Actor, student: Student) -> bool:
    """Say whether the actor answers for how this student is protected."""
    if student.user_id == actor.user_id or not actor.holds(Permission.PROTECT_STUDENTS):
        return False
    return protected.is_at_authority(actor, student) or protected.reached_by(actor).filter(pk=student.pk).exists()


@dataclass(frozen=True)
class EnrolmentOnCard:
    """An enrolment, where it stands today, and its grade with the tracker, where there is one."""

    enrolment: Enrolment
    phase: Phase
    grade: GradeView | None


@dataclass(frozen=True)
class EventOnCard:
    """What happened, to what, and who did it."""

    at: datetime
    text: str
    detail: str
    who: str
    actor_id: int | None
    is_reading: bool


@dataclass(frozen=True)
class Card:
    """What the person card shows of one student, as far as the actor reaches."""

    choices: list[Choice]
    to_place: frozenset[int]
    enrolments: list[EnrolmentOnCard]
    letters: list[Letter]
    events: list[EventOnCard]
    readings: list[EventOnCard]


def card(student: Student, actor: Actor, *, today: date) -> Card:
    """Return the card of a student who has been reached and opened."""
    choices = list(
        admissions.with_facts(admissions.readable_by(actor).filter(student=student)).order_by(
            "-course_start__starts_on", "-pk"
        )
    )
    enrolments = list(
        studies.enrolments_readable_by(actor)
        .filter(student=student)
        .select_related("student", "group__course", "group__school")
        .order_by("-starts_on", "-pk")
    )
    grades = _grades(student, actor)
    shown = [EnrolmentOnCard(e, phase(e.facts(), today=today), grades.get(e.pk)) for e in enrolments]
    letters = list(studies.letters_readable_by(actor).filter(student=student).defer("pdf").order_by("-id"))
    names = _names(choices, shown, letters)
    is_whole = student.authority_id in actor.authorities(Permission.SEE_STUDENTS)
    events = audit.about_student(student.pk) if is_whole else _events_at_school(student, names)
    log = [_event(event, names, with_reason=is_whole) for event in _newest(events, names)]
    return Card(
        choices=choices,
        to_place=frozenset(choice.pk for choice in choices if _waits_for_a_place(choice, actor)),
        enrolments=shown,
        letters=letters,
        events=[event for event in log if not event.is_reading],
        readings=_folded([event for event in log if event.is_reading]),
    )


def _waits_for_a_place(choice: Choice, actor: Actor) -> bool:
    is_given = choice.status == ChoiceStatus.DISTRIBUTED
    return is_given and choice.course_start.school_id in actor.schools(Permission.PLACE)


def _grades(student: Student, actor: Actor) -> dict[int, GradeView]:
    if not actor.holds(Permission.SEE_GRADES):
        return {}
    return {view.grade.enrolment_id: view for view in trackers_for_student([student.pk]).get(student.pk, [])}


def _names(choices: list[Choice], enrolments: list[EnrolmentOnCard], letters: list[Letter]) -> Names:
    """Return what the card calls each row that it shows, by table and id."""
    names = {(choice._meta.label_lower, choice.pk): choice.course_start.course.name for choice in choices}
    for shown in enrolments:
        group = shown.enrolment.group.name
        names[(shown.enrolment._meta.label_lower, shown.enrolment.pk)] = group
        if shown.grade:
            names[(shown.grade.grade._meta.label_lower, shown.grade.grade.pk)] = group
        if shown.grade and shown.grade.entry:
            names[(Catalogue._meta.label_lower, shown.grade.entry.catalogue_id)] = group
    return names | {(letter._meta.label_lower, letter.pk): letter.subject for letter in letters}


def _events_at_school(student: Student, names: Names) -> QuerySet[Event]:
    """Return the events about rows that the school reaches, and who opened the card, newest first."""
    return audit.about_student(student.pk).filter(_about(names) | Q(verb="student.opened"))


def _about(names: Names) -> Q:
    reached = Q(pk__in=[])
    for table in {table for table, _number in names}:
        reached |= Q(subject=table, subject_id__in=[number for of, number in names if of == table])
    return reached


def _newest(events: QuerySet[Event], names: Names) -> list[Event]:
    """Return the newest events and the newest readings, newest first, for one query.

    Readings of the catalogues that hold the student's grades are among them: those name no student.
    """
    table = Catalogue._meta.label_lower
    catalogues = {row: name for row, name in names.items() if row[0] == table}
    of_catalogues = Event.objects.filter(READING, _about(catalogues)).order_by("-id")[:READINGS_FOLDED]
    readings = events.filter(READING)[:READINGS_FOLDED]
    found = events.exclude(READING)[:EVENTS_SHOWN].union(readings, of_catalogues, all=True)
    return sorted(found, key=lambda event: -event.pk)


def _folded(readings: list[EventOnCard]) -> list[EventOnCard]:
    """Return the newest reading of each thing by each person and day, with how many times it was."""
    times = Counter(_same(reading) for reading in readings)
    newest = {_same(reading): reading for reading in reversed(readings)}
    rows = sorted(newest.items(), key=lambda row: row[1].at, reverse=True)[:READINGS_SHOWN]
    return [
        replace(row, who=_("{who}, {times} gånger den dagen").format(who=row.who, times=times[same]))
        if times[same] > 1
        else row
        for same, row in rows
    ]


def _same(reading: EventOnCard) -> tuple[date, int | None, str, str]:
    return swedish_date(reading.at), reading.actor_id, reading.text, reading.detail


def _event(event: Event, names: Names, *, with_reason: bool) -> EventOnCard:
    """Return an event in words. Why a protected person's card was opened is told at the authority only."""
    about = names.get((event.subject, event.subject_id or 0), "")
    why = str(event.detail.get("reason", "")) if with_reason and event.verb == "student.opened" else ""
    known = labels()["event"].get(event.verb)
    return EventOnCard(
        at=event.at,
        text=str(known.text) if known else event.verb,
        detail=about or why,
        who=event.actor_name,
        actor_id=event.actor_id,
        is_reading=event.verb.endswith(READING_VERBS),
    )
