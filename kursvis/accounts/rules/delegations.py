"""Who may decide what for the board, and on whose word (rules.md 1.38; 7 kap. 5–8 §§ kommunallagen)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.access.rules import Role
from kursvis.core.reasons import Reason
from kursvis.core.spans import covers


class DelegatedDecision(StrEnum):
    """What is delegated: the same three questions that a Decision answers."""

    COST_COMMITMENT = "cost_commitment"
    RECEPTION = "reception"
    ADMISSION = "admission"


@dataclass(frozen=True)
class DelegationFacts:
    """A delegation: to everybody with a role, or to one person."""

    decision: DelegatedDecision
    role: Role | None
    user_id: int | None
    reference: str
    starts_on: date
    ends_on: date | None


def reference_for(
    delegations: Collection[DelegationFacts],
    *,
    decision: DelegatedDecision,
    user_id: int | None,
    roles: Collection[Role],
    today: date,
) -> str | None:
    """Return where the board has said that she may decide, or None. A person's own delegation goes before a role's."""
    counting = [d for d in delegations if d.decision is decision and covers(d, today)]
    own = [d.reference for d in counting if d.user_id is not None and d.user_id == user_id]
    by_role = [d.reference for d in counting if d.role is not None and d.role in roles]
    return next(iter([*own, *by_role]), None)


def against_deciding(reference: str | None, decision: DelegatedDecision) -> list[Reason]:
    """Return why she may not decide: nobody has delegated it to her."""
    return [] if reference else [Reason("accounts.no_delegation", {"decision": ("delegated_decision", decision)})]


def against_delegation(facts: DelegationFacts) -> list[Reason]:
    """Return what is wrong with a delegation as it was typed."""
    reasons = []
    if (facts.role is None) == (facts.user_id is None):
        reasons.append(Reason("accounts.delegate_to_role_or_person"))
    if not facts.reference.strip():
        reasons.append(Reason("accounts.delegation_needs_a_reference"))
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        reasons.append(Reason("accounts.ends_before_start"))
    return reasons


def against_ending_delegation(facts: DelegationFacts, *, ends_on: date, today: date) -> list[Reason]:
    """Return why a delegation may not end on a day: it has ended, or the day has been.

    What was decided on it stands.
    """
    if facts.ends_on is not None and facts.ends_on < today:
        return [Reason("accounts.delegation_has_ended", {"day": facts.ends_on})]
    if ends_on < facts.starts_on:
        return [Reason("accounts.ends_before_start")]
    return [Reason("accounts.last_day_has_been")] if ends_on < today else []
