"""Reading users and what they hold."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet

from kursvis.access.actors import Held, Person
from kursvis.access.rules import Action, Role
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.rules import AssignmentStatus
from kursvis.core.models import covering


def _held_on(day: date) -> Q:
    return covering(day) & Q(status=AssignmentStatus.GRANTED.value)


def assignments_on(day: date) -> "QuerySet[Assignment]":
    """Return the roles that are held on a day."""
    return Assignment.objects.filter(_held_on(day))


def actor_of(user: User, *, today: date, confirmed: frozenset[Action] = frozenset()) -> Person:
    """Return the user as actor, with the roles that she holds today, and what she has just confirmed."""
    held = assignments_on(today).filter(user=user).select_related("authority", "school").order_by("pk")
    return Person(
        user_id=user.pk,
        name=user.full_name,
        held=tuple(Held(Role(a.role), a.authority_id, a.school_id, unit_of(a)) for a in held),
        shows_inactive=user.shows_inactive,
        confirmed=confirmed,
    )


def with_role_at(school_id: int, role: Role, *, today: date) -> list[User]:
    """Return the active users who hold a role at a school today, by name."""
    holders = Assignment.objects.filter(_held_on(today), school_id=school_id, role=role.value)
    return list(
        User.objects.filter(is_active=True, pk__in=holders.values("user_id")).order_by("last_name", "first_name", "pk")
    )


def has_account(personnummer: str) -> bool:
    """Say whether the person has an account."""
    return User.objects.filter(personnummer=personnummer).exists()


@dataclass(frozen=True)
class OwnAssignment:
    """A role that a user holds, held or will hold, as her own page shows it."""

    role: Role
    unit: str
    starts_on: date
    ends_on: date | None
    state: str


def assignments_of(user_id: int, *, today: date) -> list[OwnAssignment]:
    """Return a user's roles, those in force first."""
    rows = Assignment.objects.filter(user_id=user_id).select_related("authority", "school").order_by("-starts_on", "pk")
    found = [
        OwnAssignment(Role(row.role), unit_of(row), row.starts_on, row.ends_on, state_of(row, today)) for row in rows
    ]
    return sorted(found, key=lambda assignment: assignment.state != "in_force")


def unit_of(assignment: Assignment) -> str:
    """Return the name of the school or municipality where a role is held."""
    return str(assignment.school or assignment.authority)


def state_of(assignment: Assignment, today: date) -> str:
    """Return where a role stands on a day: its status, and whether a granted one is coming, in force or over."""
    if assignment.status != AssignmentStatus.GRANTED:
        return assignment.status
    if assignment.starts_on > today:
        return "coming"
    return "ended" if assignment.ends_on is not None and assignment.ends_on < today else "in_force"


@dataclass
class DemoPerson:
    """Somebody whom the test e-ID offers, with her roles at one unit."""

    user: User
    roles: list[Role] = field(default_factory=list)


def demo_people(*, today: date, limit: int = 100) -> list[tuple[str, list[DemoPerson]]]:
    """Return whom the test e-ID offers: the staff by unit, then (unit "") those whom the demo presents."""
    staff = (
        Assignment.objects.filter(_held_on(today), user__personnummer__isnull=False, user__is_active=True)
        .select_related("user", "authority", "school")
        .order_by("authority_id", "school_id", "user__last_name", "user__first_name", "user_id", "pk")[:limit]
    )
    ordered = sorted(staff, key=lambda a: (a.authority_id, a.school_id or 0))
    units = [(unit, _people_at(list(rows))) for unit, rows in groupby(ordered, key=unit_of)]
    shown = {a.user_id for a in ordered}
    others = User.objects.filter(is_active=True, personnummer__isnull=False).exclude(demo_note="").exclude(pk__in=shown)
    presented = [DemoPerson(user) for user in others.order_by("pk")[:limit]]
    return [*units, ("", presented)] if presented else units


def _people_at(assignments: list[Assignment]) -> list[DemoPerson]:
    people: dict[int, DemoPerson] = {}
    for assignment in assignments:
        person = people.setdefault(assignment.user_id, DemoPerson(assignment.user))
        person.roles.append(Role(assignment.role))
    return list(people.values())
