"""Walking students through the house, each step by the one who takes it and on its own day.

A walk names how far a student comes. Everything goes through the services of the processes, so the demo can only
hold what the
rules allow.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kursvis.access.actors import SYSTEM, Person
from kursvis.accounts import services as accounts
from kursvis.accounts.models import User
from kursvis.admissions import services as admissions
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import Ground, Outcome, ReturnReason
from kursvis.catalogue.models import NationalCourse
from kursvis.core import time
from kursvis.demo.rules.offer import PREREQUISITE_OF
from kursvis.demo.services.offer import Stage, Start, marks_of
from kursvis.demo.services.pool import Invented
from kursvis.people import services as people
from kursvis.studies import services as studies
from kursvis.studies.models import Enrolment, Group
from kursvis.studies.rules import GroupKind
from kursvis.work import services as work

GOALS = ("Komma in på sjuksköterskeprogrammet", "Byta yrke", "Gymnasieexamen", "Behörighet till högskolan", "Nytt jobb")


@dataclass
class Walker:
    """Takes students through the steps; remembers the groups that have been made."""

    stage: Stage
    today: date
    pool: Iterator[Invented] = field(default_factory=lambda: iter(()))
    groups: dict[int, Group] = field(default_factory=dict)

    def on(self, day: date) -> date:
        """Return the day, or today when the day has not come."""
        return min(day, self.today)

    def newcomer(self, school: str = "bjork") -> User:
        """Make the account of an invented person, and her record at a school's authority."""
        who = next(self.pool)
        now = time.at_noon(self.today - timedelta(days=300))
        user = accounts.create_user(
            first_name=who.first_name,
            last_name=who.last_name,
            personnummer=who.personnummer,
            email=f"{who.personnummer[2:8]}.{who.personnummer[8:]}@student.example",
            by=SYSTEM,
            now=now,
        )
        people.ensure_student(
            user=user,
            authority=self.stage.schools[school].authority,
            by=SYSTEM,
            now=now,
            email=user.email,
            phone="070-000 00 00",
            street=who.street,
            postal_code=who.postal_code,
            locality=who.locality,
            home_municipality="9901",
        )
        return user

    def apply(self, user: User, start: Start, *, draft: bool = False) -> Choice:
        """Apply on one of the last days of the round, or save a draft."""
        offset = user.pk % 12
        day = self.on(start.round.apply_by - timedelta(days=offset))
        step: Callable[..., Choice] = admissions.save_draft if draft else admissions.apply
        return step(
            course_start=start.course_start,
            user=user,
            email=user.email,
            phone="070-000 00 00",
            goal=GOALS[user.pk % len(GOALS)],
            message="",
            by=Person(user_id=user.pk, name=user.full_name),
            now=time.at_noon(day),
        )

    def decide(self, choice: Choice, start: Start, outcome: Outcome = Outcome.GRANTED) -> None:
        """Decide reception a week after the last application day."""
        on_condition = outcome is Outcome.ON_CONDITION
        required = NationalCourse.objects.get(code=PREREQUISITE_OF[start.plan.code]) if on_condition else None
        basic = start.plan.code.startswith("GRN")
        grounds = () if outcome is Outcome.REFUSED else (Ground.BASIC_LEVEL if basic else Ground.ELIGIBLE,)
        admissions.decide(
            choice=choice,
            outcome=outcome,
            grounds=grounds,
            reason="Du har redan godkänt betyg på kursen." if outcome is Outcome.REFUSED else "",
            required_course=required,
            by=self.stage.officer(start.plan.school),
            now=time.at_noon(self.on(start.round.apply_by + timedelta(days=7))),
        )

    def distribute(self, choice: Choice, start: Start) -> None:
        """Give the choice to the school on the day of the basis."""
        day = self.on(start.round.basis_on)
        admissions.distribute(choice=choice, by=self.stage.officer(start.plan.school), now=time.at_noon(day))

    def distribute_in_a_run(self, choices: list[Choice], start: Start) -> None:
        """Give choices to their schools by a bulk run, on the day of the basis; what does not go stays."""
        officer, now = self.stage.officer(start.plan.school), time.at_noon(self.on(start.round.basis_on))
        run = admissions.prepare_distribution(choices=choices, by=officer, now=now)
        work.prepare_chunk(run_id=run.pk, now=now)
        run.refresh_from_db()
        work.start(run=run, by=officer, now=now)
        work.carry_out_chunk(run_id=run.pk, now=now)

    def give_back(self, choice: Choice, start: Start) -> None:
        """Return the choice to the municipality."""
        admissions.return_choice(
            choice=choice,
            reason=ReturnReason.NO_SEAT,
            text="Gruppen är full. Nästa start är om fem veckor.",
            by=self.stage.administrator(start.plan.school),
            now=time.at_noon(self.on(start.round.basis_on + timedelta(days=2))),
        )

    def call(self, choice: Choice, start: Start) -> None:
        """Call the student some days before the last day for it."""
        day = self.on(start.round.call_by - timedelta(days=3))
        studies.call(choice=choice, by=self.stage.administrator(start.plan.school), now=time.at_noon(day))

    def group(self, start: Start) -> Group:
        """Return the group of a course start, made the first time it is asked for."""
        if start.course_start.pk not in self.groups:
            self.groups[start.course_start.pk] = self._new_group(start)
        return self.groups[start.course_start.pk]

    def _new_group(self, start: Start) -> Group:
        course_start = start.course_start
        return studies.create_group(
            school=course_start.school,
            course=course_start.course,
            course_start=course_start,
            name=f"{start.plan.code.removesuffix('X').rstrip('0')}-{course_start.starts_on:%y%m%d}",
            kind=GroupKind.ORDINARY,
            starts_on=course_start.starts_on,
            ends_on=course_start.ends_on,
            points=course_start.points,
            hours=None,
            teachers=[self.stage.users[start.plan.teacher]],
            **marks_of(course_start.school, start.plan.code),
            by=self.stage.administrator(start.plan.school),
            now=time.at_noon(self.on(start.round.basis_on)),
        )

    def place(self, choice: Choice, start: Start) -> Enrolment:
        """Place the student in the group of the start."""
        return studies.place(
            choice=choice,
            group=self.group(start),
            by=self.stage.administrator(start.plan.school),
            now=time.at_noon(self.on(start.round.call_by)),
        )

    def distributed(self, user: User, start: Start, outcome: Outcome = Outcome.GRANTED) -> Choice:
        """Walk from application to the school's list."""
        choice = self.apply(user, start)
        self.decide(choice, start, outcome)
        self.distribute(choice, start)
        return choice

    def placed(self, user: User, start: Start) -> Enrolment:
        """Walk from application to a seat."""
        choice = self.distributed(user, start)
        self.call(choice, start)
        return self.place(choice, start)

    def absent(self, user: User, start: Start) -> None:
        """Walk to a start that the student did not come to."""
        enrolment = self.placed(user, start)
        day = self.on(start.round.starts_on + timedelta(days=3))
        studies.did_not_start(
            enrolment=enrolment, by=self.stage.administrator(start.plan.school), now=time.at_noon(day)
        )
