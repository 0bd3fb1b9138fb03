"""Groups with students, grades and catalogues for tests, walked to their state by the services."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from kursvis.access.actors import Person
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.catalogue.models import NationalCourse
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.grades import services
from kursvis.grades.models import Catalogue, Grade
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.studies import services as studies
from kursvis.studies.models import Enrolment, Group
from kursvis.studies.rules import GroupKind

K = CatalogueStatus


@dataclass
class Classroom:
    """A group that starts in eight weeks, its teacher, and the registrar of its authority."""

    office: Office = field(default_factory=Office)
    course: NationalCourse | None = None
    kind: GroupKind = GroupKind.ORDINARY
    teacher_user: User = field(init=False)
    registrar_user: User = field(init=False)
    group: Group = field(init=False)

    def __post_init__(self) -> None:
        school = self.office.school
        self.teacher_user = make_staff(
            Role.TEACHER, school=school, first_name="Karin", last_name="Öst", title="Gymnasielärare"
        )
        self.registrar_user = make_staff(Role.GRADE_REGISTRAR, authority=school.authority)
        start = make_course_start(school=school, course=self.course or make_course())
        self.group = studies.create_group(
            school=school,
            course=start.course,
            course_start=start,
            name=f"Grupp {start.course.code}",
            kind=self.kind,
            starts_on=start.starts_on,
            ends_on=start.starts_on if self.kind is GroupKind.PROVNING else start.ends_on,
            points=start.points,
            hours=None,
            teachers=[self.teacher_user],
            by=self.office.administrator,
            now=time.now(),
        )

    @property
    def teacher(self) -> Person:
        return actor(self.teacher_user)

    @property
    def registrar(self) -> Person:
        return actor(self.registrar_user)

    @property
    def end(self) -> date:
        return self.group.ends_on

    def on_end(self, days: int = 0) -> datetime:
        """Return noon of the end date, or of a day so many days from it."""
        return time.at_noon(self.end + timedelta(days=days))


def make_enrolment(classroom: Classroom, **person: Any) -> Enrolment:
    """Return a student who was placed in the group."""
    choice = make_choice(
        office=classroom.office,
        status=ChoiceStatus.DISTRIBUTED,
        course_start=classroom.group.course_start,
        **person,
    )
    return studies.place(choice=choice, group=classroom.group, by=classroom.office.administrator, now=time.now())


def make_grade(
    classroom: Classroom, *, value: str = "C", status: GradeStatus = GradeStatus.SET, **person: Any
) -> Grade:
    """Return a grade that the teacher has set on the end date, and locked where asked."""
    enrolment = make_enrolment(classroom, **person)
    grade = services.set_grade(enrolment=enrolment, value=value, by=classroom.teacher, now=classroom.on_end())
    if status is not GradeStatus.SET:
        grade = services.lock(grade=grade, end_moved_to=None, by=classroom.teacher, now=classroom.on_end())
    return grade


def make_catalogue(
    classroom: Classroom, *, status: CatalogueStatus = K.CREATED, values: tuple[str, ...] = ("C", "F")
) -> Catalogue:
    """Return a catalogue of new locked grades that has walked to its state."""
    for value in values:
        make_grade(classroom, value=value, status=GradeStatus.LOCKED)
    catalogue = services.create_catalogue(group=classroom.group, by=classroom.teacher, now=classroom.on_end(1))
    return walk(classroom, catalogue, status)


def walk(classroom: Classroom, catalogue: Catalogue, status: CatalogueStatus) -> Catalogue:
    """Take a new catalogue the steps to a state."""
    registrar = classroom.registrar
    if status in (K.SENT, K.RECEIVED, K.APPROVED, K.RETURNED):
        catalogue = services.mark_sent(catalogue=catalogue, by=classroom.teacher, now=classroom.on_end(2))
    if status in (K.RECEIVED, K.APPROVED):
        catalogue = services.receive(catalogue=catalogue, by=registrar, now=classroom.on_end(3))
    if status is K.APPROVED:
        catalogue = services.approve(catalogue=catalogue, by=registrar, now=classroom.on_end(4))
    if status is K.RETURNED:
        catalogue = services.return_catalogue(
            catalogue=catalogue, reason="Fel slutdatum", by=registrar, now=classroom.on_end(4)
        )
    return catalogue


def grade_of(grade: Grade) -> Grade:
    """Return the grade as it stands in the database."""
    return Grade.objects.select_related("enrolment").get(pk=grade.pk)
