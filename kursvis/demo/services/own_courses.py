"""What the demo's municipality has decided for itself: a local part, an individual course, an offered package."""

from datetime import date, timedelta
from typing import Any

from kursvis.catalogue.models import CourseStart, NationalCourse, Package, Round
from kursvis.catalogue.queries.own_courses import suggested_code
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.catalogue.rules.orientation import suggested_group_name
from kursvis.catalogue.rules.packages import Change
from kursvis.catalogue.rules.weekly_pattern import read
from kursvis.catalogue.services import offer, own_courses, package_starts, packages
from kursvis.core import time
from kursvis.demo.rules.cast import MALARVIK
from kursvis.demo.services.offer import Stage
from kursvis.organisation.models import Authority
from kursvis.studies import services as studies
from kursvis.studies.rules import GroupKind

_PACKAGE = ("SERV1000X", "ENTR1000X", "MARK1000X")
_INSTEAD = "INKO1000X"
"""A course that stands for the last one of the package."""


def offer_own_courses(stage: Stage, *, today: date) -> None:
    """Decide on own courses, and let two schools offer them: a local part, an orientation course, a package."""
    authority = Authority.objects.get(name=MALARVIK)
    rounds = list(
        Round.objects.filter(period__authority=authority, starts_on__gt=today)
        .select_related("period")
        .order_by("starts_on")
    )
    decided = time.at_noon(min(rounds[-1].period.offer_by - timedelta(days=30), today))
    who: dict[str, Any] = {"by": stage.actors["system_administrator"], "now": decided}
    biology = NationalCourse.objects.get(authority=None, code="GRNBIO2")
    part = own_courses.create_part(
        authority=authority,
        whole=biology,
        code=suggested_code(authority, biology),
        name="Biologi, kroppen och hälsan",
        points=75,
        **who,
    )
    own_courses.create_individual(
        authority=authority,
        school_form="VUXGR",
        code=suggested_code(authority),
        name="Läsa och skriva på jobbet",
        points=50,
        **who,
    )
    _published(stage, "norr", part, rounds[-2], weeks=5, points=75, text="Människokroppen, hälsa och läkemedel.")
    _orientation(stage, rounds[0], today=today)
    _package(stage, authority, rounds[-3:], who)


def _published(
    stage: Stage, school_key: str, course: NationalCourse, round_: Round, *, weeks: int, points: int, text: str
) -> CourseStart:
    school = stage.schools[school_key]
    entered = time.at_noon(round_.period.offer_by - timedelta(days=20))
    start = offer.create_course_start(
        school=school,
        course=course,
        round=round_,
        ends_on=round_.starts_on + timedelta(weeks=weeks) - timedelta(days=3),
        points=points,
        seats=20,
        study_form=StudyForm.CLASSROOM,
        place=f"{school.street}, {school.locality}",
        description=text,
        weekly_pattern=read("måndag–torsdag 9–12")[0],
        schedule_note="",
        by=stage.administrator(school_key),
        now=entered,
    )
    offer.submit(course_start=start, by=stage.administrator(school_key), now=entered)
    offer.publish(course_start=start, by=stage.officer(school_key), now=entered)
    return start


def _orientation(stage: Stage, round_: Round, *, today: date) -> None:
    """An orientation course: its points are set locally, and its group's name describes itself (R18)."""
    course = NationalCourse.objects.get(authority=None, code="KGYORI11B")
    text = "Lär dig läsa, anteckna och planera. Du får intyg, inget betyg."
    start = _published(stage, "bjork", course, round_, weeks=3, points=40, text=text)
    studies.create_group(
        school=start.school,
        course=course,
        course_start=start,
        name=suggested_group_name(course.code, starts_on=start.starts_on, school=start.school.name, taken=frozenset()),
        kind=GroupKind.ORIENTATION,
        starts_on=start.starts_on,
        ends_on=start.ends_on,
        points=start.points,
        hours=None,
        teachers=[stage.users["teacher"]],
        by=stage.administrator("bjork"),
        now=time.at_noon(today),
    )


def _package(stage: Stage, authority: Authority, rounds: list[Round], who: dict[str, Any]) -> None:
    package: Package = packages.create_package(
        authority=authority,
        code="MLVSERVICE",
        name="Service och företagande",
        description="En kort yrkesutbildning för dig som vill arbeta med service eller starta eget.",
        **who,
    )
    for code in (*_PACKAGE, _INSTEAD):
        packages.add_course(package=package, code=code, **who)
    packages.change_course(package=package, code=_INSTEAD, change=Change.JOIN, **who)
    courses = {course.code: course for course in NationalCourse.objects.filter(authority=None, code__in=_PACKAGE)}
    starts = [
        _published(stage, "bjork", courses[code], round_, weeks=5, points=100, text="Ingår i paketet, kan sökas ensam.")
        for code, round_ in zip(_PACKAGE, rounds, strict=True)
    ]
    package_starts.create_package_start(
        package=package,
        school=stage.schools["bjork"],
        starts=starts,
        description="Du läser kurserna efter varandra, på dagtid.",
        by=stage.administrator("bjork"),
        now=who["now"],
    )
