"""What waits at the municipality: roles that schools ask for, schools and accounts that nobody can log in to."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission, Role
from kursvis.accounts import rules
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.queries.colleague import why_not_in
from kursvis.accounts.queries.staff import no_way_in, with_state
from kursvis.accounts.rules import AssignmentStatus
from kursvis.accounts.rules.staff import StaffState
from kursvis.core.models import covering
from kursvis.core.reasons import Reason
from kursvis.organisation.models import School
from kursvis.organisation.queries import active_schools, schools_where

MOST_SHOWN = 50
"""How many accounts without a way in the queue's page lists; the list of staff has them all."""


def requests(actor: Actor) -> QuerySet[Assignment]:
    """Return the roles that wait for the actor's municipality, the oldest first."""
    rows = Assignment.objects.filter(
        authority_id__in=actor.authorities(Permission.ACTIVATE_STAFF), status=AssignmentStatus.REQUESTED.value
    )
    return rows.select_related("user", "school", "authority", "requested_by").order_by("requested_at", "pk")


def get_request(actor: Actor, uuid: UUID) -> Assignment:
    """Return a role that was asked for in the actor's municipality, answered or not; or raise Http404."""
    rows = Assignment.objects.filter(authority_id__in=actor.authorities(Permission.ACTIVATE_STAFF))
    return get_object_or_404(rows.select_related("user", "school", "authority", "requested_by"), uuid=uuid)


def chosen(actor: Actor, keys: list[UUID]) -> list[Assignment]:
    """Return the roles that were chosen in the queue, answered meanwhile or not."""
    rows = Assignment.objects.filter(authority_id__in=actor.authorities(Permission.ACTIVATE_STAFF), uuid__in=keys)
    return list(rows.select_related("user", "school", "authority", "requested_by").order_by("requested_at", "pk"))


def against_granting(assignment: Assignment, actor: Actor, *, today: date) -> list[Reason]:
    """Return why a role may not be activated."""
    return rules.against_granting(assignment.facts(), actor, today=today)


@dataclass(frozen=True)
class SchoolWithoutAdministrator:
    """A school where no administrator can log in, with those that it has."""

    school: School
    administrators: list[User]


def _administrators(today: date) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        covering(today),
        role=Role.SCHOOL_ADMINISTRATOR.value,
        status=AssignmentStatus.GRANTED.value,
    )


def schools_alone(actor: Actor, *, today: date) -> QuerySet[School]:
    """Return the schools in use where nobody can unlock a colleague: the municipality does it for them (R01)."""
    gets_in = User.objects.filter(pk=OuterRef("user_id"), is_active=True, locked_at=None).exclude(no_way_in())
    able = _administrators(today).filter(Exists(gets_in), school=OuterRef("pk"))
    return active_schools(schools_where(actor, Permission.ACTIVATE_STAFF), today=today).filter(~Exists(able))


def schools_without_administrator(actor: Actor, *, today: date) -> list[SchoolWithoutAdministrator]:
    """Return the schools where nobody can unlock a colleague, each with the administrators that it has."""
    found = list(schools_alone(actor, today=today).select_related("authority"))
    administrators: dict[int, list[User]] = {school.pk: [] for school in found}
    for row in _administrators(today).filter(school__in=found).select_related("user").order_by("user__name_key", "pk"):
        administrators[row.school_id or 0].append(row.user)
    return [SchoolWithoutAdministrator(school, administrators[school.pk]) for school in found]


@dataclass(frozen=True)
class ShutOut:
    """Somebody who cannot log in, and why."""

    user: User
    why: list[Reason]


def shut_out(actor: Actor, *, today: date) -> list[ShutOut]:
    """Return the accounts of the actor's staff that nothing leads into, by name, with why (R03)."""
    here = Assignment.objects.filter(
        Q(authority_id__in=actor.authorities(Permission.ACTIVATE_STAFF)), user=OuterRef("pk")
    )
    people = with_state(User.objects.filter(Exists(here)), actor, today=today)
    people = people.filter(state=StaffState.CANNOT_LOG_IN.value).order_by("name_key", "pk")
    return [ShutOut(user, why_not_in(user, has_open_link=False)) for user in people[:MOST_SHOWN]]
