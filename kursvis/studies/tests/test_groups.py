"""Making a group: hours from points, and what is refused."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.admissions.tests.factories import Office
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core.reasons import Refused
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_school
from kursvis.studies.models import Group, GroupTeacher
from kursvis.studies.rules import GroupKind
from kursvis.studies.tests.factories import make_group

pytestmark = pytest.mark.django_db


@dataclass
class Place:
    office: Office
    start: CourseStart

    def group(self, **given: Any) -> Group:
        return make_group(office=self.office, course_start=self.start, **given)

    def refused(self, **given: Any) -> list[str]:
        with pytest.raises(Refused) as refused:
            self.group(**given)
        assert not Group.objects.exists()
        return [reason.code for reason in refused.value.reasons]


@pytest.fixture
def place() -> Place:
    office = Office()
    return Place(office, make_course_start(school=office.school))


@pytest.mark.parametrize("points, hours", [(50, "35"), (100, "70"), (25, "17.5")])
def test_hours_are_computed_from_points(place: Place, points: int, hours: str) -> None:
    assert place.group(points=points).hours == Decimal(hours)


def test_hours_may_be_overridden(place: Place) -> None:
    assert place.group(hours=Decimal("41.5")).hours == Decimal("41.5")


def test_a_group_is_made_with_its_teachers_and_its_event(place: Place) -> None:
    teacher = make_staff(Role.TEACHER, school=place.office.school)
    group = place.group(name="  MAT-26H ", teachers=[teacher])
    assert group.name == "MAT-26H" and group.authority_id == place.office.school.authority_id
    assert list(GroupTeacher.objects.filter(group=group).values_list("user_id", flat=True)) == [teacher.pk]
    event = Event.objects.get(verb="group.created", subject_id=group.pk)
    assert event.actor_id == place.office.administrator.user_id
    assert event.detail["hours"] == "70" and event.detail["teachers"] == [teacher.pk]


def test_a_name_is_used_once_a_school(place: Place) -> None:
    place.group(name="MAT-26H")
    with pytest.raises(Refused) as refused:
        place.group(name="MAT-26H")
    assert [reason.code for reason in refused.value.reasons] == ["studies.group_name_taken"]


@pytest.mark.parametrize(
    "given, code",
    [
        ({"name": " "}, "studies.group_needs_name"),
        ({"starts_on": date(2027, 3, 1), "ends_on": date(2027, 2, 1)}, "studies.group_ends_before_start"),
        ({"kind": GroupKind.PROVNING}, "studies.provning_is_one_day"),
    ],
)
def test_what_is_wrong_is_refused(place: Place, given: dict[str, Any], code: str) -> None:
    assert place.refused(**given) == [code]


def test_a_teacher_of_another_school_is_refused(place: Place) -> None:
    assert place.refused(teachers=[make_staff(Role.TEACHER)]) == ["studies.teacher_is_not_at_the_school"]
    assert place.refused(teachers=[place.office.administrator_user]) == ["studies.teacher_is_not_at_the_school"]


def test_another_schools_course_start_is_refused(place: Place) -> None:
    assert Place(place.office, make_course_start()).refused() == ["studies.group_does_not_fit_the_course_start"]


def test_a_course_that_is_never_offered_is_refused(place: Place) -> None:
    course = make_course()
    place.start = make_course_start(school=place.office.school, course=course)
    course.searchable = False
    course.save()
    assert place.refused() == ["studies.course_is_not_offered"]


def test_a_temporary_agreement_ends_the_group_within_the_year() -> None:
    office = Office(school=make_school(agreement=AgreementKind.TEMPORARY))
    start = make_course_start(school=office.school, starts_on=date(2027, 8, 9), ends_on=date(2027, 12, 17))
    here = Place(office, start)
    assert here.refused(ends_on=date(2028, 1, 14)) == ["organisation.temporary_agreement"]
    assert here.group(starts_on=start.starts_on + timedelta(days=7)).pk
