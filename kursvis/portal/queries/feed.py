"""The days of somebody's calendar feed: what she may read at the moment of the fetch. No person is named in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kursvis.access.actors import Person
from kursvis.access.rules import Permission
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.queries.rounds import rounds_readable_by
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.core import time
from kursvis.core.address import absolute
from kursvis.core.icalendar import DayEvent
from kursvis.core.wording import label
from kursvis.organisation.queries.settings import values_of
from kursvis.people.rules import Protection
from kursvis.portal.queries.calendar import DATES
from kursvis.portal.rules import catalogue_due
from kursvis.studies.models import Group

BACK, AHEAD = timedelta(days=120), timedelta(days=500)
"""How far back and ahead a calendar reaches."""


@dataclass(frozen=True)
class _Found:
    """A day of a row, before it is known when the row was last changed."""

    row: Any
    key: UUID
    kind: str
    day: date
    title: str
    detail: str
    url: str


def events_of(actor: Person, *, today: date) -> list[DayEvent]:
    """Return the days of the actor's municipalities, schools, groups and own courses, first first."""
    found = [*_periods(actor), *_groups(actor), *_own_courses(actor)]
    near = [day for day in found if today - BACK <= day.day <= today + AHEAD]
    changed = _changes({(row._meta.label_lower, row.pk) for row in (day.row for day in near)})
    return [_event(day, changed) for day in sorted(near, key=lambda day: (day.day, day.title, day.key))]


def _periods(actor: Person) -> Iterator[_Found]:
    if not actor.holds(Permission.SEE_OFFER):
        return
    url = absolute(reverse("catalogue:list_rounds"))
    mine = _rounds_with_own_starts(actor)
    for period in rounds_readable_by(actor):
        about = f"{period.name}, {period.authority.name}"
        for kind, title in (("offer_by", _("Utbudet ska vara inlagt")), ("opens_on", _("Katalogen öppnar"))):
            if kind == "opens_on" or not period.continuous:
                yield _Found(period, period.uuid, kind, getattr(period, kind), title, about, url)
        for round_ in period.rounds.all():
            if not period.continuous or round_.pk in mine:
                yield from _dates(round_, period, about, url)


def _dates(round_: Round, period: Period, about: str, url: str) -> Iterator[_Found]:
    for kind in DATES:
        title = str(label("round_day", kind).text)
        if kind != "starts_on":
            title = _("{what} · start {day}").format(what=title, day=round_.starts_on)
        yield _Found(round_, round_.uuid, kind, getattr(round_, kind), title, about, url)


def _rounds_with_own_starts(actor: Person) -> set[int]:
    """Return the rounds where the actor's schools, or any school of her municipality, have something to come."""
    seen = Permission.SEE_OFFER
    rows = CourseStart.objects.filter(
        Q(school_id__in=actor.schools(seen)) | Q(authority_id__in=actor.authorities(seen)),
        round__period__last_start_on__isnull=False,
    )
    rows = rows.exclude(status=CourseStartStatus.CANCELLED.value)
    return set(rows.order_by().values_list("round_id", flat=True).distinct())


def _groups(actor: Person) -> Iterator[_Found]:
    """Yield a teacher's groups: their first and last day, and when their grade catalogue is to be in."""
    schools = actor.schools(Permission.GRADE)
    if not schools:
        return
    rows = list(Group.objects.filter(teachers__user_id=actor.user_id or 0, school_id__in=schools).distinct())
    decided = values_of({row.authority_id for row in rows}, on=max((r.ends_on for r in rows), default=date.min))
    for row in rows:
        url = absolute(reverse("studies:show_group", args=[row.uuid]))
        days = {
            "starts_on": (row.starts_on, _("{group} börjar")),
            "ends_on": (row.ends_on, _("{group} slutar, betyg ska sättas")),
            "catalogue_by": (
                catalogue_due(row.ends_on, decided[row.authority_id]),
                _("{group}: betygskatalogen ska vara hos kommunen"),
            ),
        }
        for kind, (day, title) in days.items():
            yield _Found(row, row.uuid, kind, day, title.format(group=row.name), "", url)


def _own_courses(actor: Person) -> Iterator[_Found]:
    """Yield the courses that a student has been called to. Who has protected personal data gets none: the address of a
    calendar program is known to others."""
    given = [ChoiceStatus.DISTRIBUTED.value, ChoiceStatus.PLACED.value]
    rows = Choice.objects.filter(student__user_id=actor.user_id or 0, status__in=given, called_at__isnull=False)
    rows = rows.filter(student__protection=Protection.NONE.value)
    url = absolute(reverse("studies:show_my_studies"))
    for row in rows.select_related("course_start__course").exclude(
        course_start__status=CourseStartStatus.CANCELLED.value
    ):
        start = row.course_start
        for kind, day, title in (
            ("starts_on", start.starts_on, _("{course} börjar")),
            ("ends_on", start.ends_on, _("{course} slutar")),
        ):
            yield _Found(start, row.uuid, kind, day, title.format(course=start.course.name), "", url)


def _changes(rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[int, datetime]]:
    """Return, by table and key, how often each row has been changed and when it last was: from the log."""
    by_table: dict[str, list[int]] = {}
    for table, pk in rows:
        by_table.setdefault(table, []).append(pk)
    asked = Q(pk__in=[])
    for table, keys in by_table.items():
        asked |= Q(subject=table, subject_id__in=keys)
    edited = Q(verb__endswith=".edited")
    found = Event.objects.filter(asked).filter(edited | Q(verb__endswith=".created")).order_by()
    counted = found.values("subject", "subject_id").annotate(n=Count("pk", filter=edited), last=Max("at"))
    return {(row["subject"], row["subject_id"]): (row["n"], row["last"]) for row in counted if row["subject_id"]}


def _event(found: _Found, changed: dict[tuple[str, int], tuple[int, datetime]]) -> DayEvent:
    unknown = (0, time.at_noon(found.day - BACK))
    revision, at = changed.get((found.row._meta.label_lower, found.row.pk), unknown)
    uid = f"{found.key}-{found.kind}@kursvis"
    return DayEvent(uid, found.day, found.title, at, revision, found.detail, found.url)
