"""One colleague's account: her roles at the units of the one who looks, and what may be done with them and with it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import SCHOOL_ROLES, Role
from kursvis.accounts import rules
from kursvis.accounts.models import Assignment, Link, User
from kursvis.accounts.queries import state_of, unit_of
from kursvis.accounts.queries.locks import units_of
from kursvis.accounts.queries.staff import account_of, free_user_name, holds_here, run_by
from kursvis.accounts.queries.ways_in import has_electronic_id, has_name_in_a_directory
from kursvis.accounts.rules import locks
from kursvis.accounts.rules import staff as staff_rules
from kursvis.accounts.rules.links import LinkKind
from kursvis.core.models import not_over
from kursvis.core.reasons import Reason
from kursvis.organisation.models import Authority, School


@dataclass(frozen=True)
class RoleHere:
    """A role at a unit that the actor runs: its state, how it came about, and what stands against each step."""

    assignment: Assignment
    unit: str
    state: str
    against_ending: list[Reason] | None
    against_withdrawing: list[Reason] | None
    against_last_day: list[Reason] | None


@dataclass(frozen=True)
class Account:
    """What the page of an account shows beside the account itself.

    `shows_use`: when she logged in, and a lock; told where she works, and to who manages a new account.
    """

    roles: list[RoleHere]
    invited_until: datetime | None
    shows_email: bool
    shows_use: bool
    why_not_in: list[Reason]
    against: dict[str, list[Reason]]


def account(user: User, actor: Actor, *, today: date, now: datetime) -> Account:
    """Return the page of an account that the actor has reached. `now` is real time: links are."""
    invitation = Link.objects.filter(
        user=user, kind=LinkKind.INVITATION.value, ended_at__isnull=True, expires_at__gt=now
    ).first()
    editing = against_editing(user, actor, today=today)
    return Account(
        roles=[_role(row, actor, today=today) for row in _assignments(user, actor)],
        invited_until=invitation.expires_at if invitation else None,
        shows_email=not editing,
        shows_use=holds_here(user, actor, today=today) or not against_managing(user, actor, today=today),
        why_not_in=why_not_in(user, has_open_link=invitation is not None),
        against=_against(user, actor, editing, today=today),
    )


def _assignments(user: User, actor: Actor) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(run_by(actor), user=user)
    people = rows.select_related("school", "authority", "requested_by", "decided_by")
    return people.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "-pk")


def _role(row: Assignment, actor: Actor, *, today: date) -> RoleHere:
    facts, state = row.facts(), state_of(row, today)
    ending = rules.against_ending(facts, actor)
    return RoleHere(
        assignment=row,
        unit=unit_of(row),
        state=state,
        against_ending=ending if state in ("in_force", "coming") else None,
        against_withdrawing=rules.against_withdrawing(facts, actor) if state == "requested" else None,
        against_last_day=ending if state in ("in_force", "coming") else None,
    )


def why_not_in(user: User, *, has_open_link: bool) -> list[Reason]:
    """Return why somebody cannot log in (R03)."""
    if has_name_in_a_directory(user):
        return []
    return staff_rules.why_not_in(
        has_personnummer=user.personnummer is not None and has_electronic_id(),
        has_user_name=user.user_name is not None,
        has_password=user.has_password,
        has_email=bool(user.email),
        has_open_link=has_open_link,
    )


def has_worked_elsewhere(user: User, actor: Actor) -> bool:
    """Say whether a person has, had or was asked for a role outside the actor's units, whatever became of it."""
    return Assignment.objects.filter(user=user).exclude(run_by(actor)).exists()


def _held_or_asked(user: User, today: date) -> list[Assignment]:
    return list(Assignment.objects.filter(not_over(today), user=user, status__in=rules.HELD_OR_ASKED))


def against_editing(user: User, actor: Actor, *, today: date) -> list[Reason]:
    """Return why the actor may not change the person's name, title and e-mail address.

    To have asked for a role is not enough: else a school would read the address of, and take over, an account whose
    roles elsewhere have ended.
    """
    if user.user_name is None:
        return [Reason("accounts.own_electronic_id_account")]
    rows = _held_or_asked(user, today)
    reasons = rules.against_editing_person(
        actor,
        [(row.authority_id, row.school_id) for row in rows],
        user_id=user.pk,
        has_municipal_role=any(row.role not in SCHOOL_ROLES for row in rows),
    )
    return reasons or against_managing(user, actor, today=today)


def against_managing(user: User, actor: Actor, *, today: date) -> list[Reason]:
    """Return why the actor may not lock, unlock or invite the person."""
    units = units_of(user.pk, today=today)
    is_municipal = any(school_id is None for _authority_id, school_id in units)
    return staff_rules.against_managing(actor, units, user_id=user.pk, has_municipal_role=is_municipal)


def against_new_number(user: User, actor: Actor, *, today: date) -> list[Reason]:
    """Return why the actor may not correct the personnummer."""
    authorities = [row.authority_id for row in _held_or_asked(user, today)]
    return staff_rules.against_new_personnummer(
        actor, has_logged_in=user.logged_in_at is not None, authorities=authorities
    )


def against_own(user: User, actor: Actor) -> list[Reason]:
    """Return why the actor may not ask for a role: it would be her own."""
    return rules.against_own_account(user_id=user.pk, actor_user_id=actor.user_id)


def _against(user: User, actor: Actor, editing: list[Reason], *, today: date) -> dict[str, list[Reason]]:
    managing = against_managing(user, actor, today=today)
    facts, has_password = user.lock_facts(), user.has_password
    inviting = staff_rules.against_inviting(
        email=user.email, has_password=has_password, has_user_name=user.user_name is not None
    )
    return {
        "edit": editing,
        "ask": against_own(user, actor),
        "invite": managing or inviting,
        "reset": managing or staff_rules.against_sending_reset(email=user.email, has_password=has_password),
        "lock": managing or locks.against_locking(facts, actor_user_id=actor.user_id),
        "unlock": managing or locks.against_unlocking(facts, actor_user_id=actor.user_id),
    }


def get_role(actor: Actor, uuid: UUID) -> Assignment:
    """Return a role at a unit that the actor runs, or raise Http404."""
    rows = Assignment.objects.filter(run_by(actor)).select_related("user", "school", "authority")
    return get_object_or_404(rows, uuid=uuid)


def may_lengthen(actor: Actor, assignment: Assignment) -> bool:
    """Say whether the actor may let a role run longer: the municipality, for it was granted until its last day."""
    return rules.may_grant(actor, authority_id=assignment.authority_id)


@dataclass(frozen=True)
class Review:
    """What would happen if a colleague were added now: the user name of a new account, or that she has one already."""

    user_name: str
    is_known: bool
    counts_at_once: bool
    reasons: list[Reason]


def review(
    personnummer: str,
    names: tuple[str, str],
    *,
    school: School | None,
    authority: Authority,
    roles: list[Role],
    starts_on: date,
    ends_on: date | None,
    actor: Actor,
) -> Review:
    """Return what is shown before a colleague is added (R02). Of a known account it tells only that it exists."""
    period: dict[str, Any] = {"at_school": school is not None, "starts_on": starts_on, "ends_on": ends_on}
    found = [reason for role in roles for reason in rules.against_assignment(role, **period)]
    reasons = list(dict.fromkeys(found))
    known, at_once = account_of(personnummer), rules.may_grant(actor, authority_id=authority.pk)
    if known:
        reasons += staff_rules.against_another_name(names, (known.first_name, known.last_name))
        return Review("", True, at_once, reasons)
    prefix = school.prefix if school else authority.prefix
    user_name = free_user_name(prefix=prefix, first_name=names[0], last_name=names[1])
    return Review(user_name, False, at_once, reasons)
