"""What somebody may do, where, why not elsewhere, and who could change it (help page R10)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kursvis.access.actors import Actor
from kursvis.access.rules import ROLES, Permission, Role
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.queries.staff import run_by
from kursvis.accounts.rules import AssignmentStatus
from kursvis.accounts.rules.powers import Power, RoleFacts, against_account, powers_of
from kursvis.core.models import covering
from kursvis.core.time import swedish_date
from kursvis.organisation.queries import agreements_by_school

_GIVERS = [role.value for role in Role if Permission.EDIT_STAFF in ROLES[role]]


@dataclass(frozen=True)
class Powers:
    """What a person may do, what she may not, and who gives roles at each of her units."""

    given: list[Power]
    not_given: list[Power]
    givers: dict[str, list[str]]


def own(user: User, *, today: date) -> Powers:
    """Return everything that the user may do and may not, for herself to read."""
    return _powers(user, Q(), today)


def at_units_of(actor: Actor, user: User, *, today: date) -> Powers:
    """Return what the user may do and may not at the units that the actor runs: nothing of her roles elsewhere."""
    return _powers(user, run_by(actor), today)


def _powers(user: User, where: Q, today: date) -> Powers:
    rows = Assignment.objects.filter(where, user=user).select_related("authority", "school")
    roles = [_facts(row) for row in rows.order_by("-starts_on", "pk")]
    found = powers_of(
        roles,
        against=against_account(is_active=user.is_active, is_locked=user.locked_at is not None),
        agreements=agreements_by_school({role.school_id for role in roles if role.school_id is not None}),
        today=today,
    )
    return Powers(
        given=[power for power in found if power.units],
        not_given=[power for power in found if not power.units],
        givers=_givers({role.place for role in roles}, today=today),
    )


def _facts(row: Assignment) -> RoleFacts:
    was_ended = row.status == AssignmentStatus.ENDED and row.decided_at is not None
    return RoleFacts(
        role=Role(row.role),
        status=AssignmentStatus(row.status),
        unit=str(row.school or row.authority),
        authority_id=row.authority_id,
        school_id=row.school_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        ended_on=swedish_date(row.decided_at) if was_ended and row.decided_at else None,
    )


def _givers(places: Collection[tuple[int, int | None]], *, today: date) -> dict[str, list[str]]:
    """Return who may give roles at each unit today, by name: a school's own, and those of the authority."""
    schools = [school_id for _authority_id, school_id in places if school_id is not None]
    authorities = {authority_id for authority_id, _school_id in places}
    rows = (
        Assignment.objects.filter(covering(today), role__in=_GIVERS, user__is_active=True)
        .filter(Q(school_id__in=schools) | Q(authority_id__in=authorities, school_id__isnull=True))
        .filter(status=AssignmentStatus.GRANTED.value)
        .select_related("user", "school", "authority")
        .order_by("school__name_key", "authority__name", "user__name_key", "pk")
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[str(row.school or row.authority)].append(row.user.full_name)
    return dict(found)
