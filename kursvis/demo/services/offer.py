"""Making the seasons and what the schools offer in them, step by step as the schools and the municipality would."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from kursvis.access.actors import Person
from kursvis.access.rules import Action
from kursvis.accounts.models import User
from kursvis.accounts.queries import actor_of
from kursvis.catalogue.models import CourseStart, NationalCourse, Period, Round
from kursvis.catalogue.rules.weekly_pattern import read
from kursvis.catalogue.services import offer, rounds
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.demo.rules.cast import GRANHULT, MALARVIK, school_plan
from kursvis.demo.rules.more_offer import MORE
from kursvis.demo.rules.offer import OFFER, OfferPlan, economy_mark_of, industry_of
from kursvis.demo.rules.season import PeriodPlan
from kursvis.organisation.models import Authority, RegisterEntry, School
from kursvis.organisation.rules.registers import Register

OFFICERS = {MALARVIK: "admissions_officer", GRANHULT: "granhult_officer"}
ADMINISTRATORS = {
    "bjork": "school_administrator",
    "norr": "norr_administrator",
    "hantverk": "hantverk_administrator",
    "strand": "strand_administrator",
    "granhult": "granhult_administrator",
}


@dataclass(frozen=True)
class Stage:
    """Who and what stands on it while the demo is made."""

    schools: dict[str, School]
    users: dict[str, User]
    actors: dict[str, Person]
    industries: dict[tuple[int, str], RegisterEntry] = field(default_factory=dict)

    def officer(self, school_key: str) -> Person:
        """Return the admissions officer of a school's authority."""
        return self.actors[OFFICERS[school_plan(school_key).authority]]

    def industry(self, school: School, code: str) -> RegisterEntry:
        """Return the industry of a course at a school; the register is asked once for each."""
        key = (school.authority_id, industry_of(code))
        if key not in self.industries:
            rows = RegisterEntry.objects.filter(register=Register.INDUSTRY.value, authority_id=key[0])
            self.industries[key] = rows.get(code=key[1])
        return self.industries[key]

    def administrator(self, school_key: str) -> Person:
        """Return the administrator of a school."""
        return self.actors[ADMINISTRATORS[school_key]]


def set_stage(schools: dict[str, School], users: dict[str, User], *, today: date) -> Stage:
    """Return the stage, with every user's actor: in the demo's past each has confirmed her steps."""
    every = frozenset(Action)
    actors = {key: actor_of(user, today=today, confirmed=every) for key, user in users.items()}
    return Stage(schools, users, actors)


@dataclass(frozen=True)
class Start:
    """A course start with its plan and its place in the season."""

    plan: OfferPlan
    round: Round
    course_start: CourseStart


def make_season(stage: Stage, plan: PeriodPlan, *, today: date) -> list[Start]:
    """Make a season's rounds at both authorities and publish what the schools offer in them, up to today."""
    starts: list[Start] = []
    offered = NationalCourse.objects.filter(authority=None, code__in={plan.code for plan in OFFER})
    courses = {course.code: course for course in offered}
    for authority in Authority.objects.all():
        by = stage.actors[OFFICERS[authority.name]]
        now = time.at_noon(min(plan.offer_by - timedelta(days=60), today))
        period = rounds.create_period(
            authority=authority, name=plan.name, opens_on=plan.opens_on, offer_by=plan.offer_by, by=by, now=now
        )
        starts += _starts_of(stage, period, plan, courses, today)
    return starts


def _starts_of(
    stage: Stage, period: Period, plan: PeriodPlan, courses: dict[str, NationalCourse], today: date
) -> list[Start]:
    made = []
    now = time.at_noon(min(plan.offer_by - timedelta(days=50), today))
    for dates in plan.rounds:
        round_ = rounds.create_round(
            period=period,
            apply_by=dates.apply_by,
            basis_on=dates.basis_on,
            starts_on=dates.starts_on,
            by=stage.actors[OFFICERS[period.authority.name]],
            now=now,
        )
        for offered in OFFER:
            if school_plan(offered.school).authority == period.authority.name:
                made += _published(stage, offered, round_, courses[offered.code], plan.offer_by)
    return made


def _published(stage: Stage, plan: OfferPlan, round_: Round, course: NationalCourse, offer_by: date) -> list[Start]:
    """Publish one start; none where the school's agreement does not allow it (a temporary one: R12)."""
    try:
        course_start = draft(stage, plan, round_, course, on=offer_by - timedelta(days=20))
    except Refused:
        return []
    administrator, officer = stage.administrator(plan.school), stage.officer(plan.school)
    offer.submit(course_start=course_start, by=administrator, now=time.at_noon(offer_by - timedelta(days=15)))
    offer.publish(course_start=course_start, by=officer, now=time.at_noon(offer_by - timedelta(days=10)))
    return [Start(plan, round_, course_start)]


def offer_more(stage: Stage, *, today: date) -> None:
    """Publish what the schools offer besides, in the rounds that one can still apply to: a search has a choice."""
    offered = NationalCourse.objects.filter(authority=None, code__in={plan.code for plan in MORE})
    courses = {course.code: course for course in offered}
    open_rounds = Round.objects.filter(apply_by__gte=today).select_related("period__authority").order_by("starts_on")
    for round_ in open_rounds:
        for place, plan in enumerate(MORE):
            is_here = school_plan(plan.school).authority == round_.period.authority.name
            if is_here and (round_.starts_on.isocalendar().week // 4 + place) % 2 == 0:
                _published(stage, plan, round_, courses[plan.code], round_.period.offer_by)


def draft(stage: Stage, plan: OfferPlan, round_: Round, course: NationalCourse, *, on: date) -> CourseStart:
    """Enter one start as a draft. Raises `Refused` where the agreement does not allow it."""
    school = stage.schools[plan.school]
    return offer.create_course_start(
        school=school,
        course=course,
        round=round_,
        ends_on=round_.starts_on + timedelta(weeks=plan.weeks) - timedelta(days=3),
        points=course.points or 100,
        seats=plan.seats,
        study_form=plan.study_form,
        place=plan.place or f"{school.street}, {school.locality}",
        description=plan.text,
        weekly_pattern=read(plan.times)[0],
        schedule_note=plan.note,
        industry=stage.industry(school, course.code),
        by=stage.administrator(plan.school),
        now=time.at_noon(on),
    )


def marks_of(school: School, code: str) -> dict[str, RegisterEntry]:
    """Return the industry and the economy mark of a group that studies a course at a school."""
    rows = RegisterEntry.objects.filter(authority_id=school.authority_id)
    return {
        "industry": rows.get(register=Register.INDUSTRY.value, code=industry_of(code)),
        "economy_mark": rows.get(register=Register.ECONOMY_MARK.value, code=economy_mark_of(code)),
    }
