"""What the table of course starts shows: the rows that somebody may change, and what new ones are chosen from."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.queries.offer import readable_by
from kursvis.catalogue.rules.editing import CHANGEABLE
from kursvis.organisation.models import School
from kursvis.organisation.queries import schools_where

MOST_COURSES = 300


def rows_of(actor: Actor, uuids: Collection[str]) -> "QuerySet[CourseStart]":
    """Return these course starts of the actor's schools, whatever their state has become."""
    return editable_by(actor).filter(uuid__in=uuids)


def rows_to_edit(actor: Actor, *, today: date, uuids: Collection[str] = ()) -> "QuerySet[CourseStart]":
    """Return the course starts that the actor may change something of now: all, or those that were chosen."""
    states = [status.value for status, fields in CHANGEABLE.items() if fields]
    rows = editable_by(actor).filter(status__in=states, ends_on__gte=today)
    return rows.filter(uuid__in=uuids) if uuids else rows


def editable_by(actor: Actor) -> "QuerySet[CourseStart]":
    """Return the course starts of the schools where the actor may change the offer, in every state."""
    schools = schools_where(actor, Permission.EDIT_OFFER).order_by()
    return readable_by(actor).filter(school_id__in=schools.values("pk")).select_related("industry")


def courses_offered_by(schools: "QuerySet[School]") -> list[NationalCourse]:
    """Return the courses that the schools have offered before, by name, to choose among."""
    rows = NationalCourse.objects.filter(pk__in=CourseStart.objects.filter(school__in=schools).values("course_id"))
    return list(rows.order_by("name_key", "code")[:MOST_COURSES])
