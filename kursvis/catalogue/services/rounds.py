"""Periods and their rounds, entered by the municipality (help page R13, R14)."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import Period, Round
from kursvis.catalogue.rules import rounds as rules
from kursvis.catalogue.rules.rounds import Continuous, PeriodKind, RoundDates
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.transitions import CHANGED_MEANWHILE
from kursvis.organisation.models import Authority
from kursvis.organisation.queries.settings import settings_of
from kursvis.organisation.rules.settings import Setting


@transaction.atomic
def create_period(
    *,
    authority: Authority,
    name: str,
    opens_on: date,
    offer_by: date,
    continuous: Continuous | None = None,
    by: Actor,
    now: datetime,
) -> Period:
    """Open a season of the catalogue, of rounds or with continuous admission.

    Raises `Refused` when the schools' last day lies after the opening, no start fits, or the name is taken.
    """
    reasons = rules.against_period(opens_on=opens_on, offer_by=offer_by)
    refuse_if(reasons + (rules.against_continuous(continuous, opens_on=opens_on) if continuous else []))
    decided: dict[str, Any] = {"kind": PeriodKind.CONTINUOUS.value, **asdict(continuous)} if continuous else {}
    try:
        with transaction.atomic():
            period = Period.objects.create(
                authority=authority, name=name, opens_on=opens_on, offer_by=offer_by, **decided
            )
    except IntegrityError as taken:
        raise Refused(Reason("catalogue.period_name_taken", {"name": name})) from taken
    audit.record(
        verb="period.created",
        by=by,
        subject=period,
        authority_id=authority.pk,
        now=now,
        name=name,
        opens_on=opens_on,
        offer_by=offer_by,
        **decided,
    )
    return period


def lock_period(period: Period) -> Period:
    """Lock the period until the transaction ends, and return it as it stands. Refused when it has been removed."""
    if locked := Period.objects.select_for_update().filter(pk=period.pk).first():
        return locked
    raise Refused(Reason(CHANGED_MEANWHILE))


def lock_round(round_: Round) -> Round:
    """Lock the round until the transaction ends, and return it as it stands. Refused when it has been removed."""
    rounds = Round.objects.select_for_update(of=("self",)).select_related("period__authority")
    if locked := rounds.filter(pk=round_.pk).first():
        return locked
    raise Refused(Reason(CHANGED_MEANWHILE))


def proposed_call(authority_id: int, starts_on: date) -> date:
    """Return the last day for the call to a start: so many days before as the municipality has decided for then."""
    return rules.call_by(starts_on, days=settings_of(authority_id, on=starts_on)[Setting.CALL_DAYS])


@transaction.atomic
def create_round(
    *,
    period: Period,
    apply_by: date,
    basis_on: date,
    starts_on: date,
    call_by: date | None = None,
    by: Actor,
    now: datetime,
) -> Round:
    """Add a round to a period. Without `call_by` the call's day follows from the municipality's days before the start.

    Raises `Refused` when the dates are out of order, or the period has a round with that start or makes its own.
    """
    dates = rules.RoundDates(apply_by, basis_on, call_by or proposed_call(period.authority_id, starts_on), starts_on)
    period = lock_period(period)
    refuse_if([Reason("catalogue.continuous_makes_its_rounds")] if period.continuous else [])
    refuse_if(
        rules.against_dates(dates) + rules.against_opening(opens_on=period.opens_on, apply_by=apply_by),
    )
    return write_round(period, dates, by=by, now=now)


@transaction.atomic
def write_round(period: Period, dates: RoundDates, *, by: Actor, now: datetime) -> Round:
    """Write a round whose days have been looked at. Raises `Refused` when the period has one with that start."""
    try:
        with transaction.atomic():
            added = Round.objects.create(period=period, **asdict(dates))
    except IntegrityError as taken:
        raise Refused(Reason("catalogue.round_start_taken", {"day": dates.starts_on})) from taken
    authority_id = period.authority_id
    audit.record(verb="round.created", by=by, subject=added, authority_id=authority_id, now=now, **asdict(dates))
    return added
