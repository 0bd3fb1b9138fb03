"""Courses, rounds and course starts for tests, made by the services."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.models import CourseStart, NationalCourse, Period, Round
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.rounds import Continuous
from kursvis.catalogue.rules.weekly_pattern import Lesson
from kursvis.catalogue.services import offer, rounds
from kursvis.core import time
from kursvis.organisation.models import Authority, School
from kursvis.organisation.tests.factories import make_authority, make_school

_numbers = count(1)
S = CourseStartStatus


def make_course(**given: Any) -> NationalCourse:
    """Return a course of the national register: 100 points at upper secondary level unless told otherwise."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "code": f"PROV{number:04d}X",
        "name": f"Provkunskap, nivå {number}",
        "points": 100,
        "level": "gymnasial",
        "subject_code": "PROV",
        "subject_name": "Provkunskap",
        "school_form": "VUXGY",
        "curriculum": "Gy25",
        "kind": "level",
        "valid_from": date(2025, 7, 1),
        "status": "current",
        "source": "prov",
    }
    return NationalCourse.objects.create(**(values | given))


def make_period(*, authority: Authority, opens_on: date | None = None, **given: Any) -> Period:
    """Return a period that has been open for a month."""
    opens_on = opens_on or time.today() - timedelta(days=30)
    values: dict[str, Any] = {"name": f"Period {next(_numbers)}", "offer_by": opens_on - timedelta(days=14)}
    return rounds.create_period(authority=authority, opens_on=opens_on, by=SYSTEM, now=time.now(), **(values | given))


def make_continuous_period(*, authority: Authority | None = None, **given: Any) -> Period:
    """Return a period with continuous admission for another 200 days; applying ends 42 days before a start."""
    decided = Continuous(time.today() + timedelta(days=200), 42, 28)
    return make_period(authority=authority or make_authority(), **({"continuous": decided} | given))


def make_round(*, authority: Authority, starts_on: date | None = None, **given: Any) -> Round:
    """Return a round that starts in eight weeks, open for application for another week."""
    starts_on = starts_on or time.today() + timedelta(days=56)
    values: dict[str, Any] = {"apply_by": starts_on - timedelta(days=49), "basis_on": starts_on - timedelta(days=28)}
    values |= given
    opens_on = min(time.today() - timedelta(days=30), values["apply_by"] - timedelta(days=1))
    period = values.pop("period", None) or make_period(authority=authority, opens_on=opens_on)
    return rounds.create_round(period=period, starts_on=starts_on, by=SYSTEM, now=time.now(), **values)


def make_course_start(
    *, school: School | None = None, status: CourseStartStatus = S.PUBLISHED, **given: Any
) -> CourseStart:
    """Return a course start that has walked to its state: published, with 30 seats, unless told otherwise.

    It came in by its period's last day, also a draft, which then was sent back; with `never_sent_in` it has not yet.
    """
    school = school or make_school()
    round_ = given.pop("round", None) or make_round(
        authority=school.authority, **_taken(given, "starts_on", "apply_by")
    )
    course = given.pop("course", None) or make_course()
    values: dict[str, Any] = {
        "ends_on": round_.starts_on + timedelta(days=67),
        "points": course.points or 100,
        "seats": 30,
        "study_form": StudyForm.DISTANCE,
        "place": "Björkgatan 3",
        "description": "Vi läser på distans med två träffar i månaden.",
        "weekly_pattern": (Lesson(2, 18 * 60, 20 * 60),),
        "schedule_note": "",
    }
    is_first_time = given.pop("never_sent_in", False)
    course_start = offer.create_course_start(
        school=school, course=course, round=round_, by=SYSTEM, now=time.now(), **(values | given)
    )
    if not is_first_time:
        course_start.submitted_on = round_.period.offer_by
        course_start.save(update_fields=["submitted_on"])
    walk(course_start, status)
    return course_start


def walk(course_start: CourseStart, status: CourseStartStatus) -> None:
    """Take a draft the steps to a state."""
    step: dict[str, Any] = {"course_start": course_start, "by": SYSTEM, "now": time.now()}
    if status is S.CANCELLED:
        offer.cancel(**step, reason="För få sökande.")
    if status in (S.SUBMITTED, S.PUBLISHED, S.HIDDEN):
        offer.submit(**step)
    if status in (S.PUBLISHED, S.HIDDEN):
        offer.publish(**step)
    if status is S.HIDDEN:
        offer.hide(**step)


def _taken(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: given.pop(name) for name in names if name in given}
