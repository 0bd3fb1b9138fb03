"""What a student's record, a choice, an enrolment or a grade was at the end of a day, beside what it is today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.models import User
from kursvis.admissions import queries as admissions
from kursvis.admissions.models import Choice
from kursvis.audit import queries as audit
from kursvis.audit.rules import Unknown
from kursvis.core.time import SWEDEN
from kursvis.grades.models import Grade
from kursvis.grades.queries import reach as grades
from kursvis.people.models import Student
from kursvis.portal.queries import people
from kursvis.portal.queries.log.records import BY_TABLE, Record, RecordKind
from kursvis.portal.queries.log.values import field_name, said
from kursvis.studies import queries as studies
from kursvis.studies.models import Enrolment, Group

_FREE_TEXT = ("return_text", "other_information")
"""What people have written may tell who a protected person is."""


@dataclass(frozen=True)
class DatedKind:
    """A kind of row whose columns are told as they were: who reaches it by its own page, and which are shown."""

    kind: RecordKind
    reached_by: Callable[[Actor], "QuerySet[Any]"]
    columns: tuple[str, ...]

    @property
    def slug(self) -> str:
        """Return the kind's word in addresses."""
        return self.kind.slug

    @property
    def page(self) -> str:
        """Return the name of the address, within portal."""
        return self.kind.dated_page.partition(":")[2]


def _kind(model: type[Any], reached_by: Callable[[Actor], "QuerySet[Any]"], *columns: str) -> DatedKind:
    return DatedKind(BY_TABLE[model._meta.label_lower], reached_by, columns)


DATED = (
    _kind(
        Student,
        people.reached_by,
        *("first_name", "last_name", "personnummer", "protection", "email", "phone"),
        *("street", "postal_code", "locality", "home_municipality"),
    ),
    _kind(
        Choice,
        admissions.readable_by,
        *("status", "status_at", "outcome", "called_at", "returned_as", "return_text"),
    ),
    _kind(
        Enrolment,
        studies.enrolments_readable_by,
        *("group_id", "starts_on", "ends_on", "outcome", "outcome_on", "has_locked_grade"),
    ),
    _kind(
        Grade,
        grades.readable_by,
        *("value", "status", "decider_id", "decided_at", "grade_date", "locked_at", "approved_at"),
        *("other_information", "no_grade_reason"),
    ),
)


@dataclass(frozen=True)
class Was:
    """A column as it was and as it is."""

    name: str
    then: str
    now: str

    @property
    def has_changed(self) -> bool:
        """Say whether it was another."""
        return self.then != self.now


def get(dated: DatedKind, actor: Actor, uuid: UUID) -> Record:
    """Return a row that the actor reaches by its own page, or whose log and person she reads; or raise Http404."""
    authorities = actor.authorities(Permission.READ_LOG) & actor.authorities(Permission.SEE_STUDENTS)
    rows = dated.kind.model.objects
    reached = dated.reached_by(actor).values("pk")
    row = get_object_or_404(rows.filter(Q(pk__in=reached) | Q(authority_id__in=authorities)), uuid=uuid)
    name, student_id = rows.filter(pk=row.pk).values_list(dated.kind.name, dated.kind.student).get()
    return Record(dated.kind, row, str(name), Student.objects.get(pk=student_id))


def as_it_was(dated: DatedKind, record: Record, day: date) -> list[Was] | None:
    """Return the row's columns as they were at the end of a day, beside today's; None where it was not yet made."""
    tomorrow = day + timedelta(days=1)
    end = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=SWEDEN) - timedelta(microseconds=1)
    then = audit.as_on(record.row, end)
    if then is None:
        return None
    hidden = _FREE_TEXT if record.student and record.student.is_protected and dated.kind.model is not Student else ()
    table = dated.kind.table
    return [
        Was(field_name(name, table), _said(name, then[name], table), _said(name, getattr(record.row, name), table))
        for name in dated.columns
        if name not in hidden
    ]


def _said(name: str, value: Any, table: str) -> str:
    if isinstance(value, Unknown):
        return _("går inte att säga: gallrat")
    if value is None:
        return said(name, value, table)
    if name == "group_id":
        return str(Group.objects.get(pk=value))
    if name == "decider_id":
        return str(User.objects.get(pk=value))
    return said(name, value, table)
