"""The dates that steps hang on, and the facts with these dates that the rules are asked with."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from kursvis.access.rules import Role
from kursvis.accounts.rules.delegations import DelegatedDecision, DelegationFacts
from kursvis.admissions.rules import ChoiceFacts, ChoiceStatus, Outcome
from kursvis.catalogue.rules import rounds
from kursvis.catalogue.rules.offer import CourseStartFacts, CourseStartStatus
from kursvis.catalogue.rules.register import CourseFacts, CourseKind
from kursvis.catalogue.rules.rounds import RoundDates
from kursvis.core.reasons import Reason
from kursvis.grades.rules import GradeFacts, GradeStatus
from kursvis.organisation.rules import AgreementFacts, AgreementKind
from kursvis.organisation.rules.registers import EntryFacts, Register
from kursvis.organisation.rules.settings import DEFAULTS, Setting
from kursvis.studies.rules import EnrolmentFacts, EnrolmentOutcome

DAY = timedelta(days=1)
TEACHER, STUDENT = 1, 2


@dataclass(frozen=True)
class Dates:
    """The dates that steps hang on, in the order in which they come."""

    opens_on: date
    apply_by: date
    basis_on: date
    starts_on: date
    ends_on: date

    @property
    def call_by(self) -> date:
        """Return the last day for the call."""
        return rounds.call_by(self.starts_on, days=DEFAULTS[Setting.CALL_DAYS])

    @property
    def last_of_year(self) -> date:
        """Return the last day of the year in which the education starts."""
        return date(self.starts_on.year, 12, 31)


AUTUMN = Dates(
    opens_on=date(2026, 4, 27),
    apply_by=date(2026, 6, 15),
    basis_on=date(2026, 7, 6),
    starts_on=date(2026, 8, 17),
    ends_on=date(2026, 10, 23),
)


def course_start(dates: Dates, status: CourseStartStatus) -> CourseStartFacts:
    """Return a course start with these dates and free seats."""
    return CourseStartFacts(
        status=status,
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        opens_on=dates.opens_on,
        apply_by=dates.apply_by,
        seats=30,
        seats_taken=0,
        applicants=0,
        stopped=False,
        description="Vi läser på distans.",
        schedule="tisdag 18.00–20.00",
    )


def choice(dates: Dates) -> ChoiceFacts:
    """Return a choice that the school has been given."""
    return ChoiceFacts(ChoiceStatus.DISTRIBUTED, Outcome.GRANTED, None, dates.starts_on, STUDENT)


def agreement_then(dates: Dates) -> list[AgreementFacts]:
    """Return the one agreement of a school: from the opening of the catalogue to the end of the course."""
    return agreement(AgreementKind.ORDINARY, dates.opens_on, dates.ends_on)


def delegation(dates: Dates) -> DelegationFacts:
    """Return a delegation of reception to officers, from the opening of the catalogue to the end of the course."""
    role = Role.ADMISSIONS_OFFICER
    return DelegationFacts(DelegatedDecision.RECEPTION, role, None, "punkt 4.2", dates.opens_on, dates.ends_on)


def entry(dates: Dates) -> EntryFacts:
    """Return a reason of a return, in force from the opening of the catalogue to the end of the course."""
    return EntryFacts(
        Register.RETURN_REASON, "fullt", "Fullt", "Alla platser är tagna.", "no_seat", dates.opens_on, dates.ends_on
    )


def enrolment(dates: Dates) -> EnrolmentFacts:
    """Return an enrolment that nothing has happened to."""
    return EnrolmentFacts(dates.starts_on, dates.ends_on, EnrolmentOutcome.NONE, None, False, STUDENT)


def grade(dates: Dates, status: GradeStatus | None) -> GradeFacts:
    """Return a grade of the group's teacher; without a status the enrolment has none."""
    return GradeFacts(
        status=status,
        value="C" if status else "",
        scale_values=("A", "B", "C", "D", "E", "F"),
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        enrolment_ended=False,
        teacher_user_ids=frozenset({TEACHER}),
        student_user_id=STUDENT,
        in_valid_catalogue=False,
    )


def course(dates: Dates) -> CourseFacts:
    """Return a course that is new when the catalogue opens and, from the day after `apply_by`, only finished."""
    return CourseFacts(
        code="PROV0001X",
        level="gymnasial",
        school_form="VUXGY",
        curriculum="Gy25",
        kind=CourseKind.LEVEL.value,
        searchable=True,
        valid_from=dates.opens_on,
        valid_to=dates.ends_on,
        cancelled_from=dates.apply_by + DAY,
    )


def against_round(dates: Dates, **changed: date) -> list[Reason]:
    """Return what is wrong with a round of these dates, some of them changed."""
    whole = RoundDates(dates.apply_by, dates.basis_on, dates.call_by, dates.starts_on)
    return rounds.against_dates(replace(whole, **changed))


def agreement(kind: AgreementKind, starts_on: date, ends_on: date | None) -> list[AgreementFacts]:
    """Return the one agreement of a school."""
    return [AgreementFacts(kind, starts_on, ends_on)]
