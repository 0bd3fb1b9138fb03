"""Students across processes: who reaches whom, the search, and what the person card shows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions import queries as admissions
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.audit import queries as audit
from kursvis.audit.models import Event
from kursvis.core import personnummer
from kursvis.core.models import as_sort_key
from kursvis.core.wording import labels
from kursvis.grades.queries import GradeView, trackers_for_student
from kursvis.letters.models import Letter
from kursvis.people import queries as people
from kursvis.people.models import Student
from kursvis.studies import queries as studies
from kursvis.studies.models import Enrolment
from kursvis.studies.rules import EnrolmentOutcome, Phase, phase

EVENTS_SHOWN, READINGS_SHOWN = 100, 10


def reached_by(actor: Actor) -> QuerySet[Student]:
    """Return the records that the actor reaches: all of an authority, or those that were given to her school."""
    whole = Q(authority_id__in=actor.authorities(Permission.SEE_STUDENTS))
    if not actor.schools(Permission.SEE_STUDENTS):
        return Student.objects.filter(whole)
    return Student.objects.filter(whole | Q(pk__in=studies.students_of_schools(actor)))


def search(actor: Actor, text: str, *, today: date) -> QuerySet[Student]:
    """Return the records whose names begin with the words, or whose personnummer it is, in Swedish order.

    The personnummer is written whole, with twelve digits or with ten.

    Lists know a protected person by her alias only: that is what the search looks in.
    """
    rows = reached_by(actor)
    number = personnummer.normalised(text, today=today)
    if number.isdigit():
        rows = rows.filter(listed_personnummer=number)
    else:
        for word in text.replace(",", " ").split():
            key = as_sort_key(word)
            rows = rows.filter(Q(name_key__startswith=key) | Q(name_key__contains=f" {key}"))
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
    readers = people.readers_of(student).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)
    return {reader.user_id: reader.user.full_name for reader in readers}


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
    events = _events(student, actor, _names(choices, shown, letters))
    return Card(
        choices=choices,
        to_place=frozenset(choice.pk for choice in choices if _waits_for_a_place(choice, actor)),
        enrolments=shown,
        letters=letters,
        events=[event for event in events if not event.is_reading],
        readings=[event for event in events if event.is_reading][:READINGS_SHOWN],
    )


def _waits_for_a_place(choice: Choice, actor: Actor) -> bool:
    is_given = choice.status == ChoiceStatus.DISTRIBUTED
    return is_given and choice.course_start.school_id in actor.schools(Permission.PLACE)


def _grades(student: Student, actor: Actor) -> dict[int, GradeView]:
    if not actor.holds(Permission.SEE_GRADES):
        return {}
    return {view.grade.enrolment_id: view for view in trackers_for_student([student.pk]).get(student.pk, [])}


def _names(
    choices: list[Choice], enrolments: list[EnrolmentOnCard], letters: list[Letter]
) -> dict[tuple[str, int], str]:
    """Return what the card calls each row that it shows, by table and id."""
    names = {(choice._meta.label_lower, choice.pk): choice.course_start.course.name for choice in choices}
    for shown in enrolments:
        group = shown.enrolment.group.name
        names[(shown.enrolment._meta.label_lower, shown.enrolment.pk)] = group
        if shown.grade:
            names[(shown.grade.grade._meta.label_lower, shown.grade.grade.pk)] = group
    return names | {(letter._meta.label_lower, letter.pk): letter.subject for letter in letters}


def _events(student: Student, actor: Actor, names: dict[tuple[str, int], str]) -> list[EventOnCard]:
    """Return the newest events: at the authority all, at a school those about rows that it reaches."""
    events = audit.about_student(student.pk)
    if student.authority_id not in actor.authorities(Permission.SEE_STUDENTS):
        reached = Q(pk__in=[])
        for table in {table for table, _number in names}:
            reached |= Q(subject=table, subject_id__in=[number for of, number in names if of == table])
        events = events.filter(reached)
    return [_event(event, names) for event in events[:EVENTS_SHOWN]]


def _event(event: Event, names: dict[tuple[str, int], str]) -> EventOnCard:
    about = names.get((event.subject, event.subject_id or 0), "")
    why = str(event.detail.get("reason", "")) if event.verb == "student.opened" else ""
    known = labels()["event"].get(event.verb)
    return EventOnCard(
        at=event.at,
        text=str(known.text) if known else event.verb,
        detail=about or why,
        who=event.actor_name,
        is_reading=event.verb.endswith(".opened"),
    )
