"""A school's agreements: entering, changing and ending them (R09, R11, R12)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import CHANGED_MEANWHILE
from kursvis.organisation.models import Agreement, School
from kursvis.organisation.queries.registers import names_of
from kursvis.organisation.rules import AgreementFacts, AgreementKind, against_agreement
from kursvis.organisation.rules import agreements as rules
from kursvis.organisation.rules.registers import Register


class Terms(TypedDict):
    """What an agreement says; without levels or industries it is for all of them."""

    kind: AgreementKind
    starts_on: date
    ends_on: date | None
    levels: NotRequired[Sequence[str]]
    industries: NotRequired[Sequence[str]]


@transaction.atomic
def create_agreement(*, school: School, by: Actor, now: datetime, **terms: Unpack[Terms]) -> Agreement:
    """Record an agreement that lets the school offer education (R11, R12).

    Raises `Refused` for dates in the wrong order, a temporary one without an end, days that another one has, and a
    level or an industry that nobody knows.
    """
    facts = _facts(school, terms)
    others = _others(school.pk)
    refuse_if(_against_terms(school, facts) + rules.against_overlap(facts, others=others))
    agreement = Agreement.objects.create(school=school, **_columns(facts))
    _record("agreement.created", agreement, by=by, now=now, **_told(facts))
    return agreement


@transaction.atomic
def change_agreement(*, agreement: Agreement, by: Actor, now: datetime, **terms: Unpack[Terms]) -> None:
    """Change an agreement that has not begun; of one that has, not its kind and first day, and its last day only to
    today or later.

    Raises `Refused` as entering does, and when what has been would be rewritten.
    """
    school = agreement.school
    others = _others(agreement.school_id, but=agreement)
    old, new = _as_it_is(agreement), _facts(school, terms)
    refuse_if(
        rules.against_change(old, new, today=swedish_date(now))
        + _against_terms(school, new)
        + rules.against_overlap(new, others=others)
    )
    before, after = _told(old), _told(new)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        Agreement.objects.filter(pk=agreement.pk).update(**_columns(new))
        _record("agreement.changed", agreement, by=by, now=now, **changed)


@transaction.atomic
def remove_agreement(*, agreement: Agreement, by: Actor, now: datetime) -> None:
    """Take away an agreement that was entered by mistake. Raises `Refused` once it has begun; the log keeps it."""
    _others(agreement.school_id)
    facts = _as_it_is(agreement)
    refuse_if(rules.against_removing(facts, today=swedish_date(now)))
    _record("agreement.removed", agreement, by=by, now=now, **_told(facts))
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
    return row.facts(_industries(agreement.school))


def _facts(school: School, terms: Terms) -> AgreementFacts:
    names = _industries(school)
    industries = tuple(sorted(terms.get("industries", ())))
    return AgreementFacts(
        kind=AgreementKind(terms["kind"]),
        starts_on=terms["starts_on"],
        ends_on=terms["ends_on"],
        levels=tuple(sorted(terms.get("levels", ()))),
        industries=industries,
        industry_names=tuple(names.get(code, code) for code in industries),
    )


def _industries(school: School) -> dict[str, str]:
    return {code: name for (_of, code), name in names_of([school.authority_id], Register.INDUSTRY).items()}


def _against_terms(school: School, facts: AgreementFacts) -> list[Reason]:
    return against_agreement(facts) + rules.against_limits(facts, known_industries=_industries(school))


def _columns(facts: AgreementFacts) -> dict[str, Any]:
    columns = {name: value for name, value in vars(facts).items() if name != "industry_names"}
    return columns | {"kind": facts.kind.value, "levels": list(facts.levels), "industries": list(facts.industries)}


def _told(facts: AgreementFacts) -> dict[str, Any]:
    """Return what the log tells: levels and industries in words; nothing where the agreement is for all of them."""
    dates = {"kind": facts.kind, "starts_on": facts.starts_on, "ends_on": facts.ends_on}
    return dates | {"levels": ", ".join(facts.levels), "industries": ", ".join(facts.industry_names)}


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
