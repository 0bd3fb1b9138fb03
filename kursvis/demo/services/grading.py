"""Walking groups to each state of a grade and of its catalogue."""

from datetime import date, timedelta
from enum import IntEnum

from kursvis.access.actors import Person
from kursvis.catalogue.rules.scales import DASH, scale_for
from kursvis.core import time
from kursvis.demo.services.offer import Start
from kursvis.demo.services.walks import Walker
from kursvis.grades import services as grades
from kursvis.grades.models import Catalogue, Grade
from kursvis.grades.queries import no_grade_reasons_of
from kursvis.studies.models import Enrolment, Group

STUDENTS_A_GROUP = 2


class Reached(IntEnum):
    """How far a group's grades have come."""

    AWAITING = 0
    SET = 1
    LOCKED = 2
    CREATED = 3
    SENT = 4
    RECEIVED = 5
    APPROVED = 6
    RETURNED = 7
    REPLACED = 8


EXAMPLES = 3
APART = ("granhult", "strand")
"""Schools whose students are walked on their own: the other authority's, and the one whose agreement has ended."""
REGISTRARS = {"granhult": "granhult_registrar"}


def grade_groups(walker: Walker, starts: list[Start], begun: list[date]) -> None:
    """Fill groups that have ended and take their grades as far as each state, three groups a state."""
    wanted = [reached for _ in range(EXAMPLES) for reached in Reached]
    ended = [
        start
        for day in reversed(begun)
        for start in starts
        if start.round.starts_on == day
        and start.plan.school not in APART
        and start.course_start.ends_on < walker.today - timedelta(days=8)
    ]
    plans = list(zip(wanted, ended, strict=False))
    approved = next(start for reached, start in plans if reached is Reached.APPROVED and start.plan.school == "bjork")
    walker.placed(walker.stage.users["graded_student"], approved)
    for reached, start in plans:
        placed = [walker.placed(walker.newcomer(), start) for _ in range(STUDENTS_A_GROUP)]
        GroupGrader(walker, start, placed[0].group).take_to(reached)


class GroupGrader:
    """Takes one group's grades through the steps."""

    def __init__(self, walker: Walker, start: Start, group: Group) -> None:
        self.group, self.start, self.today = group, start, walker.today
        self.teacher = walker.stage.actors[start.plan.teacher]
        self.administrator = walker.stage.administrator(start.plan.school)
        self.registrar: Person = walker.stage.actors[REGISTRARS.get(start.plan.school, "grade_registrar")]
        self.day = group.ends_on

    def _next_day(self) -> date:
        self.day = min(self.day + timedelta(days=1), self.today)
        return self.day

    def take_to(self, reached: Reached) -> None:
        """Do every step up to the state."""
        if reached >= Reached.SET:
            self._set(with_dash=reached is Reached.SET)
        if reached >= Reached.LOCKED:
            grades.lock_group(group=self.group, by=self.teacher, now=time.at_noon(self._next_day()))
        if reached >= Reached.CREATED:
            self._catalogue_to(reached)

    def _set(self, *, with_dash: bool) -> None:
        """Set passing grades; with a dash, the last student has one, and why, where the scale knows it (39 §)."""
        enrolments = list(Enrolment.objects.filter(group=self.group).select_related("group__course").order_by("pk"))
        scale = self._scale(enrolments[0])
        passing = [v for v in scale if v not in ("F", "IG", "-", DASH)]
        values = {enrolment.uuid: passing[number % len(passing)] for number, enrolment in enumerate(enrolments)}
        reasons = {}
        if with_dash and DASH in scale:
            last = enrolments[-1].uuid
            values[last], reasons[last] = DASH, no_grade_reasons_of(self.group, today=self.day)[0]
        grades.set_grades(
            group=self.group, values=values, no_grade_reasons=reasons, by=self.teacher, now=time.at_noon(self.day)
        )

    def _scale(self, enrolment: Enrolment) -> tuple[str, ...]:
        return scale_for(enrolment.group.course.facts(), enrolment.starts_on).values

    def _catalogue_to(self, reached: Reached) -> None:
        catalogue = grades.create_catalogue(group=self.group, by=self.teacher, now=time.at_noon(self._next_day()))
        if reached >= Reached.SENT:
            grades.mark_sent(catalogue=catalogue, by=self.administrator, now=time.at_noon(self._next_day()))
        if reached >= Reached.RECEIVED:
            grades.receive(catalogue=catalogue, by=self.registrar, now=time.at_noon(self._next_day()))
        if reached in (Reached.APPROVED, Reached.REPLACED):
            grades.approve(catalogue=catalogue, by=self.registrar, now=time.at_noon(self._next_day()))
        self._end(catalogue, reached)

    def _end(self, catalogue: Catalogue, reached: Reached) -> None:
        now = time.at_noon(self._next_day())
        if reached is Reached.RETURNED:
            grades.return_catalogue(
                catalogue=catalogue, reason="Underskriften saknas på sida 1.", by=self.registrar, now=now
            )
        if reached is Reached.REPLACED:
            grade = Grade.objects.filter(enrolment__group=self.group).order_by("pk")[0]
            grades.unlock(grade=grade, reason="Fel betyg inskrivet för en studerande.", by=self.registrar, now=now)
