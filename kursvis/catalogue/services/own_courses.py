"""A municipality's own courses: made, renamed, ended, never removed. No contractor decides this (rules.md 2.02)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import NationalCourse
from kursvis.catalogue.queries import own_courses as queries
from kursvis.catalogue.rules import own_courses as rules
from kursvis.catalogue.rules.register import CourseKind, CourseStatus
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority

_FROM_THE_WHOLE = ("level", "school_form", "curriculum", "subject_code", "subject_name")


@transaction.atomic
def create_part(
    *, authority: Authority, whole: NationalCourse, code: str, name: str, points: int, by: Actor, now: datetime
) -> NationalCourse:
    """Make a local part of a national course. Raises `Refused` where national parts exist, or for too many points."""
    today = swedish_date(now)
    _lock(authority)
    refuse_if(
        queries.against_dividing(whole, today=today)
        + rules.against_parts_points(
            points=points,
            of_whole=whole.points,
            of_others=queries.points_of_parts(whole, authority, today=today),
        )
        + _against_naming(authority, code, name)
    )
    given = {field: getattr(whole, field) for field in _FROM_THE_WHOLE}
    return _create(authority, CourseKind.LOCAL_PART, code, name, points, by=by, now=now, part_of=whole, **given)


@transaction.atomic
def create_individual(
    *, authority: Authority, school_form: str, code: str, name: str, points: int, by: Actor, now: datetime
) -> NationalCourse:
    """Make an individual course: no grade but a certificate, points by the municipality's principal (rules.md 2.05)."""
    _lock(authority)
    refuse_if(rules.against_individual(points=points) + _against_naming(authority, code, name))
    given = {"school_form": school_form, "level": rules.LEVELS[school_form]}
    return _create(authority, CourseKind.INDIVIDUAL, code, name, points, by=by, now=now, **given)


@transaction.atomic
def edit_own_course(
    *, course: NationalCourse, name: str, valid_to: date | None, by: Actor, now: datetime
) -> NationalCourse:
    """Change the name, or the last day, of a municipality's own course. Raises `Refused` for a day that has been."""
    locked = NationalCourse.objects.select_for_update(of=("self",)).exclude(authority=None).get(pk=course.pk)
    refuse_if(
        rules.against_naming(code=locked.code, name=name, taken=False)
        + rules.against_ending(last_day=valid_to, was=locked.valid_to, today=swedish_date(now))
    )
    new: dict[str, Any] = {"name": name.strip(), "valid_to": valid_to}
    changes = {
        field: (getattr(locked, field), value) for field, value in new.items() if getattr(locked, field) != value
    }
    if changes:
        NationalCourse.objects.filter(pk=locked.pk).update(**{field: value for field, (_old, value) in changes.items()})
        audit.record(
            verb="own_course.edited", by=by, subject=locked, authority_id=locked.authority_id, now=now, changes=changes
        )
    return NationalCourse.objects.get(pk=locked.pk)


def _lock(authority: Authority) -> None:
    Authority.objects.select_for_update(of=("self",), no_key=True).get(pk=authority.pk)


def _against_naming(authority: Authority, code: str, name: str) -> list[Reason]:
    return rules.against_naming(code=code, name=name, taken=queries.is_taken(code, authority))


def _create(
    authority: Authority,
    kind: CourseKind,
    code: str,
    name: str,
    points: int,
    *,
    by: Actor,
    now: datetime,
    **given: Any,
) -> NationalCourse:
    course = NationalCourse.objects.create(
        authority=authority,
        kind=kind.value,
        code=code,
        name=name.strip(),
        points=points,
        status=CourseStatus.CURRENT.value,
        source=authority.name,
        **given,
    )
    audit.record(
        verb="own_course.created",
        by=by,
        subject=course,
        authority_id=authority.pk,
        now=now,
        is_creation=True,
        code=code,
        name=course.name,
        points=points,
    )
    return course
