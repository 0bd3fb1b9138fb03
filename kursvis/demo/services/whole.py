"""The whole demo, of a size."""

from datetime import date

from kursvis.access.actors import SYSTEM
from kursvis.accounts.models import User
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.services.register import load_register
from kursvis.core import time
from kursvis.core.reasons import Reason, Refused
from kursvis.demo.rules.cast import CAST, SCHOOLS, school_plan
from kursvis.demo.rules.offer import OFFER
from kursvis.demo.rules.season import seasons
from kursvis.demo.services.bulk import PastSeason
from kursvis.demo.services.bulk_students import load_students
from kursvis.demo.services.colleagues import make_colleagues
from kursvis.demo.services.continuous import admit_continuously
from kursvis.demo.services.imported import import_an_offer
from kursvis.demo.services.next_season import make_next_season
from kursvis.demo.services.offer import Stage, Start, make_season, offer_more, set_stage
from kursvis.demo.services.own_courses import offer_own_courses
from kursvis.demo.services.people import make_cast, make_named_students, make_organisation
from kursvis.demo.services.pool import invented_people
from kursvis.demo.services.scenario import Scenario
from kursvis.demo.services.setting_up import decide_the_rest, delegate_decisions
from kursvis.organisation.models import School
from kursvis.people.models import Student
from kursvis.studies.models import Enrolment

SIZES = {"cast": 0, "walks": 0, "demo": 2000}
"""How many students in all: the cast alone, with the walks, or with past seasons in bulk."""

LEFT_FOR_WALKS = 200
"""The past is loaded first, so that numbers follow time; the walks then take these places, and the rest is filled."""


def make_demo(*, size: str, today: date) -> str:
    """Fill an empty database; return in words what was made. Raises `Refused` when somebody is there already."""
    if User.objects.exists():
        raise Refused(Reason("demo.not_empty"))
    if not NationalCourse.objects.exists():
        load_register(by=SYSTEM, now=time.at_noon(today))
    stage, starts = make_stage(today=today)
    if size != "cast":
        pool = invented_people(today=today)
        if SIZES[size]:
            _load_past(stage, load_students(stage, pool, number=SIZES[size] - LEFT_FOR_WALKS, today=today), today=today)
        Scenario(stage, starts, pool, today=today).play(stage.users)
        offer_own_courses(stage, today=today)
        make_next_season(stage, starts, today=today)
        import_an_offer(stage, today=today)
        admit_continuously(stage, today=today)
        if SIZES[size]:
            offer_more(stage, today=today)
            load_students(stage, pool, number=SIZES[size] - Student.objects.count(), today=today)
    return f"{Student.objects.count()} students, {Enrolment.objects.count()} enrolments"


def make_stage(*, today: date) -> tuple[Stage, list[Start]]:
    """Make the cast, their schools, and the past and present seasons with their offer."""
    schools = make_organisation(today=today)
    users = make_cast(schools, today=today)
    delegate_decisions(users, today=today)
    make_named_students(users, today=today)
    stage = set_stage(schools, users, today=today)
    decide_the_rest(stage, today=today)
    make_colleagues(stage, today=today)
    starts = [start for plan in seasons(today) for start in make_season(stage, plan, today=today)]
    return stage, starts


def stage_of(*, today: date) -> Stage:
    """Return the stage of a demo that stands in the database."""
    codes = {plan.unit_code: plan.key for plan in SCHOOLS}
    schools = {codes[school.unit_code]: school for school in School.objects.select_related("authority")}
    users = {user.personnummer: user for user in User.objects.filter(personnummer__in=[p.personnummer for p in CAST])}
    return set_stage(schools, {person.key: users[person.personnummer] for person in CAST}, today=today)


def starts_in(today: date) -> list[Start]:
    """Return the published course starts of the demo's seasons, in the order of their starts."""
    plans = {(school_plan(plan.school).unit_code, plan.code): plan for plan in OFFER}
    rows = CourseStart.objects.filter(status="published").select_related("course", "school", "round__period")
    found = [
        Start(plans[row.school.unit_code, row.course.code], row.round, row)
        for row in rows.order_by("starts_on", "id")
        if (row.school.unit_code, row.course.code) in plans
    ]
    return [start for start in found if start.round.period.opens_on <= today]


def _load_past(stage: Stage, students: dict[int, list[Student]], *, today: date) -> None:
    courses = {course.code: course for course in NationalCourse.objects.filter(authority=None)}
    for plan in seasons(today, past=3)[:2]:
        PastSeason(stage, plan, students).load(courses)
