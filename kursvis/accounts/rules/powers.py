"""What somebody may do, where, and why not elsewhere (help page R10).

A permission is given by a role in force, as in `access.actors.Person`; this says it with reasons. Whoever may log in
holds exactly what stands under `units`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kursvis.access.rules import ROLES, Permission, Role
from kursvis.accounts.rules import AssignmentStatus
from kursvis.core.reasons import Reason
from kursvis.core.spans import covers
from kursvis.organisation.rules import AgreementFacts, against_new_placements

ASKS_FOR_AN_AGREEMENT = frozenset({Permission.EDIT_OFFER, Permission.PLACE})
"""What a school without agreement no longer does for new applicants, whatever roles its staff hold (R09)."""


@dataclass(frozen=True)
class RoleFacts:
    """A role that somebody has, had, will have or has been asked for, at a unit. `ended_on`: the day it was ended."""

    role: Role
    status: AssignmentStatus
    unit: str
    authority_id: int
    school_id: int | None
    starts_on: date
    ends_on: date | None
    ended_on: date | None = None

    @property
    def place(self) -> tuple[int, int | None]:
        """Return where: the authority, and the school or (the whole authority) None."""
        return self.authority_id, self.school_id

    def counts(self, today: date) -> bool:
        """Say whether the role is in force."""
        return self.status is AssignmentStatus.GRANTED and covers(self, today)


@dataclass(frozen=True)
class Power:
    """One permission: the units where it is held, what limits it there, and why not elsewhere."""

    permission: Permission
    units: Mapping[tuple[int, int | None], str]
    limits: Sequence[tuple[str, Reason]] = ()
    against: Sequence[Reason] = ()
    roles: Sequence[Role] = ()
    """Which roles would give it, where none does."""


def against_account(*, is_active: bool, is_locked: bool) -> list[Reason]:
    """Return why an account may do nothing at all, whatever its roles."""
    if not is_active:
        return [Reason("accounts.account_has_ended")]
    return [Reason("accounts.account_is_locked")] if is_locked else []


def powers_of(
    roles: Sequence[RoleFacts],
    *,
    against: Sequence[Reason] = (),
    agreements: Mapping[int, list[AgreementFacts]],
    today: date,
) -> list[Power]:
    """Return every permission: held at some unit, or with at least one reason why not.

    `against` are the reasons against the account itself; `agreements` those of each school among the roles.
    """
    return [_power(permission, roles, against, agreements, today) for permission in Permission]


def _power(
    permission: Permission,
    roles: Sequence[RoleFacts],
    against: Sequence[Reason],
    agreements: Mapping[int, list[AgreementFacts]],
    today: date,
) -> Power:
    giving = [role for role in roles if permission in ROLES[role.role]]
    in_force = [] if against else [role for role in giving if role.counts(today)]
    units = {role.place: role.unit for role in in_force}
    missing = [role for role in giving if role.place not in units and (role.authority_id, None) not in units]
    reasons = _once([*(against if giving else ()), *(why for role in missing for why in _against_role(role, today))])
    if not units and not reasons:
        return Power(permission, {}, against=[Reason("accounts.no_role_permits")], roles=_giving(permission))
    return Power(permission, units, list(_limits(permission, in_force, agreements, today)), reasons)


def _giving(permission: Permission) -> list[Role]:
    return [role for role in Role if permission in ROLES[role]]


def _against_role(facts: RoleFacts, today: date) -> list[Reason]:
    """Return why a role does not give anything today; nothing for one that does, was refused or was taken back."""
    named = {"role": ("role", facts.role), "unit": facts.unit}
    if facts.status is AssignmentStatus.REQUESTED:
        return [Reason("accounts.role_is_not_activated", named)]
    if facts.status is AssignmentStatus.ENDED:
        return [Reason("accounts.role_has_ended", named | {"day": facts.ended_on or facts.ends_on or today})]
    if facts.status is not AssignmentStatus.GRANTED:
        return []
    if facts.starts_on > today:
        return [Reason("accounts.role_has_not_begun", named | {"day": facts.starts_on})]
    if facts.ends_on is not None and facts.ends_on < today:
        return [Reason("accounts.role_has_ended", named | {"day": facts.ends_on})]
    return []


def _limits(
    permission: Permission,
    in_force: Collection[RoleFacts],
    agreements: Mapping[int, list[AgreementFacts]],
    today: date,
) -> Iterator[tuple[str, Reason]]:
    if permission not in ASKS_FOR_AN_AGREEMENT:
        return
    for school_id, unit in {role.school_id: role.unit for role in in_force if role.school_id is not None}.items():
        for reason in against_new_placements(agreements.get(school_id, []), today=today):
            yield unit, reason


def _once(reasons: Collection[Reason]) -> list[Reason]:
    found: list[Reason] = []
    for reason in reasons:
        if reason not in found:
            found.append(reason)
    return found
