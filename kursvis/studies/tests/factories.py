"""Groups and enrolments for tests, walked to their state by the services."""

from datetime import datetime
from typing import Any

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import make_staff
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.studies import services
from kursvis.studies.models import Enrolment, Group
from kursvis.studies.rules import GroupKind


def make_group(
    *,
    office: Office | None = None,
    course_start: CourseStart | None = None,
    teachers: list[User] | None = None,
    **given: Any,
) -> Group:
    """Return a group for a course start, with its dates and points; a teacher unless told otherwise."""
    office = office or Office()
    course_start = course_start or make_course_start(school=office.school)
    values: dict[str, Any] = {
        "name": f"{course_start.course.code}-{Group.objects.count() + 1}",
        "kind": GroupKind.ORDINARY,
        "starts_on": course_start.starts_on,
        "ends_on": course_start.ends_on,
        "points": course_start.points,
        "hours": None,
    }
    return services.create_group(
        school=office.school,
        course=course_start.course,
        course_start=course_start,
        teachers=[make_staff(Role.TEACHER, school=office.school)] if teachers is None else teachers,
        by=office.administrator,
        now=time.now(),
        **(values | given),
    )


def make_distributed(*, office: Office, course_start: CourseStart, **given: Any) -> Choice:
    """Return a choice that waits to be placed."""
    return make_choice(office=office, course_start=course_start, status=ChoiceStatus.DISTRIBUTED, **given)


def make_enrolment(
    *, office: Office | None = None, group: Group | None = None, now: datetime | None = None, **person: Any
) -> Enrolment:
    """Return an enrolment: applied, decided, distributed and placed in the group (a new one when none is given)."""
    office = office or Office()
    group = group or make_group(office=office)
    assert group.course_start is not None
    choice = make_distributed(office=office, course_start=group.course_start, **person)
    placed = services.place(choice=choice, group=group, by=office.administrator, now=now or time.now())
    return reread(placed)


def reread(enrolment: Enrolment) -> Enrolment:
    """Return the enrolment as it stands in the database."""
    return Enrolment.objects.select_related("student", "group__school", "group__course", "choice").get(pk=enrolment.pk)
