"""Reading what a basket holds, as the open catalogue shows it, and what its courses build on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, NationalCourse, Prerequisite
from kursvis.catalogue.queries import agreement, study_forms
from kursvis.catalogue.rules import basket as rules
from kursvis.catalogue.rules.basket import Before, Planned
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.core.reasons import Reason


@dataclass
class InBasket:
    """One course start of a basket: why nobody may apply to it, and what it builds on."""

    course_start: CourseStart
    planned: Planned
    against: list[Reason]
    alternatives: list[list[Prerequisite]]
    before: Before = Before.NOT_HERE


@dataclass
class Basket:
    """A basket as its page shows it. `cancelled` were in the catalogue once; of `gone` nothing may be said."""

    rows: list[InBasket] = field(default_factory=list)
    cancelled: list[CourseStart] = field(default_factory=list)
    gone: list[UUID] = field(default_factory=list)

    @property
    def planned(self) -> list[Planned]:
        """Return what the rules compute with."""
        return [row.planned for row in self.rows]

    @property
    def builds_on(self) -> set[int]:
        """Return the courses that those of the basket build on."""
        return {
            needed.required_id
            for row in self.rows
            for together in row.alternatives
            for needed in together
            if needed.required_id
        }

    @property
    def to_apply_for(self) -> list[CourseStart]:
        """Return the course starts that can be applied to now, in order."""
        return [row.course_start for row in self.rows if not row.against]


def of_keys(keys: Collection[UUID]) -> "QuerySet[CourseStart]":
    """Return the course starts that anybody may be told of: published ones, and cancelled ones that have been.

    A cancelled start keeps its page and its name, for links to it live on; a hidden one gives away nothing.
    """
    was_published = Event.objects.filter(
        subject=CourseStart._meta.label_lower, subject_id=OuterRef("pk"), verb="course_start.published"
    )
    told = Q(status=CourseStartStatus.PUBLISHED.value) | Q(
        Exists(was_published), status=CourseStartStatus.CANCELLED.value
    )
    return CourseStart.objects.select_related("authority", "school", "course", "round__period").filter(
        told, uuid__in=keys
    )


def published_names(keys: Collection[UUID]) -> dict[UUID, str]:
    """Return the published course starts among the keys, with the names of their courses."""
    found = of_keys(keys).filter(status=CourseStartStatus.PUBLISHED.value)
    return dict(found.values_list("uuid", "course__name"))


def read_basket(keys: Sequence[UUID], *, today: date) -> Basket:
    """Return what a basket holds, in its order."""
    found = {row.uuid: row for row in of_keys(keys)} if keys else {}
    shown = [found[key] for key in keys if key in found]
    cancelled = [row for row in shown if row.status == CourseStartStatus.CANCELLED.value]
    published = [row for row in shown if row.status == CourseStartStatus.PUBLISHED.value]
    if published:
        study_forms.name_study_forms(published)
    against = agreement.against_applying_to(published, today=today) if published else {}
    builds_on = prerequisites_of({row.course_id for row in published}) if published else {}
    rows = [InBasket(row, plan(row), against[row.pk], builds_on.get(row.course_id, [])) for row in published]
    together = [row.planned for row in rows]
    for row in rows:
        row.before = rules.before(row.planned, [_courses(needed) for needed in row.alternatives], together)
    return Basket(rows, cancelled, [key for key in keys if key not in found])


def plan(course_start: CourseStart) -> Planned:
    """Return what the rules need. Reads the course: select_related it."""
    return Planned(
        key=course_start.uuid,
        course=course_start.course_id,
        name=course_start.course.name,
        points=course_start.points,
        starts_on=course_start.starts_on,
        ends_on=course_start.ends_on,
        pattern=tuple(course_start.weekly_pattern),
        level=course_start.course.level,
    )


def prerequisites_of(courses: Collection[int]) -> dict[int, list[list[Prerequisite]]]:
    """Return what each course builds on: alternatives, each of which is met as a whole."""
    rows = Prerequisite.objects.filter(course_id__in=courses).select_related("required")
    found: dict[int, dict[int, list[Prerequisite]]] = {}
    for row in rows.order_by("course_id", "alternative", "pk"):
        found.setdefault(row.course_id, {}).setdefault(row.alternative, []).append(row)
    return {course: list(alternatives.values()) for course, alternatives in found.items()}


def _courses(alternative: list[Prerequisite]) -> frozenset[int]:
    """Return the courses of an alternative; none when the register asks for something besides courses."""
    ids = [row.required_id for row in alternative]
    return frozenset() if None in ids else frozenset(key for key in ids if key is not None)


def courses_with_starts(courses: Collection[int], *, today: date) -> set[int]:
    """Return the courses among these that the open catalogue has starts of to come."""
    if not courses:
        return set()
    to_come = CourseStart.objects.filter(
        course=OuterRef("pk"), status=CourseStartStatus.PUBLISHED.value, starts_on__gt=today
    )
    return set(NationalCourse.objects.filter(Exists(to_come), pk__in=courses).values_list("pk", flat=True))
