"""Where somebody works, what her municipalities allow, and whom she asks when she is locked out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from kursvis.access.rules import Role
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.rules import AssignmentStatus
from kursvis.core.models import not_over
from kursvis.organisation.models import Authority
from kursvis.organisation.queries.settings import values_of
from kursvis.organisation.rules.settings import Setting, strictest

_NO_AUTHORITY = 0


def _counts(today: date) -> Q:
    """Return which roles count today or later."""
    return Q(status=AssignmentStatus.GRANTED.value) & not_over(today)


def units_of(user_id: int, *, today: date) -> list[tuple[int, int | None]]:
    """Return the (authority, school) of the roles that count today or later: those who run them manage the account.

    A new account, that nobody has used yet and that no role has been granted to, belongs to the unit that asked.
    """
    rows = Assignment.objects.filter(user_id=user_id).values_list("authority_id", "school_id")
    new = Q(user__logged_in_at=None, user__user_name__isnull=False, status=AssignmentStatus.REQUESTED.value)
    return list(rows.filter(_counts(today))) or list(rows.filter(new))


def authority_ids(user_id: int) -> list[int]:
    """Return the authorities where somebody has, had or awaits a role, the latest first."""
    rows = Assignment.objects.filter(user_id=user_id).exclude(status=AssignmentStatus.REFUSED.value)
    return list(dict.fromkeys(rows.order_by("-requested_at", "-pk").values_list("authority_id", flat=True)))


def authority_of(user_id: int) -> Authority | None:
    """Return the authority that answers for an account: the one of the latest role."""
    return Authority.objects.filter(pk__in=authority_ids(user_id)[:1]).first()


def limit_of(user_id: int, setting: Setting, *, on: date) -> int:
    """Return the strictest value among a user's authorities. For a user who does not exist it asks the same questions.

    The time that it takes therefore does not tell whether there is such a user.
    """
    authorities = authority_ids(user_id) or [_NO_AUTHORITY]
    return strictest(values_of(authorities, on=on).values(), setting)


@dataclass(frozen=True)
class Helpers:
    """Who can unlock an account, at one unit of hers."""

    unit: str
    names: list[str]


def whom_to_ask(user_id: int, *, today: date) -> list[Helpers]:
    """Return who can unlock an account: her schools' administrators, then her municipalities', each by name.

    Whoever cannot get in herself is left out; a school without one is helped by the municipality.
    """
    units = units_of(user_id, today=today)
    schools = _administrators(Role.SCHOOL_ADMINISTRATOR, today).filter(school_id__in={s for _a, s in units if s})
    offices = _administrators(Role.SYSTEM_ADMINISTRATOR, today).filter(authority_id__in={a for a, _s in units})
    return [
        *_by_unit(schools.exclude(user_id=user_id).values_list("school__name", "user__first_name", "user__last_name")),
        *_by_unit(
            offices.exclude(user_id=user_id).values_list("authority__name", "user__first_name", "user__last_name")
        ),
    ]


def _administrators(role: Role, today: date) -> QuerySet[Assignment]:
    holders = Assignment.objects.filter(_counts(today), role=role.value, starts_on__lte=today)
    return holders.filter(user__is_active=True, user__locked_at=None).order_by(
        F("school_id").asc(nulls_first=True), "authority_id", "user__name_key", "pk"
    )


def _by_unit(rows: Iterable[tuple[str, str, str]]) -> list[Helpers]:
    units: dict[str, list[str]] = {}
    for unit, first_name, last_name in rows:
        units.setdefault(unit, []).append(f"{first_name} {last_name}")
    return [Helpers(unit, list(dict.fromkeys(names))) for unit, names in units.items()]


def staff_who_may_be_inactive(*, today: date) -> QuerySet[User]:
    """Return who has a role in force and an account that inactivity may lock."""
    in_force = Assignment.objects.filter(_counts(today), starts_on__lte=today)
    return User.objects.filter(
        pk__in=in_force.values("user_id"), is_active=True, locked_at=None, seen_at__isnull=False
    ).order_by("pk")


def inactive_days_of(users: Iterable[User], *, today: date) -> dict[int, int]:
    """Return how long each of the users may be away: the strictest of her authorities', for two queries."""
    wanted = [user.pk for user in users]
    held: dict[int, set[int]] = {}
    for user_id, authority_id in Assignment.objects.filter(_counts(today), user_id__in=wanted).values_list(
        "user_id", "authority_id"
    ):
        held.setdefault(user_id, set()).add(authority_id)
    values = values_of(set().union(*held.values()) if held else [], on=today)
    return {user_id: strictest((values[a] for a in ids), Setting.INACTIVE_DAYS) for user_id, ids in held.items()}
