"""Making a group."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Role
from kursvis.accounts import queries as accounts
from kursvis.accounts.models import User
from kursvis.audit import services as audit
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.rules.register import hours_for
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation import queries as organisation
from kursvis.organisation.models import RegisterEntry, School
from kursvis.organisation.rules import against_new_placements, against_offering
from kursvis.organisation.rules.registers import Register, against_using
from kursvis.studies import rules
from kursvis.studies.models import Group, GroupTeacher
from kursvis.studies.rules import GroupKind


@transaction.atomic
def create_group(
    *,
    school: School,
    course: NationalCourse,
    course_start: CourseStart | None,
    name: str,
    kind: GroupKind,
    starts_on: date,
    ends_on: date,
    points: int,
    hours: Decimal | None,
    teachers: Sequence[User],
    industry: RegisterEntry | None = None,
    economy_mark: RegisterEntry | None = None,
    by: Actor,
    now: datetime,
) -> Group:
    """Make a group at a school; without `hours` they are computed from the points (R28: 50 p/35 h, 100 p/70 h).

    Raises `Refused` for wrong dates (R32), a name that is taken, a course that is never offered (R17), a teacher who
    does not teach at the school, dates outside the school's agreement, and after its end (R09, R12), and an
    industry or economy mark that the municipality does not use today.
    """
    name = name.strip()
    refuse_if(
        rules.against_group(kind=kind, starts_on=starts_on, ends_on=ends_on)
        + rules.against_new_group(
            name=name,
            taken=Group.objects.filter(school=school, name=name).exists(),
            course_is_offered=course.searchable and course.authority_id in (None, school.authority_id),
            fits_course_start=course_start is None
            or (course_start.school_id, course_start.course_id) == (school.pk, course.pk),
            teachers_work_here=_teach_at(school, teachers, today=swedish_date(now)),
        )
        + _against_agreement(school, course, industry, starts_on, ends_on, today=swedish_date(now))
        + _against_entry(school, industry, Register.INDUSTRY, today=swedish_date(now))
        + _against_entry(school, economy_mark, Register.ECONOMY_MARK, today=swedish_date(now))
    )
    group = Group.objects.create(
        authority_id=school.authority_id,
        school=school,
        course=course,
        course_start=course_start,
        name=name,
        kind=kind.value,
        starts_on=starts_on,
        ends_on=ends_on,
        points=points,
        hours=hours_for(points) if hours is None else hours,
        industry=industry,
        economy_mark=economy_mark,
    )
    GroupTeacher.objects.bulk_create(GroupTeacher(group=group, user=teacher) for teacher in teachers)
    _record_creation(group, teachers, by=by, now=now)
    return group


def _record_creation(group: Group, teachers: Sequence[User], *, by: Actor, now: datetime) -> None:
    audit.record(
        verb="group.created",
        by=by,
        subject=group,
        authority_id=group.authority_id,
        now=now,
        name=group.name,
        course=group.course.code,
        starts_on=group.starts_on,
        ends_on=group.ends_on,
        points=group.points,
        hours=str(group.hours),
        industry=group.industry.code if group.industry else None,
        economy_mark=group.economy_mark.code if group.economy_mark else None,
        teachers=[teacher.pk for teacher in teachers],
    )


def _teach_at(school: School, teachers: Sequence[User], *, today: date) -> bool:
    working = {user.pk for user in accounts.with_role_at(school.pk, Role.TEACHER, today=today)}
    return {teacher.pk for teacher in teachers} <= working


def _against_agreement(
    school: School,
    course: NationalCourse,
    industry: RegisterEntry | None,
    starts_on: date,
    ends_on: date,
    *,
    today: date,
) -> list[Reason]:
    agreements = organisation.agreements_of(school)
    ended = against_new_placements(agreements, today=today)
    if ended or ends_on < starts_on:
        return ended
    code = industry.code if industry else ""
    return against_offering(agreements, starts_on=starts_on, ends_on=ends_on, level=course.level, industry=code)


def _against_entry(school: School, entry: RegisterEntry | None, register: Register, *, today: date) -> list[Reason]:
    if entry is None:
        return []
    if entry.authority_id != school.authority_id:
        return [Reason("organisation.entry_of_another_register")]
    return against_using(entry.facts(), register=register, day=today)
