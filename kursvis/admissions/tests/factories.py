"""Applications for tests, walked to their state by the services."""

from dataclasses import dataclass, field
from typing import Any

from kursvis.access.actors import Person
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import actor, make_staff, make_user, new_personnummer
from kursvis.admissions import services
from kursvis.admissions.models import Application, Choice
from kursvis.admissions.rules import ChoiceStatus, Ground, Outcome, ReturnReason
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.core.personnummer import birth_date
from kursvis.organisation.models import School
from kursvis.organisation.tests.factories import make_school
from kursvis.people.models import Student
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_student

C = ChoiceStatus
GRANT: dict[str, Any] = {"outcome": Outcome.GRANTED, "grounds": (Ground.ELIGIBLE,)}


@dataclass
class Office:
    """A school with its administrator, and the officer of its authority."""

    school: School = field(default_factory=make_school)
    officer_user: User = field(init=False)
    administrator_user: User = field(init=False)
    officer: Person = field(init=False)
    administrator: Person = field(init=False)

    def __post_init__(self) -> None:
        self.officer_user = make_staff(Role.ADMISSIONS_OFFICER, authority=self.school.authority)
        self.administrator_user = make_staff(Role.SCHOOL_ADMINISTRATOR, school=self.school)
        self.officer = actor(self.officer_user)
        self.administrator = actor(self.administrator_user)


def make_choice(
    *,
    office: Office | None = None,
    status: ChoiceStatus = C.SUBMITTED,
    outcome: Outcome = Outcome.GRANTED,
    required: NationalCourse | None = None,
    user: User | None = None,
    protection: Protection = Protection.NONE,
    course_start: CourseStart | None = None,
    **person: Any,
) -> Choice:
    """Return a choice that has walked to its state: sent in unless told otherwise."""
    office = office or Office()
    user = user or make_user(**person)
    course_start = course_start or make_course_start(school=office.school)
    make_student(user=user, authority=office.school.authority, protection=protection)
    choice = services.save_draft(
        course_start=course_start,
        user=user,
        email="elev@example.org",
        phone="000-000 00 00",
        goal="Bli undersköterska",
        message="Jag arbetar kväll.",
        by=actor(user),
        now=time.now(),
    )
    if status is not C.DRAFT:
        walk(choice, status, office=office, outcome=outcome, required=required)
    return Choice.objects.get(pk=choice.pk)


def make_waiting(number: int, *, office: Office, course_start: CourseStart | None = None) -> list[Choice]:
    """Return many granted choices that wait for distribution, each of a student of her own; written as rows at once."""
    course_start = course_start or make_course_start(school=office.school)
    authority, now = office.school.authority, time.now()
    people = [User(personnummer=new_personnummer(), first_name="Ali", last_name=f"Elev{n}") for n in range(number)]
    users = User.objects.bulk_create(people)
    last = Student.objects.filter(authority=authority).count()
    students = Student.objects.bulk_create(
        [
            Student(
                authority=authority,
                user=user,
                personnummer=user.personnummer,
                birth_date=birth_date(str(user.personnummer)),
                first_name=user.first_name,
                last_name=user.last_name,
                alias_number=last + place,
            )
            for place, user in enumerate(users, start=1)
        ]
    )
    begun = Application.objects.filter(authority=authority).count()
    times: dict[str, Any] = {"created_at": now, "submitted_at": now}
    applications = Application.objects.bulk_create(
        [
            Application(authority=authority, student=s, number=begun + place, email="e@example.org", goal="G", **times)
            for place, s in enumerate(students, start=1)
        ]
    )
    values: dict[str, Any] = {"authority": authority, "course_start": course_start, "status_at": now}
    values |= {"status": C.DECIDED.value, "outcome": Outcome.GRANTED.value}
    return Choice.objects.bulk_create([Choice(application=a, student=a.student, **values) for a in applications])


def walk(
    choice: Choice,
    status: ChoiceStatus,
    *,
    office: Office,
    outcome: Outcome = Outcome.GRANTED,
    required: NationalCourse | None = None,
) -> None:
    """Take a draft the steps to a state."""
    applicant = actor(choice.student.user)
    services.submit(choice=choice, by=applicant, now=time.now())
    if status is C.WITHDRAWN:
        services.withdraw(choice=choice, by=applicant, now=time.now())
    if status in (C.DECIDED, C.DISTRIBUTED, C.PLACED, C.RETURNED):
        services.decide(choice=choice, **decision(outcome, required), by=office.officer, now=time.now())
    if status in (C.DISTRIBUTED, C.PLACED, C.RETURNED):
        services.distribute(choice=choice, by=office.officer, now=time.now())
    if status is C.PLACED:
        services.mark_placed(choice=choice, by=office.administrator, now=time.now())
    if status is C.RETURNED:
        services.return_choice(choice=choice, reason=ReturnReason.NO_SEAT, by=office.administrator, now=time.now())


def decision(outcome: Outcome, required: NationalCourse | None = None) -> dict[str, Any]:
    """Return a whole decision with the outcome, for `services.decide`."""
    if outcome is Outcome.REFUSED:
        return {"outcome": outcome, "reason": "Du bor inte i kommunen."}
    if outcome is Outcome.ON_CONDITION:
        return GRANT | {"outcome": outcome, "required_course": required or make_course()}
    return GRANT
