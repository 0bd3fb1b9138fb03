"""Which walks are taken, so that every state that can be reached has at least three examples around today's date."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

from kursvis.access.actors import Person
from kursvis.accounts.models import User
from kursvis.admissions import services as admissions
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import Outcome
from kursvis.catalogue.services import offer as catalogue
from kursvis.core import time
from kursvis.demo.rules.offer import OFFER
from kursvis.demo.services.grading import APART, GroupGrader, Reached, grade_groups
from kursvis.demo.services.offer import Stage, Start, draft
from kursvis.demo.services.pool import Invented
from kursvis.demo.services.walks import Walker

EACH = 3


class Scenario:
    """The walks of one season at today's date."""

    def __init__(self, stage: Stage, starts: list[Start], pool: Iterator[Invented], *, today: date) -> None:
        self.stage, self.starts, self.today = stage, starts, today
        self.walker = Walker(stage, today, pool)
        rounds = sorted({start.round.starts_on for start in starts})
        self.begun = [day for day in rounds if day <= today]
        self.coming = [day for day in rounds if day > today]

    def at(self, starts_on: date, *, codes: tuple[str, ...] = ()) -> "cycle[Start]":
        """Return the starts of a day, over and over; those of the schools that are walked on their own left out."""
        found = [s for s in self.starts if s.round.starts_on == starts_on and s.plan.school not in APART]
        return cycle([s for s in found if not codes or s.plan.code in codes])

    def play(self, named: dict[str, User]) -> None:
        """Take every walk."""
        self._offer_in_every_state()
        self._applicants()
        self._distributed()
        self._ongoing()
        self._named(named)
        grade_groups(self.walker, self.starts, self.begun)
        self._second_authority()
        self._agreement_that_ended()

    def _offer_in_every_state(self) -> None:
        last = max(self.coming)
        examples = [s for s in self.starts if s.round.starts_on == last and s.plan.school == "bjork"]
        by, officer, now = self.stage.administrator("bjork"), self.stage.officer("bjork"), time.at_noon(self.today)
        for start, plan in zip(examples[:EACH], OFFER, strict=False):
            draft(self.stage, plan, start.round, start.course_start.course, on=self.today)
            sent = draft(self.stage, plan, start.round, start.course_start.course, on=self.today)
            why = "Läraren blev klar först i veckan, och många har frågat efter kursen."
            catalogue.submit(course_start=sent, late_reason=why, by=by, now=now)
            catalogue.hide(course_start=start.course_start, by=officer, now=now)
        for start in examples[EACH : 2 * EACH]:
            catalogue.cancel(course_start=start.course_start, reason="För få sökande i fjol.", by=officer, now=now)

    def _applicants(self) -> None:
        """The round that is open: drafts, sent in, withdrawn."""
        open_now = self.at(self._open_round())
        for _ in range(4):
            self.walker.apply(self.walker.newcomer(), next(open_now), draft=True)
        for _ in range(14):
            self.walker.apply(self.walker.newcomer(), next(open_now))
        for _ in range(EACH):
            user = self.walker.newcomer()
            choice = self.walker.apply(user, next(open_now))
            by = Person(user_id=user.pk, name=user.full_name)
            admissions.withdraw(choice=choice, by=by, now=time.at_noon(self.today))
        self._moved(next(self.at(self._open_round())))

    def _moved(self, start: Start) -> None:
        """A course that somebody has applied to gets another room, and the applicants are told."""
        fields = ("course", "round", "ends_on", "points", "seats", "study_form", "description", "weekly_pattern")
        row, now = start.course_start, time.at_noon(self.today)
        offered = {name: getattr(row, name) for name in (*fields, "schedule_note")}
        place = f"Sal 14, {row.school.street}, {row.school.locality}"
        by = self.stage.administrator(start.plan.school)
        catalogue.edit_course_start(course_start=row, **offered, place=place, by=by, now=now)
        admissions.tell_changes(course_start_id=row.pk, now=now)

    def _open_round(self) -> date:
        return min(s.round.starts_on for s in self.starts if s.round.apply_by >= self.today)

    def _distributed(self) -> None:
        """The round whose basis is due: decided, refused, distributed, on condition, called, placed, returned."""
        soon = min(self.coming)
        starts = self.at(soon)
        advanced = self.at(soon, codes=("MATE2A00X", "SVEN2000X"))
        walker = self.walker
        for outcome, number in ((Outcome.GRANTED, 5), (Outcome.REFUSED, EACH)):
            for _ in range(number):
                start = next(starts)
                walker.decide(walker.apply(self.walker.newcomer(), start), start, outcome)
        start = next(starts)
        undecided = walker.apply(self.walker.newcomer(), start)
        walker.distribute_in_a_run([*(self._decided(next(starts)) for _ in range(6)), undecided], start)
        for _ in range(4):
            start = next(advanced)
            walker.distributed(self.walker.newcomer(), start, Outcome.ON_CONDITION)
        for number in range(EACH):
            start = next(advanced)
            choice = walker.distributed(self.walker.newcomer(), start, Outcome.ON_CONDITION)
            admissions.record_evidence(
                choice=choice,
                evidence=f"Utdrag ur betygskatalog från annan skola, {'CDE'[number]}.",
                by=self.stage.administrator(start.plan.school),
                now=time.at_noon(self.today),
            )
        self._called_and_placed(starts)

    def _decided(self, start: Start) -> Choice:
        choice = self.walker.apply(self.walker.newcomer(), start)
        self.walker.decide(choice, start)
        return choice

    def _called_and_placed(self, starts: "cycle[Start]") -> None:
        walker = self.walker
        for step in (walker.give_back, walker.call):
            for _ in range(EACH + 1):
                start = next(starts)
                step(walker.distributed(self.walker.newcomer(), start), start)
        for _ in range(8):
            start = next(starts)
            walker.placed(self.walker.newcomer(), start)

    def _ongoing(self) -> None:
        """The rounds that have begun: in the midst of it, and did not start."""
        for day in self.begun[-2:]:
            starts = self.at(day)
            for _ in range(12):
                self.walker.placed(self.walker.newcomer(), next(starts))
            for _ in range(EACH):
                self.walker.absent(self.walker.newcomer(), next(starts))

    def _named(self, users: dict[str, User]) -> None:
        soon = min(self.coming)
        advanced, math = next(self.at(soon, codes=("MATE2A00X",))), next(self.at(self.begun[-1], codes=("MATE1A00X",)))
        self.walker.distributed(users["conditional_student"], advanced, Outcome.ON_CONDITION)
        self.walker.placed(users["protected_student"], math)
        self.walker.placed(users["teacher_and_student"], next(self.at(self.begun[-1], codes=("PROG1000X",))))

    def _second_authority(self) -> None:
        """A few students at the other authority, so that the walls between them are real."""
        starts = [s for s in self.starts if s.plan.school == "granhult"]
        begun = next(s for s in starts if s.round.starts_on == self.begun[-1])
        open_now = next(s for s in starts if s.round.starts_on == self._open_round())
        ended = next(s for s in starts if s.course_start.ends_on < self.today - timedelta(days=8))
        placed = [self.walker.placed(self.walker.newcomer("granhult"), ended) for _ in range(2)]
        GroupGrader(self.walker, ended, placed[0].group).take_to(Reached.SENT)
        for number in range(2 * EACH):
            user = self.walker.newcomer("granhult")
            if number % 2:
                self.walker.apply(user, open_now)
            else:
                self.walker.placed(user, begun)

    def _agreement_that_ended(self) -> None:
        """The school that may take nobody new: students to finish, students to grade, and one who came too late."""
        *_, ended, ongoing, begun = [s for s in self.starts if s.plan.school == "strand"]
        graded = [self.walker.placed(self.walker.newcomer(), ended) for _ in range(EACH)]
        GroupGrader(self.walker, ended, graded[0].group).take_to(Reached.SET)
        for start in (ongoing, begun):
            for _ in range(EACH):
                self.walker.placed(self.walker.newcomer(), start)
        self.walker.distributed(self.walker.newcomer(), begun)
