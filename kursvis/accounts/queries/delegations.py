"""Who may decide what for the board."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.models import Assignment, Delegation, User
from kursvis.accounts.rules import AssignmentStatus
from kursvis.accounts.rules.delegations import DelegatedDecision, reference_for
from kursvis.core import personnummer as numbers
from kursvis.core.models import not_over


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


def delegations(actor: Actor, *, today: date) -> QuerySet[Delegation]:
    """Return the register where the actor keeps it: what has ended only to who shows it (R09, *Visa inaktiva*)."""
    rows = Delegation.objects.filter(authority_id__in=actor.authorities(Permission.EDIT_SETTINGS))
    rows = rows.select_related("user", "authority").order_by("authority__name", "decision", "starts_on", "pk")
    return rows if actor.shows_inactive else rows.filter(not_over(today))


def get_delegation(actor: Actor, uuid: UUID) -> Delegation:
    """Return one delegation of the actor's authorities, or raise Http404."""
    rows = Delegation.objects.filter(authority_id__in=actor.authorities(Permission.EDIT_SETTINGS))
    return get_object_or_404(rows.select_related("user", "authority"), uuid=uuid)


def staff_member(authority_id: int, text: str, *, today: date) -> User | None:
    """Return who holds a role in the authority, or is to hold one, by user name, personnummer or a name of her own."""
    held = Assignment.objects.filter(
        not_over(today),
        authority_id=authority_id,
        status=AssignmentStatus.GRANTED.value,
    )
    number = numbers.normalised(text, today=today)
    found = Q(user_name=text.strip().lower()) | Q(personnummer=number)
    staff = User.objects.filter(pk__in=held.values("user_id"))
    by_name = staff.alias(whole=Concat("first_name", Value(" "), "last_name")).filter(
        whole__iexact=" ".join(text.split())
    )
    named = list(by_name[:2])
    return staff.filter(found).first() or (named[0] if len(named) == 1 else None)
