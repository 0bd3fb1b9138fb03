"""Who may decide what for the board."""

from datetime import date

from kursvis.access.actors import Actor
from kursvis.accounts.models import Delegation
from kursvis.accounts.rules.delegations import DelegatedDecision, reference_for


def delegation_of(
    actor: Actor, decision: DelegatedDecision, *, authority_id: int, school_id: int | None = None, today: date
) -> str | None:
    """Return where the board has said that the actor may decide this at the authority, or None; for one query.

    Her roles count at the unit of the case: those of the authority itself, and those of the school.
    """
    rows = Delegation.objects.filter(authority_id=authority_id, decision=decision.value)
    roles = {
        held.role
        for held in actor.held
        if held.authority_id == authority_id and (held.school_id is None or held.school_id == school_id)
    }
    return reference_for(
        [row.facts() for row in rows], decision=decision, user_id=actor.user_id, roles=roles, today=today
    )
