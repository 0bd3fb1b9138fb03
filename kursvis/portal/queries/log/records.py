"""The rows that the log is read by: each kind with its address, its name, and the page where the row itself is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.models import User
from kursvis.accounts.queries.staff import colleagues_where
from kursvis.admissions.models import Choice
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart
from kursvis.grades.models import Catalogue, Grade
from kursvis.people.models import Student
from kursvis.studies.models import Enrolment, Group

P = Permission
Key = tuple[str, int]


@dataclass(frozen=True)
class RecordKind:
    """A kind of row with a log of its own. `page` is where the row itself is read, by who holds the permission."""

    slug: str
    model: type[Any]
    name: Any
    student: str = ""
    page: str = ""
    permission: Permission | None = None
    log: str = ""

    @property
    def table(self) -> str:
        """Return what the log calls the kind."""
        return str(self.model._meta.label_lower)

    @property
    def log_page(self) -> str:
        """Return the name of the address of a row's log."""
        return self.log or f"portal:log_of_{self.model._meta.model_name}"

    @property
    def dated_page(self) -> str:
        """Return the name of the address of what a row was on a day."""
        return f"portal:as_it_was_{self.model._meta.model_name}"


def _text(expression: Any) -> Any:
    return Cast(expression, CharField())


KINDS = (
    RecordKind(
        "studerande", Student, F("listed_name"), "pk", "portal:person", P.SEE_STUDENTS, log="portal:log_of_student"
    ),
    RecordKind("ansokan", Choice, F("course_start__course__name"), "student_id", "admissions:show", P.SEE_APPLICATIONS),
    RecordKind("kursdeltagande", Enrolment, F("group__name"), "student_id"),
    RecordKind(
        "betyg", Grade, F("enrolment__group__course__name"), "enrolment__student_id", "grades:show_grade", P.SEE_GRADES
    ),
    RecordKind("grupp", Group, F("name"), "", "studies:show_group", P.SEE_GROUPS),
    RecordKind("kursstart", CourseStart, F("course__name"), "", "catalogue:show_course_start", P.SEE_OFFER),
    RecordKind("katalog", Catalogue, _text(F("number")), "", "grades:show_catalogue", P.SEE_GRADES),
    RecordKind(
        "konto",
        User,
        Concat("first_name", Value(" "), "last_name"),
        "",
        "accounts:person",
        P.EDIT_STAFF,
        log="portal:staff_events",
    ),
)
BY_TABLE = {kind.table: kind for kind in KINDS}
BY_PAGE = {kind.page: kind for kind in KINDS if kind.page and kind.model is not User}
"""The kinds by the page of a row that leads to the log; a colleague's page has its own way there."""
OWN_PAGES = tuple(kind for kind in KINDS if not kind.log)
"""The kinds whose log is a page of its own; a student's and a colleague's stand at the student and the colleague."""


def rows_in_reach(kind: RecordKind, actor: Actor) -> "models.QuerySet[Any]":
    """Return the rows of a kind in the municipalities whose log the actor reads."""
    if kind.model is User:
        return colleagues_where(actor, P.READ_LOG)
    rows: models.QuerySet[Any] = kind.model.objects.filter(authority_id__in=actor.authorities(P.READ_LOG))
    return rows


@dataclass(frozen=True)
class Record:
    """A row whose log is read: what it is called, and whom it is about."""

    kind: RecordKind
    row: Any
    name: str
    student: Student | None

    def page_for(self, actor: Actor) -> str:
        """Return the address of the row's own page, for who may read it there."""
        if not self.kind.permission or not actor.holds(self.kind.permission):
            return ""
        return reverse(self.kind.page, args=[self.row.uuid])


def get_record(kind: RecordKind, actor: Actor, uuid: UUID) -> Record:
    """Return one row in the municipalities whose log the actor reads, or raise Http404."""
    rows = rows_in_reach(kind, actor).annotate(told_as=_text(kind.name))
    if kind.student:
        rows = rows.annotate(of_student=F(kind.student))
    if kind.model is Catalogue:
        rows = rows.defer("pdf")
    row = get_object_or_404(rows, uuid=uuid)
    student = row if kind.model is Student else None
    if kind.student and student is None:
        student = Student.objects.get(pk=row.of_student)
    return Record(kind, row, row.told_as, student)


def names_of(events: Iterable[Event], actor: Actor) -> dict[Key, tuple[UUID, str]]:
    """Return key and name of the rows that events are about, where they stand in the actor's reach, in one query."""
    wanted: dict[str, set[int]] = {}
    for event in events:
        if event.subject in BY_TABLE and event.subject_id:
            wanted.setdefault(event.subject, set()).add(event.subject_id)
    parts = [
        rows_in_reach(BY_TABLE[table], actor)
        .filter(Q(pk__in=ids))
        .order_by()
        .annotate(of_table=Value(table, output_field=CharField()), told_as=_text(BY_TABLE[table].name))
        .values_list("of_table", "pk", "uuid", "told_as")
        for table, ids in wanted.items()
    ]
    if not parts:
        return {}
    found = parts[0].union(*parts[1:], all=True)
    return {(table, number): (uuid, name) for table, number, uuid, name in found}
