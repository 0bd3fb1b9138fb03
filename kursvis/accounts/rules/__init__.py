"""Accounts: one user per natural person; roles are assigned at a unit for a period."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.access.actors import Actor
from kursvis.access.rules import SCHOOL_ROLES, Permission, Role
from kursvis.core.personnummer import shown
from kursvis.core.reasons import Reason
from kursvis.core.transitions import may_move
from kursvis.organisation.rules.prefixes import letters


def user_name(*, prefix: str, first_name: str, last_name: str, taken: frozenset[str] = frozenset()) -> str:
    """Return the user name: school prefix + 2 letters of the first name + 3 of the surname (help page R02).

    Letters are lower case without accents (å and ä become a, ö becomes o, é becomes e); what is no letter falls away. A
    short name gives fewer letters. When the name is taken a number from 2 is added.
    """
    base = prefix.lower() + letters(first_name)[:2] + letters(last_name)[:3]
    if base not in taken:
        return base
    number = 2
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"


def one_line(text: str) -> str:
    """Return a name or title as it is kept: on one line, for it is written in letters, e-mails and catalogues."""
    return " ".join(text.split())


def against_names(first_name: str, last_name: str) -> list[Reason]:
    """Return what is wrong with the names: both are needed."""
    return [] if first_name.strip() and last_name.strip() else [Reason("accounts.name_missing")]


def against_second_account(personnummer: str) -> list[Reason]:
    """Return the refusal of a second account for one natural person (R01)."""
    return [Reason("accounts.has_account_already", {"personnummer": shown(personnummer)})]


def against_assignment(role: Role, *, at_school: bool, starts_on: date, ends_on: date | None) -> list[Reason]:
    """Return what is wrong with a role at a unit for a period: school roles are held at schools, no others."""
    reasons = []
    if (role in SCHOOL_ROLES) != at_school:
        reasons.append(Reason("accounts.role_does_not_fit_unit", {"role": ("role", role)}))
    if ends_on is not None and ends_on < starts_on:
        reasons.append(Reason("accounts.ends_before_start"))
    return reasons


def against_same_role_twice(overlaps: bool) -> list[Reason]:
    """Return the refusal of a role that she already holds at the unit on some day of the period."""
    return [Reason("accounts.holds_role_already")] if overlaps else []


class AssignmentStatus(StrEnum):
    """Where a role that somebody was given, or asked for, stands (R04)."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


A = AssignmentStatus
TRANSITIONS: dict[AssignmentStatus, frozenset[AssignmentStatus]] = {
    A.REQUESTED: frozenset({A.GRANTED, A.REFUSED, A.WITHDRAWN}),
    A.GRANTED: frozenset({A.ENDED}),
    A.REFUSED: frozenset(),
    A.WITHDRAWN: frozenset(),
    A.ENDED: frozenset(),
}
"""A granted role also ends by its last day. What was refused or taken back is asked for anew."""

HELD_OR_ASKED = (A.REQUESTED.value, A.GRANTED.value)
"""Of a role that counts, or will when the municipality has answered: nobody has the same one twice on a day."""


def came_to_nothing(statuses: Iterable[AssignmentStatus]) -> bool:
    """Say whether no role of an account was ever granted, and none is waited for."""
    return all(status in (A.REFUSED, A.WITHDRAWN) for status in statuses)


@dataclass(frozen=True)
class AssignmentFacts:
    """What the rules need to know about a role that somebody has, or is to have."""

    status: AssignmentStatus
    role: Role
    user_id: int
    authority_id: int
    school_id: int | None
    starts_on: date
    ends_on: date | None


def may_give(actor: Actor, role: Role, *, authority_id: int, school_id: int | None) -> bool:
    """Say whether the actor may ask for a role at a unit: her own school's roles, or any role of her own authority.

    Nobody gives a role above or outside her own unit; what a school asks for counts when the municipality grants it.
    """
    if authority_id in actor.authorities(Permission.EDIT_STAFF):
        return True
    return role in SCHOOL_ROLES and school_id is not None and school_id in actor.schools(Permission.EDIT_STAFF)


def may_grant(actor: Actor, *, authority_id: int) -> bool:
    """Say whether the actor may activate roles of an authority."""
    return authority_id in actor.authorities(Permission.ACTIVATE_STAFF)


def against_giving(
    actor: Actor, role: Role, *, user_id: int | None, authority_id: int, school_id: int | None
) -> list[Reason]:
    """Return why the actor may not give somebody a role: it lies outside her unit, or she would give it to herself."""
    if user_id is not None and user_id == actor.user_id:
        return [Reason("accounts.not_ones_own_account")]
    if not may_give(actor, role, authority_id=authority_id, school_id=school_id):
        return [Reason("accounts.role_outside_own_unit", {"role": ("role", role)})]
    return []


def against_own_account(*, user_id: int, actor_user_id: int | None) -> list[Reason]:
    """Return the refusal of a step on one's own account: a colleague takes it."""
    return [Reason("accounts.not_ones_own_account")] if user_id == actor_user_id else []


def against_granting(facts: AssignmentFacts, actor: Actor, *, today: date) -> list[Reason]:
    """Return why the municipality may not activate a role now."""
    if facts.user_id == actor.user_id:
        return [Reason("accounts.not_ones_own_account")]
    if not may_grant(actor, authority_id=facts.authority_id):
        return [Reason("accounts.role_outside_own_unit", {"role": ("role", facts.role)})]
    if not may_move(TRANSITIONS, facts.status, A.GRANTED):
        return [Reason("accounts.assignment_is_decided", {"state": ("assignment_status", facts.status)})]
    if facts.ends_on is not None and facts.ends_on < today:
        return [Reason("accounts.assignment_has_run_out", {"day": facts.ends_on})]
    return []


def against_refusing(facts: AssignmentFacts, actor: Actor, *, why: str) -> list[Reason]:
    """Return why the municipality may not refuse a role: it is decided, or the reason is missing (R04)."""
    if not may_grant(actor, authority_id=facts.authority_id):
        return [Reason("accounts.role_outside_own_unit", {"role": ("role", facts.role)})]
    if not may_move(TRANSITIONS, facts.status, A.REFUSED):
        return [Reason("accounts.assignment_is_decided", {"state": ("assignment_status", facts.status)})]
    return [] if why.strip() else [Reason("accounts.refusal_needs_a_reason")]


def against_withdrawing(facts: AssignmentFacts, actor: Actor) -> list[Reason]:
    """Return why the school may not take back what it asked for."""
    if not may_give(actor, facts.role, authority_id=facts.authority_id, school_id=facts.school_id):
        return [Reason("accounts.role_outside_own_unit", {"role": ("role", facts.role)})]
    if not may_move(TRANSITIONS, facts.status, A.WITHDRAWN):
        return [Reason("accounts.assignment_is_decided", {"state": ("assignment_status", facts.status)})]
    return []


def against_ending(facts: AssignmentFacts, actor: Actor) -> list[Reason]:
    """Return why the actor may not end a role. One's own is ended by a colleague: no school locks itself out."""
    if facts.user_id == actor.user_id:
        return [Reason("accounts.not_ones_own_account")]
    if not may_give(actor, facts.role, authority_id=facts.authority_id, school_id=facts.school_id):
        return [Reason("accounts.role_outside_own_unit", {"role": ("role", facts.role)})]
    if not may_move(TRANSITIONS, facts.status, A.ENDED):
        return [Reason("accounts.assignment_is_not_in_force")]
    return []


def against_last_day(facts: AssignmentFacts, *, ends_on: date | None, today: date) -> list[Reason]:
    """Return what is wrong with a new last day of a granted role: before its first, or a day that has been."""
    if ends_on is None:
        return []
    if ends_on < facts.starts_on:
        return [Reason("accounts.ends_before_start")]
    return [Reason("accounts.last_day_has_been")] if ends_on < today else []


def against_changing_last_day(
    facts: AssignmentFacts, actor: Actor, *, ends_on: date | None, today: date
) -> list[Reason]:
    """Return why the actor may not let a granted role end on another day.

    A school may let it end earlier; longer than the municipality has granted is the municipality's to give (R04).
    """
    reasons = against_ending(facts, actor)
    if reasons:
        return reasons
    is_longer = facts.ends_on is not None and (ends_on is None or ends_on > facts.ends_on)
    if is_longer and not may_grant(actor, authority_id=facts.authority_id):
        return [Reason("accounts.longer_is_asked_for", {"day": facts.ends_on})]
    return against_last_day(facts, ends_on=ends_on, today=today)


def against_editing_person(
    actor: Actor, units: Collection[tuple[int, int | None]], *, user_id: int, has_municipal_role: bool
) -> list[Reason]:
    """Return why the actor may not change somebody's name, e-mail or personnummer: she works elsewhere too.

    `units` are the (authority, school) of the roles that she has, had asked for, or holds. The e-mail address is a key
    to the account, so only who runs every unit of hers may change it: for a colleague of two schools the municipality.
    """
    if user_id == actor.user_id:
        return [Reason("accounts.not_ones_own_account")]
    own_authorities, own_schools = actor.authorities(Permission.EDIT_STAFF), actor.schools(Permission.EDIT_STAFF)
    outside = [unit for unit in units if unit[0] not in own_authorities and unit[1] not in own_schools]
    if not units:
        return [Reason("accounts.not_your_colleague")]
    if outside or (has_municipal_role and not own_authorities):
        return [Reason("accounts.works_elsewhere_too")]
    return []
