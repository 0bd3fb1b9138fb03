"""The staff of the units that somebody runs: a second school sees the roles at its own units and nothing else (R01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import SCHOOL_ROLES, Permission, Role
from kursvis.accounts import rules
from kursvis.accounts.models import Assignment, Link, User
from kursvis.accounts.queries.ways_in import has_electronic_id, named_in_a_directory
from kursvis.accounts.rules import AssignmentStatus
from kursvis.accounts.rules.links import LinkKind
from kursvis.accounts.rules.staff import StaffState
from kursvis.core import personnummer as numbers
from kursvis.core import time
from kursvis.core.models import as_sort_key, not_over
from kursvis.organisation.queries.settings import values_of
from kursvis.organisation.rules.settings import Setting, Values

ENDS_SOON = "ends_soon"
"""The one filter beside the states: somebody whose role is about to end."""
_REQUESTED, _GRANTED = AssignmentStatus.REQUESTED.value, AssignmentStatus.GRANTED.value
_NO_PASSWORD = Q(password="") | Q(password__startswith="!")
"""How Django marks that there is none."""


@dataclass(frozen=True)
class StaffFilter:
    """What the list of staff is narrowed to."""

    text: str = ""
    school: UUID | None = None
    role: str = ""
    state: str = ""


def run_by(actor: Actor, permission: Permission = Permission.EDIT_STAFF) -> Q:
    """Return the condition on assignments at the units where the actor holds a permission."""
    return Q(authority_id__in=actor.authorities(permission)) | Q(school_id__in=actor.schools(permission))


def colleagues(actor: Actor) -> QuerySet[User]:
    """Return everybody who has, had, or is asked for a role at a unit that the actor runs."""
    return colleagues_where(actor, Permission.EDIT_STAFF)


def colleagues_where(actor: Actor, permission: Permission) -> QuerySet[User]:
    """Return everybody who has, had, or is asked for a role at a unit where the actor holds a permission."""
    return User.objects.filter(Exists(Assignment.objects.filter(run_by(actor, permission), user=OuterRef("pk"))))


def get_colleague(actor: Actor, uuid: UUID, *, today: date) -> User:
    """Return one account that the actor reaches, with its state, or raise Http404."""
    user: User = get_object_or_404(with_state(colleagues(actor), actor, today=today), uuid=uuid)
    return user


def holds_here(user: User, actor: Actor, *, today: date) -> bool:
    """Say whether a role at a unit that the actor runs has been granted and is not over: then her use of it is told."""
    held = Assignment.objects.filter(run_by(actor), not_over(today), user=user, status=_GRANTED)
    return held.exists()


def with_state(people: QuerySet[User], actor: Actor, *, today: date, school: UUID | None = None) -> "QuerySet[Any]":
    """Annotate where each account stands at the actor's units (or one school), and whether she works elsewhere too."""
    here = _here(actor, school)
    held = here.filter(not_over(today), status=_GRANTED)
    invitation = Link.objects.filter(
        user=OuterRef("pk"), kind=LinkKind.INVITATION.value, ended_at__isnull=True, expires_at__gt=time.real_now()
    )
    elsewhere = Assignment.objects.filter(user=OuterRef("pk"), status__in=rules.HELD_OR_ASKED).exclude(run_by(actor))
    return people.annotate(
        held_here=Exists(held),
        asked_here=Exists(here.filter(status=_REQUESTED)),
        has_open_invitation=Exists(invitation),
        works_elsewhere=Exists(elsewhere),
    ).annotate(state=_state())


def _here(actor: Actor, school: UUID | None) -> QuerySet[Assignment]:
    here = Assignment.objects.filter(run_by(actor), user=OuterRef("pk"))
    return here.filter(school__uuid=school) if school else here


def no_way_in() -> Q:
    """Return the condition on users whom neither a password, an electronic ID nor a directory lets in (R03)."""
    without = (_NO_PASSWORD | Q(user_name__isnull=True)) & ~Q(named_in_a_directory())
    return without & Q(personnummer__isnull=True) if has_electronic_id() else without


def _state() -> Case:
    return Case(
        When(is_active=False, then=Value(StaffState.ENDED.value)),
        When(held_here=False, asked_here=False, then=Value(StaffState.ENDED.value)),
        When(held_here=False, then=Value(StaffState.WAITING.value)),
        When(locked_at__isnull=False, then=Value(StaffState.LOCKED.value)),
        When(no_way_in(), has_open_invitation=False, then=Value(StaffState.CANNOT_LOG_IN.value)),
        When(has_open_invitation=True, logged_in_at__isnull=True, then=Value(StaffState.INVITED.value)),
        default=Value(StaffState.ACTIVE.value),
        output_field=CharField(),
    )


def staff(actor: Actor, wanted: StaffFilter, *, today: date) -> QuerySet[User]:
    """Return the staff of the actor's units, narrowed, with what she may know of each: state and roles here.

    Who has ended is shown when asked for, or when the actor has chosen *Visa inaktiva* (R09).
    """
    people = _in_state(_narrowed(actor, wanted, today=today), actor, wanted.state, today=today)
    return people.prefetch_related(_roles_here(actor, today=today))


def _narrowed(actor: Actor, wanted: StaffFilter, *, today: date) -> "QuerySet[Any]":
    here = _here(actor, wanted.school)
    if wanted.role:
        here = here.filter(not_over(today), role=wanted.role, status__in=rules.HELD_OR_ASKED)
    people = with_state(User.objects.filter(Exists(here)), actor, today=today, school=wanted.school)
    return people.filter(_found_by(wanted.text, today=today)) if wanted.text else people


def _found_by(text: str, *, today: date) -> Q:
    key = as_sort_key(text)
    found = Q(name_key__startswith=key) | Q(first_name__istartswith=text) | Q(user_name__startswith=text.lower())
    number = numbers.normalised(text, today=today)
    return found if numbers.against(number) else found | Q(personnummer=number)


def _in_state(people: "QuerySet[Any]", actor: Actor, state: str, *, today: date) -> QuerySet[User]:
    if state == ENDS_SOON:
        return people.filter(pk__in=whose_role_ends(actor, today=today))
    if state:
        return people.filter(state=state)
    return people if actor.shows_inactive else people.exclude(state=StaffState.ENDED.value)


def whose_role_ends(actor: Actor, *, today: date) -> QuerySet[User]:
    """Return whose role at a unit of the actor ends within the time that the municipality has set, unless renewed."""
    ids = Assignment.objects.filter(run_by(actor)).order_by().values_list("authority_id", flat=True).distinct()
    return User.objects.filter(pk__in=roles_ending(actor, values_of(ids, on=today), today=today).values("user_id"))


def roles_ending(actor: Actor, decided: Mapping[int, Values], *, today: date) -> QuerySet[Assignment]:
    """Return the roles at units of the actor that end within the time that the municipality has set, unless renewed.

    `decided` holds the settings of the municipalities that the actor has to do with.
    """
    soon = Q(pk__in=[])
    for authority_id, values in decided.items():
        last = today + timedelta(days=values[Setting.ASSIGNMENT_ENDS_DAYS])
        soon |= Q(authority_id=authority_id, ends_on__range=(today, last))
    same = {name: OuterRef(name) for name in ("user", "role", "authority_id")}
    renewed = Assignment.objects.filter(**same, status=_GRANTED, starts_on__gt=OuterRef("ends_on")).filter(
        Q(school_id=OuterRef("school_id")) | Q(school_id__isnull=True)
    )
    return Assignment.objects.filter(run_by(actor), soon, ~Exists(renewed), status=_GRANTED)


def _roles_here(actor: Actor, *, today: date) -> "Prefetch[Any]":
    rows = Assignment.objects.filter(run_by(actor), not_over(today), status__in=rules.HELD_OR_ASKED)
    rows = rows.select_related("school", "authority").order_by(
        F("school__name_key").asc(nulls_first=True), "role", "pk"
    )
    return Prefetch("assignments", queryset=rows, to_attr="roles_here")


def counts_by_state(actor: Actor, wanted: StaffFilter, *, today: date) -> dict[str, int]:
    """Return how many of the narrowed staff stand in each state, and how many have a role that is about to end."""
    people = _narrowed(actor, wanted, today=today).order_by()
    counts = dict(people.values("state").annotate(number=Count("pk")).values_list("state", "number"))
    return counts | {ENDS_SOON: _in_state(people, actor, ENDS_SOON, today=today).count()}


def taken_user_names(base: str) -> frozenset[str]:
    """Return the user names that begin so."""
    taken = User.objects.filter(user_name__startswith=base).values_list("user_name", flat=True)
    return frozenset(filter(None, taken))


def free_user_name(*, prefix: str, first_name: str, last_name: str) -> str:
    """Return the user name that somebody would get now (R02)."""
    base = rules.user_name(prefix=prefix, first_name=first_name, last_name=last_name)
    return rules.user_name(prefix=prefix, first_name=first_name, last_name=last_name, taken=taken_user_names(base))


def account_of(personnummer: str) -> User | None:
    """Return the account with a personnummer. What is told of it to whom typed the number is the service's matter."""
    return User.objects.filter(personnummer=personnummer).first()


def roles_to_give(actor: Actor) -> list[Role]:
    """Return the roles that the actor may ask for somewhere: a school its own, the municipality every role."""
    everything = bool(actor.authorities(Permission.EDIT_STAFF))
    return [role for role in Role if everything or role in SCHOOL_ROLES]
