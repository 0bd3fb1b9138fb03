"""The delegation register: who may decide what for the board, from when to when."""

from datetime import date, datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, Role, against_unconfirmed
from kursvis.accounts.models import Delegation, User
from kursvis.accounts.rules.delegations import (
    DelegatedDecision,
    DelegationFacts,
    against_delegation,
    against_ending_delegation,
)
from kursvis.audit import services as audit
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.transitions import CHANGED_MEANWHILE
from kursvis.organisation.models import Authority


@transaction.atomic
def delegate(
    *,
    authority: Authority,
    decision: DelegatedDecision,
    role: Role | None = None,
    user: User | None = None,
    reference: str,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    now: datetime,
) -> Delegation:
    """Record that everybody with a role, or one person, may decide something for the board. Raises `Refused`."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    facts = DelegationFacts(decision, role, user.pk if user else None, reference, starts_on, ends_on)
    refuse_if(against_delegation(facts))
    delegation = Delegation.objects.create(
        authority=authority,
        decision=decision.value,
        role=role.value if role else "",
        user=user,
        reference=reference.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    audit.record(
        verb="delegation.recorded",
        by=by,
        subject=delegation,
        authority_id=authority.pk,
        now=now,
        decision=decision,
        role=role,
        user_id=user.pk if user else None,
        reference=delegation.reference,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, ends_on: date, by: Actor, now: datetime, today: date) -> None:
    """Let a delegation end on a day. Raises `Refused`; of two at once one wins."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(against_ending_delegation(delegation.facts(), ends_on=ends_on, today=today))
    was = delegation.ends_on
    if not Delegation.objects.filter(pk=delegation.pk, ends_on=was).update(ends_on=ends_on):
        raise Refused(Reason(CHANGED_MEANWHILE))
    audit.record(
        verb="delegation.ended",
        by=by,
        subject=delegation,
        authority_id=delegation.authority_id,
        now=now,
        was=was,
        ends_on=ends_on,
    )
