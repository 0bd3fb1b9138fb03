"""What the matrix asks for: an object of each kind at the own school, another school, another authority, and a
protected one."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from kursvis.access.rules import Action, Role
from kursvis.accounts.confirm.rules import ADDRESSES
from kursvis.accounts.models import AllowedWays, Assignment, Delegation, Directory, Link, SavedForm, User
from kursvis.admissions.models import Choice
from kursvis.admissions.services import RUN as DISTRIBUTION
from kursvis.catalogue.models import (
    CourseStart,
    NationalCourse,
    OfferImport,
    OfferTemplate,
    Package,
    PackageStart,
    Period,
    Round,
)
from kursvis.catalogue.queries import published
from kursvis.core import time
from kursvis.demo.rules.cast import CastMember, member, school_plan
from kursvis.grades.models import Catalogue, Grade
from kursvis.letters.models import Letter
from kursvis.organisation.models import Agreement, Authority, PriceList, Provider, RegisterEntry, School, SettingValue
from kursvis.people.models import ProtectedReader, Student
from kursvis.post.models import Message
from kursvis.public.models import Feedback
from kursvis.reporting.open_data.documents.emil3 import key_of
from kursvis.studies.models import Enrolment, Group
from kursvis.work.models import Run, RunRow

OWN, OTHER_SCHOOL, OTHER_AUTHORITY, PROTECTED = "own", "other school", "other authority", "protected"
SCHOOLS = {OWN: "bjork", OTHER_SCHOOL: "norr", OTHER_AUTHORITY: "granhult", PROTECTED: "bjork"}
TEACHERS = {"bjork": "teacher", "norr": "norr_teacher", "granhult": "granhult_teacher"}
COLLEAGUES = TEACHERS | {"norr": "norr_administrator"}
"""Whose account is asked for: somebody who works at one school only."""
ZONES = {
    None: [OWN],
    "action": [OWN],
    "course": [OWN],
    "own_course": [OWN, OTHER_AUTHORITY],
    "package": [OWN, OTHER_AUTHORITY],
    "package_start": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
    "open_package_start": [OWN],
    "period": [OWN, OTHER_AUTHORITY],
    "round": [OWN, OTHER_AUTHORITY],
    "authority": [OWN, OTHER_AUTHORITY],
    "provider": [OWN, OTHER_AUTHORITY],
    "school": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
    "agreement": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
    "entry": [OWN, OTHER_AUTHORITY],
    "price_list": [OWN, OTHER_AUTHORITY],
    "setting_value": [OWN, OTHER_AUTHORITY],
    "run": [OWN, OTHER_AUTHORITY, PROTECTED],
    "offer_import": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
    "offer_template": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
    "course_start": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
    "open_course_start": [OWN],
    "feedback": [OWN, OTHER_AUTHORITY],
    "education_info": [OWN],
    "education_event": [OWN],
    "education_provider": [OWN],
    "message": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY, PROTECTED],
    "protected_letter": [PROTECTED],
    "reader": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY, PROTECTED],
    "letter": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY, PROTECTED],
    "student": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY, PROTECTED],
    "choice": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY, PROTECTED],
    "group": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY, PROTECTED],
    "enrolment": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY, PROTECTED],
    "colleague": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
    "assignment": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
    "delegation": [OWN, OTHER_AUTHORITY],
    "directory": [OWN, OTHER_AUTHORITY],
    "allowed_ways": [OWN, OTHER_AUTHORITY],
    "link": [OWN],
    "device": [OWN],
    "saved_form": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY, PROTECTED],
    "grade": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
    "catalogue": [OWN, OTHER_SCHOOL, OTHER_AUTHORITY],
}


OF_MUNICIPALITY = {"package"}
"""Objects of a municipality that all its schools read."""


def covers(person: CastMember, zone: str) -> bool:
    """Say whether a zone lies within the unit where a member of the cast holds her role; a teacher's is her groups."""
    if person.role is Role.TEACHER:
        return TEACHERS[SCHOOLS[zone]] == person.key
    if person.school:
        return person.school == SCHOOLS[zone]
    return school_plan(SCHOOLS[zone]).authority == person.authority


def works_in_municipality(person: CastMember, zone: str) -> bool:
    """Say whether a member of the cast works in the municipality of a zone, there or at any of its schools."""
    own = school_plan(person.school).authority if person.school else person.authority
    return school_plan(SCHOOLS[zone]).authority == own


class World:
    """Finds the objects once."""

    def __init__(self) -> None:
        self.enrolments = {zone: self._enrolment(zone) for zone in SCHOOLS}
        self.found: dict[tuple[str, str], Any] = {}

    def _enrolment(self, zone: str) -> Enrolment:
        """Return an enrolment of the zone; a graded one in a catalogue, but for the protected student's."""
        school = school_plan(SCHOOLS[zone])
        rows = Enrolment.objects.select_related("choice", "group", "student").filter(
            group__school__unit_code=school.unit_code
        )
        if zone == PROTECTED:
            return rows.exclude(student__protection="none")[0]
        teacher = TEACHERS[school.key]
        catalogues = Catalogue.objects.filter(
            group__school__unit_code=school.unit_code, group__teachers__user__personnummer=member(teacher).personnummer
        )
        return rows.filter(group__in=catalogues.values("group"))[0]

    def uuid_of(self, target: str, zone: str) -> UUID:
        """Return the address of an object."""
        key = (target, zone)
        if key not in self.found:
            self.found[key] = self.enrolments[zone] if target == "enrolment" else getattr(self, f"_{target}")(zone)
        uuid: UUID = self.found[key].uuid
        return uuid

    def owner_number(self, zone: str) -> str:
        """Return the personnummer of the student whose rows the zone's are."""
        return self.enrolments[zone].student.personnummer

    def _course(self, zone: str) -> NationalCourse:
        return NationalCourse.objects.get(code="MATE1A00X")

    def _package(self, zone: str) -> Package:
        rows = Package.objects.filter(authority=self._authority(zone), code="PROVPAKET")
        return rows.first() or rows.create(authority=self._authority(zone), code="PROVPAKET", name="Provpaket")

    def _package_start(self, zone: str) -> PackageStart:
        rows = PackageStart.objects.filter(school=self._school(zone), package=self._package(zone))
        start = rows.first() or rows.create(
            school=self._school(zone), authority=self._authority(zone), package=self._package(zone)
        )
        start.courses.get_or_create(position=1, course_start=self._course_start(zone))
        return start

    def _open_package_start(self, zone: str) -> PackageStart:
        return self._package_start(zone)

    def _own_course(self, zone: str) -> NationalCourse:
        authority = self._authority(zone)
        rows = NationalCourse.objects.filter(authority=authority, code="EGENKURS")
        given = {"kind": "individual", "name": "Egen", "points": 50, "level": "gymnasial", "school_form": "VUXGY"}
        return rows.first() or rows.create(authority=authority, code="EGENKURS", source="prov", **given)

    def _period(self, zone: str) -> Period:
        return Period.objects.filter(authority=self.enrolments[zone].authority_id).latest("opens_on")

    def _authority(self, zone: str) -> Authority:
        return self._school(zone).authority

    def _provider(self, zone: str) -> Provider:
        return self._school(zone).provider

    def _school(self, zone: str) -> School:
        return self.enrolments[zone].group.school

    def _agreement(self, zone: str) -> Agreement:
        return Agreement.objects.filter(school=self._school(zone))[0]

    def _entry(self, zone: str) -> RegisterEntry:
        return RegisterEntry.objects.filter(authority=self.enrolments[zone].authority_id)[0]

    def _price_list(self, zone: str) -> PriceList:
        lists = PriceList.objects.filter(authority=self.enrolments[zone].authority_id)
        return lists.first() or lists.create(
            authority_id=self.enrolments[zone].authority_id, name="Priser", starts_on=time.today()
        )

    def _setting_value(self, zone: str) -> SettingValue:
        authority, tomorrow = self.enrolments[zone].authority_id, time.today() + timedelta(days=1)
        values = SettingValue.objects.filter(authority_id=authority)
        return values.first() or values.create(
            authority_id=authority, setting="call_days", value=20, starts_on=tomorrow
        )

    def _round(self, zone: str) -> Round:
        return Round.objects.filter(period=self._period(zone)).latest("starts_on")

    def _offer_import(self, zone: str) -> OfferImport:
        school = self._school(zone)
        by = User.objects.filter(is_active=True).order_by("pk")[0]
        return OfferImport.objects.create(
            school=school,
            by=by,
            created_at=time.now(),
            file_name="utbud.csv",
            content=b"Kurskod;Start;Slut\nMATE1A00X;2027-01-18;2027-03-26\n",
            digest="0" * 64,
            form="CSV",
            heading_row=0,
            headings=["Kurskod", "Start", "Slut"],
            heading_key="0" * 64,
            reading={"columns": {"code": 0, "starts_on": 1, "ends_on": 2}},
        )

    def _course_start(self, zone: str) -> CourseStart:
        starts = CourseStart.objects.filter(school=self.enrolments[zone].group.school_id, status="published")
        return starts.latest("starts_on", "id")

    def _offer_template(self, zone: str) -> OfferTemplate:
        school, course = self._school(zone), self._course(zone)
        return OfferTemplate.objects.get_or_create(school=school, name="Provmall", defaults={"course": course})[0]

    def _open_course_start(self, zone: str) -> CourseStart:
        return self._course_start(zone)

    def _feedback(self, zone: str) -> Feedback:
        kept = {"received_at": time.now(), "answer_by": time.today()}
        authority_id = self.enrolments[zone].authority_id
        return Feedback.objects.get_or_create(authority_id=authority_id, text="X", defaults=kept)[0]

    def _education_event(self, zone: str) -> Any:
        return self._emil3("e", self._published())

    def _education_info(self, zone: str) -> Any:
        return self._emil3("i", self._published().course)

    def _education_provider(self, zone: str) -> Any:
        return self._emil3("p", self._published().school)

    def _published(self) -> CourseStart:
        return published(today=time.today())[0]

    def _emil3(self, kind: str, row: Any) -> Any:
        """Return what an address of the open data names: an identifier that is a text."""
        return SimpleNamespace(uuid=key_of(kind, row))

    def _choice(self, zone: str) -> Choice:
        choice = self.enrolments[zone].choice
        assert choice is not None
        return choice

    def _run(self, zone: str) -> Run:
        """Return a run that gives the zone's choice to its school: the municipality's, whatever the school."""
        choice = self._choice(zone)
        by = Assignment.objects.filter(authority=choice.authority_id, role=Role.ADMISSIONS_OFFICER.value)[0].user
        run = Run.objects.create(kind=DISTRIBUTION, authority=choice.authority, by=by, created_at=time.now())
        RunRow.objects.create(run=run, position=1, subject_id=choice.pk)
        return run

    def _student(self, zone: str) -> Student:
        return self.enrolments[zone].student

    def _saved_form(self, zone: str) -> SavedForm:
        fields = {"posted": [["note", "x"]]}
        return SavedForm.objects.create(
            user=self.enrolments[zone].student.user, path=f"/{zone}/", fields=fields, kept_at=time.real_now()
        )

    def _colleague(self, zone: str) -> User:
        return User.objects.get(personnummer=member(COLLEAGUES[SCHOOLS[zone]]).personnummer)

    def _assignment(self, zone: str) -> Assignment:
        return Assignment.objects.get(user=self._colleague(zone), school=self._school(zone))

    def _delegation(self, zone: str) -> Delegation:
        return Delegation.objects.filter(authority=self.enrolments[zone].authority_id)[0]

    def _directory(self, zone: str) -> Directory:
        return Directory.objects.get_or_create(
            authority_id=self.enrolments[zone].authority_id,
            defaults={"name": "Katalog", "issuer": "https://katalog.example", "client_id": "kursvis"},
        )[0]

    def _allowed_ways(self, zone: str) -> AllowedWays:
        authority, tomorrow = self.enrolments[zone].authority_id, time.today() + timedelta(days=1)
        every = {"password": True, "electronic_id": True, "directory": True}
        return AllowedWays.objects.get_or_create(authority_id=authority, starts_on=tomorrow, defaults=every)[0]

    def _link(self, zone: str) -> Link:
        """Return a link whose secret nobody knows: any text is answered alike."""
        return Link()

    def _action(self, zone: str) -> Any:
        """Return a kind of step that is confirmed; its address is a word."""
        return SimpleNamespace(uuid=ADDRESSES[Action.CHANGE_ACCOUNTS])

    def _group(self, zone: str) -> Group:
        return self.enrolments[zone].group

    def _grade(self, zone: str) -> Grade:
        return Grade.objects.get(enrolment=self.enrolments[zone])

    def _catalogue(self, zone: str) -> Catalogue:
        return Catalogue.objects.filter(group=self.enrolments[zone].group)[0]

    def _letter(self, zone: str) -> Letter:
        return Letter.objects.filter(student=self.enrolments[zone].student)[0]

    def _protected_letter(self, zone: str) -> Message:
        return Message.objects.filter(channel="protected", concerns=self.enrolments[zone].student.uuid)[0]

    def _reader(self, zone: str) -> ProtectedReader:
        named = {"student": self.enrolments[zone].student, "user": self._colleague(zone)}
        return ProtectedReader.objects.get_or_create(**named, defaults={"starts_on": time.today()})[0]

    def _message(self, zone: str) -> Message:
        messages = Message.objects.filter(school=self.enrolments[zone].group.school_id, attachment__isnull=False)
        return messages.filter(sealed=zone == PROTECTED)[0]
