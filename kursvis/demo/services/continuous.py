"""Continuous admission in the demo: a period of it, a published start, and a draft whose last day is near."""

from datetime import date, timedelta

from kursvis.catalogue.models import NationalCourse
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.catalogue.rules.rounds import Continuous, first_start
from kursvis.catalogue.services import continuous, offer, rounds
from kursvis.core import time
from kursvis.demo.services.offer import Stage
from kursvis.portal.services.reminders import remind

SCHOOL, CODE = "norr", "PROG2000X"
DECIDED = {"apply_days": 21, "basis_days": 14}
_TEXT = "Objektorienterad programmering. Du börjar när du vill och läser i egen takt med en handledare."


def admit_continuously(stage: Stage, *, today: date) -> None:
    """Make the period and what the school offers in it, and send the reminders of the day."""
    school, by, officer = stage.schools[SCHOOL], stage.administrator(SCHOOL), stage.officer(SCHOOL)
    then = time.at_noon(today - timedelta(days=20))
    decided = Continuous(last_start_on=today + timedelta(days=300), **DECIDED)
    opens_on = today - timedelta(days=10)
    rounds.create_period(
        authority=school.authority,
        name="Löpande antagning",
        opens_on=opens_on,
        offer_by=opens_on,
        continuous=decided,
        by=officer,
        now=then,
    )
    course = NationalCourse.objects.get(authority=None, code=CODE)
    for days, is_published in ((25, True), (10, False)):
        starts_on = first_start(decided, since=today + timedelta(days=days))
        start = continuous.create_course_start(
            school=school,
            course=course,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(weeks=20, days=-3),
            points=course.points or 100,
            seats=15,
            study_form=StudyForm.DISTANCE,
            place=f"{school.street}, {school.locality}",
            description=_TEXT,
            weekly_pattern=(),
            schedule_note="På distans, handledning när du behöver",
            by=by,
            now=then,
        )
        if is_published:
            offer.submit(course_start=start, by=by, now=then)
            offer.publish(course_start=start, by=officer, now=then)
    remind(today=today, now=time.at_noon(today))
