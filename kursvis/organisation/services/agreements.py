"""A school's agreements: entering, changing and ending them (R09, R11, R12)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import CHANGED_MEANWHILE
from kursvis.organisation.models import Agreement, School
from kursvis.organisation.rules import AgreementFacts, AgreementKind, against_agreement
from kursvis.organisation.rules import agreements as rules


@transaction.atomic
def create_agreement(
    *, school: School, kind: AgreementKind, starts_on: date, ends_on: date | None, by: Actor, now: datetime
) -> Agreement:
    """Record an agreement that lets the school offer education (R11, R12).

    Raises `Refused` for dates in the wrong order, a temporary one without an end, and days that another one has.
    """
    facts = AgreementFacts(kind=AgreementKind(kind), starts_on=starts_on, ends_on=ends_on)
    others = _others(school.pk)
    refuse_if(against_agreement(facts) + rules.against_overlap(facts, others=others))
    agreement = Agreement.objects.create(school=school, kind=facts.kind.value, starts_on=starts_on, ends_on=ends_on)
    _record("agreement.created", agreement, by=by, now=now, **vars(facts))
    return agreement


@transaction.atomic
def change_agreement(
    *, agreement: Agreement, kind: AgreementKind, starts_on: date, ends_on: date | None, by: Actor, now: datetime
) -> None:
    """Change an agreement that has not begun; of one that has, only its last day, to today or later.

    Raises `Refused` as entering does, and when what has been would be rewritten.
    """
    others = _others(agreement.school_id, but=agreement)
    old = _as_it_is(agreement)
    new = AgreementFacts(kind=AgreementKind(kind), starts_on=starts_on, ends_on=ends_on)
    refuse_if(
        rules.against_change(old, new, today=swedish_date(now))
        + against_agreement(new)
        + rules.against_overlap(new, others=others)
    )
    before, after = vars(old), vars(new)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        Agreement.objects.filter(pk=agreement.pk).update(kind=new.kind.value, starts_on=starts_on, ends_on=ends_on)
        _record("agreement.changed", agreement, by=by, now=now, **changed)


@transaction.atomic
def remove_agreement(*, agreement: Agreement, by: Actor, now: datetime) -> None:
    """Take away an agreement that was entered by mistake. Raises `Refused` once it has begun; the log keeps it."""
    _others(agreement.school_id)
    facts = _as_it_is(agreement)
    refuse_if(rules.against_removing(facts, today=swedish_date(now)))
    _record("agreement.removed", agreement, by=by, now=now, **vars(facts))
    Agreement.objects.filter(pk=agreement.pk).delete()


def _others(school_id: int, *, but: Agreement | None = None) -> list[AgreementFacts]:
    """Return the school's agreements; nobody else changes them until this transaction ends."""
    School.objects.select_for_update(no_key=True).get(pk=school_id)
    rows = Agreement.objects.filter(school_id=school_id)
    return [row.facts() for row in (rows.exclude(pk=but.pk) if but else rows)]


def _as_it_is(agreement: Agreement) -> AgreementFacts:
    row = Agreement.objects.filter(pk=agreement.pk).first()
    if row is None:
        raise Refused(Reason(CHANGED_MEANWHILE))
    return row.facts()


def _record(verb: str, agreement: Agreement, *, by: Actor, now: datetime, **detail: Any) -> None:
    """Write the event about the school: its agreements are its history, also one that was taken away."""
    school = agreement.school
    audit.record(
        verb=verb,
        by=by,
        subject=school,
        authority_id=school.authority_id,
        now=now,
        agreement=str(agreement.uuid),
        **detail,
    )
