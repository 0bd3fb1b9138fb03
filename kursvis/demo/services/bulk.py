"""Bulk load of seasons that are over: everybody applied, was placed, completed and got an approved grade.

The rows are those that the services would have written; `services.check` passes both alike. One audit event is
written for
each course start.
"""

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from kursvis.access.actors import SYSTEM, Person
from kursvis.accounts.models import User
from kursvis.accounts.queries.delegations import delegation_of
from kursvis.accounts.rules.delegations import DelegatedDecision, against_deciding
from kursvis.admissions.models import Application, Choice, ChoiceStep, Decision
from kursvis.admissions.rules import ChoiceStatus, DecisionKind, Ground, Outcome
from kursvis.admissions.services.path import person
from kursvis.audit import services as audit
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.register import hours_for
from kursvis.catalogue.rules.scales import scale_for
from kursvis.catalogue.rules.weekly_pattern import read
from kursvis.core import time
from kursvis.core.reasons import refuse_if
from kursvis.demo.rules.cast import school_plan
from kursvis.demo.rules.offer import OFFER, OfferPlan
from kursvis.demo.rules.season import PeriodPlan
from kursvis.demo.services.bulk_students import highest
from kursvis.demo.services.offer import Stage, marks_of
from kursvis.grades import document
from kursvis.grades.models import Catalogue, CatalogueEntry, CatalogueStep, Grade, GradeStep
from kursvis.grades.rules import CatalogueStatus, GradeStatus, Verb
from kursvis.merits.models import Result
from kursvis.merits.rules import ResultSource
from kursvis.organisation.models import Authority
from kursvis.people.models import Student
from kursvis.studies.models import Enrolment, EnrolmentStep, Group, GroupTeacher
from kursvis.studies.rules import EnrolmentOutcome

SEATS = 62
GROUPS = "AB"
GY25_FROM = date(2025, 7, 1)


class PastSeason:
    """Loads one season that is over."""

    def __init__(self, stage: Stage, plan: PeriodPlan, students: dict[int, list[Student]], *, seed: int = 7) -> None:
        self.stage, self.plan, self.students = stage, plan, students
        self.chance = random.Random(seed)  # no secrets here
        self.numbers = {a.pk: highest(Application, a, "number") for a in Authority.objects.filter(pk__in=students)}

    def load(self, courses: dict[str, Any]) -> None:
        """Load rounds, starts, groups, enrolments, grades and catalogues of the season."""
        periods = self._periods()
        for dates in self.plan.rounds:
            for authority_id, period in periods.items():
                round_ = Round.objects.create(
                    period=period,
                    apply_by=dates.apply_by,
                    basis_on=dates.basis_on,
                    call_by=dates.call_by,
                    starts_on=dates.starts_on,
                )
                for offered in OFFER:
                    school = self.stage.schools[offered.school]
                    if school.authority_id == authority_id and self._is_offered(offered, dates.starts_on):
                        self._load_start(offered, round_, courses[offered.code])

    def _periods(self) -> dict[int, Period]:
        with transaction.atomic():
            return {
                pk: Period.objects.create(
                    authority_id=pk, name=self.plan.name, opens_on=self.plan.opens_on, offer_by=self.plan.offer_by
                )
                for pk in self.students
            }

    def _is_offered(self, offered: OfferPlan, starts_on: date) -> bool:
        ends_on = starts_on + timedelta(weeks=offered.weeks) - timedelta(days=3)
        ends_within_the_year = offered.school != "hantverk" or ends_on.year == starts_on.year
        was_there = not school_plan(offered.school).ended  # its agreement was short, and came later
        return was_there and starts_on >= GY25_FROM and ends_within_the_year

    @transaction.atomic
    def _load_start(self, offered: OfferPlan, round_: Round, course: Any) -> None:
        start = self._course_start(offered, round_, course)
        students = self.chance.sample(self.students[start.authority_id], start.seats_taken)
        for number, letter in enumerate(GROUPS):
            group = self._group(offered, start, letter)
            enrolments = self._admit(offered, start, round_, group, students[number :: len(GROUPS)])
            self._grade(offered, group, enrolments)
        audit.record(
            verb="course_start.bulk_loaded",
            by=SYSTEM,
            subject=start,
            authority_id=start.authority_id,
            now=time.at_noon(start.ends_on),
            enrolments=len(students),
        )

    def _group(self, offered: OfferPlan, start: CourseStart, letter: str) -> Group:
        group = Group.objects.create(
            authority_id=start.authority_id,
            school=start.school,
            course=start.course,
            course_start=start,
            name=f"{offered.code.removesuffix('X').rstrip('0')}-{start.starts_on:%y%m%d}-{letter}",
            points=start.points,
            hours=hours_for(start.points),
            starts_on=start.starts_on,
            ends_on=start.ends_on,
            **marks_of(start.school, offered.code),
        )
        GroupTeacher.objects.create(group=group, user=self.stage.users[offered.teacher])
        return group

    def _course_start(self, offered: OfferPlan, round_: Round, course: Any) -> CourseStart:
        school = self.stage.schools[offered.school]
        taken = min(SEATS - self.chance.randint(0, 3), len(self.students[school.authority_id]))
        return CourseStart.objects.create(
            authority_id=school.authority_id,
            school=school,
            course=course,
            round=round_,
            starts_on=round_.starts_on,
            ends_on=round_.starts_on + timedelta(weeks=offered.weeks) - timedelta(days=3),
            points=course.points or 100,
            seats=SEATS,
            seats_taken=taken,
            applicants=taken,
            study_form=offered.study_form.value,
            place=f"{school.street}, {school.locality}",
            description=offered.text,
            weekly_pattern=read(offered.times)[0],
            schedule_note=offered.note,
            status=CourseStartStatus.PUBLISHED.value,
        )

    def _admit(
        self, offered: OfferPlan, start: CourseStart, round_: Round, group: Group, students: list[Student]
    ) -> list[Enrolment]:
        applied, decided = time.at_noon(round_.apply_by), time.at_noon(round_.apply_by + timedelta(days=7))
        basis, placed = time.at_noon(round_.basis_on), time.at_noon(round_.call_by)
        applications = Application.objects.bulk_create([self._application(s, applied) for s in students])
        choices = Choice.objects.bulk_create([self._choice(a, start, placed) for a in applications])
        officer = self.stage.officer(offered.school)
        basic = offered.code.startswith("GRN")
        said = self._delegation(officer, start.authority_id, time.swedish_date(decided))
        Decision.objects.bulk_create([self._decision(c, officer, basic, decided, said) for c in choices])
        administrator = self.stage.administrator(offered.school)
        moves = (
            ("", ChoiceStatus.DRAFT, applied, None),
            (ChoiceStatus.DRAFT, ChoiceStatus.SUBMITTED, applied, None),
            (ChoiceStatus.SUBMITTED, ChoiceStatus.DECIDED, decided, officer.user_id),
            (ChoiceStatus.DECIDED, ChoiceStatus.DISTRIBUTED, basis, officer.user_id),
            (ChoiceStatus.DISTRIBUTED, ChoiceStatus.PLACED, placed, administrator.user_id),
        )
        ChoiceStep.objects.bulk_create(
            [ChoiceStep(choice=c, old=old, new=new, at=at, by_id=by) for c in choices for old, new, at, by in moves]
        )
        return self._enrol(choices, group, placed, administrator.user_id)

    def _application(self, student: Student, at: datetime) -> Application:
        self.numbers[student.authority_id] += 1
        return Application(
            authority_id=student.authority_id,
            student=student,
            number=self.numbers[student.authority_id],
            email=student.email,
            phone=student.phone,
            goal="Gymnasieexamen",
            created_at=at,
            submitted_at=at,
        )

    def _choice(self, application: Application, start: CourseStart, at: datetime) -> Choice:
        return Choice(
            application=application,
            authority_id=application.authority_id,
            student_id=application.student_id,
            course_start=start,
            status=ChoiceStatus.PLACED.value,
            outcome=Outcome.GRANTED.value,
            status_at=at,
            called_at=at,
        )

    def _delegation(self, officer: Person, authority_id: int, day: date) -> str:
        """Return where the board has said that the officer may decide. Raises `Refused` when it has not."""
        said = delegation_of(officer, DelegatedDecision.RECEPTION, authority_id=authority_id, today=day)
        refuse_if(against_deciding(said, DelegatedDecision.RECEPTION))
        return said or ""

    def _decision(self, choice: Choice, officer: Person, basic: bool, at: datetime, delegation: str) -> Decision:
        return Decision(
            choice=choice,
            kind=DecisionKind.RECEPTION.value,
            outcome=Outcome.GRANTED.value,
            grounds=[Ground.BASIC_LEVEL.value if basic else Ground.RIGHT_SPECIFIC_ELIGIBILITY.value],
            decider_id=person(officer),
            decider_name=officer.name,
            delegation=delegation,
            decided_on=time.swedish_date(at),
            decided_at=at,
        )

    def _enrol(self, choices: list[Choice], group: Group, at: datetime, by_id: int | None) -> list[Enrolment]:
        enrolments = Enrolment.objects.bulk_create(
            [
                Enrolment(
                    authority_id=group.authority_id,
                    student_id=choice.student_id,
                    group=group,
                    choice=choice,
                    starts_on=group.starts_on,
                    ends_on=group.ends_on,
                    outcome=EnrolmentOutcome.COMPLETED.value,
                    outcome_on=group.ends_on,
                    has_locked_grade=True,
                )
                for choice in choices
            ]
        )
        done = time.at_noon(group.ends_on)
        steps = (("placed", "", group.name, at), ("completed", "none", "completed", done))
        EnrolmentStep.objects.bulk_create(
            [
                EnrolmentStep(enrolment=e, verb=verb, old=old, new=new, at=moment, by_id=by_id)
                for e in enrolments
                for verb, old, new, moment in steps
            ]
        )
        return enrolments

    def _grade(self, offered: OfferPlan, group: Group, enrolments: list[Enrolment]) -> None:
        scale = scale_for(group.course.facts(), group.starts_on)
        teacher = self.stage.users[offered.teacher]
        at = time.at_noon(group.ends_on)
        drawn = [self.chance.choice(scale.values) for _ in enrolments]
        grades = Grade.objects.bulk_create(
            [
                Grade(
                    authority_id=group.authority_id,
                    enrolment=enrolment,
                    value=value,
                    status=GradeStatus.LOCKED.value,
                    decider=teacher,
                    decided_at=at,
                    grade_date=group.ends_on,
                    locked_at=at,
                )
                for enrolment, value in zip(enrolments, drawn, strict=True)
            ]
        )
        Result.objects.bulk_create(
            [
                Result(
                    student_id=grade.enrolment.student_id,
                    course_id=group.course_id,
                    value=grade.value,
                    passed=grade.value in scale.passing,
                    dated=group.ends_on,
                    source=ResultSource.OWN_GRADE.value,
                    source_id=grade.pk,
                )
                for grade in grades
            ]
        )
        self._catalogue(group, teacher, offered, at)

    def _catalogue(self, group: Group, teacher: User, offered: OfferPlan, at: datetime) -> None:
        approved = at + timedelta(days=6)
        catalogue = Catalogue(
            authority_id=group.authority_id,
            group=group,
            decider=teacher,
            decider_name=teacher.full_name,
            decider_title=teacher.title,
            number=highest(Catalogue, group.authority, "number") + 1,
            status=CatalogueStatus.APPROVED.value,
            created_at=at + timedelta(days=1),
            sent_at=at + timedelta(days=2),
            received_at=at + timedelta(days=5),
            approved_at=approved,
            pdf=b"",
        )
        catalogue.save(force_insert=True)
        rows = Grade.objects.filter(enrolment__group=group).select_related("enrolment__student", "enrolment__group")
        grades = list(rows.order_by("enrolment__student__name_key"))
        catalogue.pdf = document.render(catalogue, grades, replaced=[])
        catalogue.save(update_fields=["pdf"])
        CatalogueEntry.objects.bulk_create(
            [CatalogueEntry(catalogue=catalogue, grade=g, value=g.value, grade_date=group.ends_on) for g in grades]
        )
        Grade.objects.filter(pk__in=[g.pk for g in grades]).update(
            status=GradeStatus.APPROVED.value, approved_at=approved
        )
        self._paths(catalogue, grades, offered, at)

    def _paths(self, catalogue: Catalogue, grades: list[Grade], offered: OfferPlan, at: datetime) -> None:
        teacher_id = catalogue.decider_id
        office_id = self.stage.administrator(offered.school).user_id
        registrar_key = "granhult_registrar" if offered.school == "granhult" else "grade_registrar"
        registrar_id = self.stage.users[registrar_key].pk
        own = ((Verb.SET, 0, teacher_id), (Verb.LOCKED, 0, teacher_id), (Verb.IN_CATALOGUE, 1, teacher_id))
        shared = ((Verb.SENT, 2, office_id), (Verb.RECEIVED, 5, registrar_id), (Verb.APPROVED, 6, registrar_id))
        GradeStep.objects.bulk_create(
            [
                GradeStep(grade=g, verb=verb.value, value=g.value, at=at + timedelta(days=days), by_id=by)
                for g in grades
                for verb, days, by in (*own, *shared)
            ]
        )
        CatalogueStep.objects.bulk_create(
            [
                CatalogueStep(catalogue=catalogue, verb=verb.value, at=at + timedelta(days=days), by_id=by)
                for verb, days, by in ((Verb.CREATED, 1, teacher_id), *shared)
            ]
        )
