"""The search on every page: persons, groups, course starts, applications and staff, as far as the actor reaches."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from kursvis.access.actors import Person
from kursvis.access.rules import Permission
from kursvis.accounts.models import User
from kursvis.accounts.queries import staff
from kursvis.admissions import queries as admissions
from kursvis.admissions.models import Choice
from kursvis.catalogue import queries as catalogue
from kursvis.catalogue.models import CourseStart
from kursvis.core import personnummer
from kursvis.core.models import as_sort_key
from kursvis.people.models import Student
from kursvis.portal.queries import people
from kursvis.portal.rules import SearchKind as Kind
from kursvis.studies import queries as studies
from kursvis.studies.models import Group

P = Permission
SHOWN = 10
MOST_WORDS = 8
_APPLICATION = re.compile(r"(?:ans(?:ökan|okan)?|nr|nummer)?[ .:#]*([0-9]{1,8})", re.IGNORECASE)


@dataclass(frozen=True)
class Section:
    """The best hits of a kind, and whether there are more than are shown."""

    kind: Kind
    rows: Sequence[Any]
    has_more: bool


@dataclass(frozen=True)
class Found:
    """What a search found, best first, and the one row that was meant, where what was typed names exactly one."""

    sections: list[Section]
    exact: tuple[Kind, UUID] | None

    @property
    def students(self) -> list[Student]:
        """Return the students whose rows are shown: for the log."""
        rows = {section.kind: section.rows for section in self.sections}
        return [*rows.get(Kind.PERSONS, ()), *(choice.student for choice in rows.get(Kind.APPLICATIONS, ()))]


def find(actor: Person, text: str, *, today: date) -> Found:
    """Return what fits the text: a whole personnummer, an application's number, a course code, or words.

    A word stands at the beginning of a name, in any order. A protected person is her alias, and nothing else.
    """
    words = text.split()[:MOST_WORDS]
    if not words:
        return Found([], None)
    number = personnummer.normalised(text, today=today)
    application = _APPLICATION.fullmatch(text)
    if len(number) == 12 and number.isascii() and number.isdigit():
        rows: list[tuple[Kind, Permission, Any]] = [
            (Kind.PERSONS, P.SEE_STUDENTS, lambda: people.search(actor, text, today=today)),
            (Kind.STAFF, P.EDIT_STAFF, lambda: staff.colleagues(actor).filter(personnummer=number)),
        ]
    elif application:
        rows = [
            (Kind.APPLICATIONS, P.SEE_APPLICATIONS, lambda: _applications(actor, int(application[1]))),
            (Kind.GROUPS, P.SEE_GROUPS, lambda: _groups(actor, text)),
        ]
    else:
        rows = [
            (Kind.PERSONS, P.SEE_STUDENTS, lambda: _persons(actor, words, today=today)),
            (Kind.GROUPS, P.SEE_GROUPS, lambda: _groups(actor, text)),
            (Kind.COURSE_STARTS, P.SEE_OFFER, lambda: _course_starts(actor, words, today=today)),
            (Kind.STAFF, P.EDIT_STAFF, lambda: _staff(actor, words)),
        ]
    sections = [_section(kind, found()) for kind, permission, found in rows if actor.holds(permission)]
    return Found([section for section in sections if section.rows], _exact(sections, text, number))


def _section(kind: Kind, rows: "QuerySet[Any]") -> Section:
    found = list(rows[: SHOWN + 1])
    return Section(kind, found[:SHOWN], len(found) > SHOWN)


def _exact(sections: Iterable[Section], text: str, number: str) -> tuple[Kind, UUID] | None:
    """Return the only row that the text names in full, or None."""
    key = as_sort_key(" ".join(text.split()))
    named: dict[Kind, Callable[[Any], bool]] = {
        Kind.PERSONS: lambda row: row.listed_personnummer == number,
        Kind.APPLICATIONS: lambda row: True,
        Kind.GROUPS: lambda row: row.name_key == key,
        Kind.COURSE_STARTS: lambda row: as_sort_key(row.course.code) == key,
        Kind.STAFF: lambda row: row.personnummer == number,
    }
    hits = [(section.kind, row.uuid) for section in sections for row in section.rows if named[section.kind](row)]
    return hits[0] if len(hits) == 1 else None


def _best_first(rows: "QuerySet[Any]", field: str, key: str, *order: str) -> "QuerySet[Any]":
    rank = Case(
        When(**{field: key}, then=Value(0)),
        When(**{f"{field}__startswith": key}, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    best: QuerySet[Any] = rows.annotate(rank=rank).order_by("rank", *order, "pk")
    return best


def _persons(actor: Person, words: list[str], *, today: date) -> "QuerySet[Student]":
    found = people.search(actor, " ".join(words), today=today).select_related("authority")
    return _best_first(found, "name_key", as_sort_key(" ".join(words)), "name_key")


def _groups(actor: Person, text: str) -> "QuerySet[Group]":
    key = as_sort_key(" ".join(text.split()))
    found = studies.groups_readable_by(actor).filter(name_key__startswith=key).select_related("course", "school")
    return _best_first(found, "name_key", key, "-starts_on", "name_key")


def _course_starts(actor: Person, words: list[str], *, today: date) -> "QuerySet[CourseStart]":
    found = catalogue.readable_by(actor)
    if not actor.shows_inactive:
        found = found.filter(ends_on__gte=today)
    for word in words:
        found = found.filter(course__search_key__contains=as_sort_key(word))
    return _best_first(found, "course__code", words[0].upper(), "course__name_key", "starts_on")


def _applications(actor: Person, number: int) -> "QuerySet[Choice]":
    found = admissions.readable_by(actor).filter(application__number=number)
    return found.select_related(
        "application", "student", "authority", "course_start__course", "course_start__school"
    ).order_by("course_start__starts_on", "pk")


def _staff(actor: Person, words: list[str]) -> "QuerySet[User]":
    found = staff.colleagues(actor).filter(is_active=True)
    for word in words:
        key = as_sort_key(word)
        begins = Q(name_key__startswith=key) | Q(name_key__contains=f" {key}")
        found = found.filter(begins | Q(user_name__startswith=word.lower()))
    return _best_first(found, "name_key", as_sort_key(" ".join(words)), "name_key")
