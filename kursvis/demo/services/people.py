"""Making the cast: organisation, staff with their roles, and the students who have a name."""

from datetime import date, datetime, timedelta

from kursvis.access.actors import SYSTEM
from kursvis.accounts import services as accounts
from kursvis.accounts.models import User
from kursvis.accounts.rules import user_name
from kursvis.core import time
from kursvis.demo.rules.cast import CAST, GRANHULT, MALARVIK, PASSWORD, SCHOOLS, CastMember, SchoolPlan
from kursvis.organisation import services as organisation
from kursvis.organisation.models import Authority, Provider, School
from kursvis.organisation.rules import AgreementKind, ProviderKind
from kursvis.people import services as people
from kursvis.people.models import Student
from kursvis.people.rules import Protection

YEARS_BACK = timedelta(days=3 * 365)
_AUTHORITIES = {
    MALARVIK: (
        "9901",
        "219900-0015",
        "Vuxenutbildningen\nKompetenscentrum\nMälarviks kommun\n990 80 Mälarvik",
        "malarvik",
    ),
    GRANHULT: ("9902", "219900-0023", "Vuxenutbildningen\nGranhults kommun\n991 80 Granhult", "granhult"),
}
MUNICIPAL_PREFIX = {MALARVIK: "mal", GRANHULT: "grk"}


def make_organisation(*, today: date) -> dict[str, School]:
    """Make both authorities, their providers, schools and agreements; return the schools by key."""
    now = time.at_noon(today - YEARS_BACK)
    authorities = {name: _authority(name, now) for name in _AUTHORITIES}
    return {plan.key: _school(plan, authorities[plan.authority], today, now) for plan in SCHOOLS}


def _authority(name: str, now: datetime) -> Authority:
    code, number, address, host = _AUTHORITIES[name]
    return organisation.create_authority(
        name=name,
        adult_education_name=f"Vuxenutbildningen i {name.split('s kommun')[0]}",
        municipality_code=code,
        organisation_number=number,
        catalogue_address=address,
        forwarding_address="Skatteverket\nFörmedling\nBox 990\n990 00 Provstad",
        email=f"vuxenutbildning@{host}.example",
        phone="099-000 00",
        prefix=MUNICIPAL_PREFIX[name],
        by=SYSTEM,
        now=now,
    )


def _school(plan: SchoolPlan, authority: Authority, today: date, now: datetime) -> School:
    provider = Provider.objects.filter(authority=authority, organisation_number=plan.provider_number).first()
    provider = provider or organisation.create_provider(
        authority=authority,
        name=plan.provider,
        organisation_number=plan.provider_number,
        kind=ProviderKind.OWN if plan.own else ProviderKind.CONTRACTED,
        by=SYSTEM,
        now=now,
    )
    school = organisation.create_school(
        provider=provider,
        name=plan.name,
        unit_code=plan.unit_code,
        prefix=plan.prefix,
        street=plan.street,
        postal_code=plan.postal_code,
        locality=plan.locality,
        email=f"expedition@{plan.key}.example",
        phone="099-000 10",
        by=SYSTEM,
        now=now,
    )
    starts_on, ends_on = _agreed(plan, today)
    organisation.create_agreement(
        school=school,
        kind=AgreementKind.TEMPORARY if plan.temporary else AgreementKind.ORDINARY,
        starts_on=starts_on,
        ends_on=ends_on,
        by=SYSTEM,
        now=now,
    )
    return school


def _agreed(plan: SchoolPlan, today: date) -> tuple[date, date | None]:
    """Return the days of a school's agreement. The one that has ended was in force when the latest round began."""
    if plan.ended:
        return today - timedelta(days=200), today - timedelta(days=3)
    return today - YEARS_BACK, date(today.year + 1, 12, 31) if plan.temporary else None


def make_cast(schools: dict[str, School], *, today: date) -> dict[str, User]:
    """Make every member of the cast with her role; return the users by key."""
    now = time.at_noon(today - YEARS_BACK)
    return {person.key: _user(person, schools, now) for person in CAST}


def _user(person: CastMember, schools: dict[str, School], now: datetime) -> User:
    school = schools[person.school] if person.school else None
    user = accounts.create_user(
        first_name=person.first_name,
        last_name=person.last_name,
        personnummer=person.personnummer,
        school=school,
        user_name=None if school else _own_user_name(person),
        password=PASSWORD,
        title=person.title,
        email=email_of(person.first_name, person.last_name, is_staff=person.role is not None),
        demo_note=person.note or ("studerande" if person.is_student else ""),
        by=SYSTEM,
        now=now,
    )
    if person.role:
        authority = None if school else Authority.objects.get(name=person.authority)
        starts_on = time.swedish_date(now)
        accounts.assign(
            user=user, role=person.role, school=school, authority=authority, starts_on=starts_on, by=SYSTEM, now=now
        )
    return user


def _own_user_name(person: CastMember) -> str:
    prefix = MUNICIPAL_PREFIX[person.authority] if person.role else "stu"
    return user_name(prefix=prefix, first_name=person.first_name, last_name=person.last_name)


def email_of(first_name: str, last_name: str, *, is_staff: bool = True) -> str:
    """Return an invented address; nobody has it, and no mail leaves the demo."""
    name = user_name(prefix="", first_name=first_name, last_name=last_name)
    return f"{name}@{'personal' if is_staff else 'student'}.example"


def make_named_students(users: dict[str, User], *, today: date) -> dict[str, Student]:
    """Make the records of the cast's students; protect the one who is protected, with one named reader."""
    now = time.at_noon(today - timedelta(days=400))
    authority = Authority.objects.get(name=MALARVIK)
    students = {
        person.key: people.ensure_student(
            user=users[person.key],
            authority=authority,
            by=SYSTEM,
            now=now,
            email=email_of(person.first_name, person.last_name, is_staff=person.role is not None),
            phone="070-000 00 00",
            street="Storgatan 1",
            postal_code="990 10",
            locality="Mälarvik",
            home_municipality="9901",
        )
        for person in CAST
        if person.is_student
    }
    _protect(students["protected_student"], reader=users["school_administrator"], today=today, now=now)
    return students


def _protect(student: Student, *, reader: User, today: date, now: datetime) -> None:
    reason = "Skatteverket har meddelat sekretessmarkering"
    people.protect(student=student, protection=Protection.SECRECY_MARK, reason=reason, by=SYSTEM, now=now)
    people.name_protected_reader(
        student=student,
        user=reader,
        starts_on=time.swedish_date(now),
        ends_on=None,
        why="Kallar, placerar och svarar henne",
        by=SYSTEM,
        now=now,
    )
