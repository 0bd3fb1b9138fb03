"""Reading periods and rounds: the municipality's calendar of the offer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.rules.round_changes import RoundUse
from kursvis.catalogue.rules.rounds import stage_of
from kursvis.organisation.models import Authority, School


def _is_over(*, today: date) -> Q:
    """Return what is true of a period that has been: its last start has, or it has rounds and every one has started."""
    its = Round.objects.filter(period=OuterRef("pk"))
    have_started = Q(Exists(its)) & ~Q(Exists(its.filter(starts_on__gt=today)))
    return Q(last_start_on__lte=today) | (Q(last_start_on=None) & have_started)


def rounds_readable_by(actor: Actor) -> "QuerySet[Period]":
    """Return the periods of the authorities where the actor works, newest first, with their rounds."""
    seen = Permission.SEE_OFFER
    of_schools = School.objects.filter(pk__in=actor.schools(seen)).values("authority_id")
    periods = Period.objects.filter(Q(authority_id__in=actor.authorities(seen)) | Q(authority_id__in=of_schools))
    counted = Round.objects.annotate(used=Count("starts"), applied=Coalesce(Sum("starts__applicants"), 0))
    in_order = Prefetch("rounds", counted.order_by("starts_on"))
    return periods.select_related("authority").prefetch_related(in_order).order_by("-opens_on", "name")


@dataclass(frozen=True)
class ShownPeriods:
    """The periods that a page lists, their rounds told where they stand, and how many that have been it leaves out."""

    periods: list[Period]
    hidden: int


def shown_periods(actor: Actor, *, today: date) -> ShownPeriods:
    """Return the periods of the actor's authorities, without those that have been unless she shows them (R09)."""
    periods, hidden = rounds_readable_by(actor), 0
    if not actor.shows_inactive:
        hidden = periods.filter(_is_over(today=today)).order_by().count()
        periods = periods.exclude(_is_over(today=today))
    found = list(periods)
    for period in found:
        for round_ in period.rounds.all():
            round_.stage = stage_of(round_.dates(), opens_on=period.opens_on, today=today)
    return ShownPeriods(found, hidden)


def period_for(actor: Actor, uuid: UUID) -> Period:
    """Return a period that the actor may read, or 404."""
    return get_object_or_404(rounds_readable_by(actor), uuid=uuid)


def round_for(actor: Actor, uuid: UUID) -> Round:
    """Return a round of a period that the actor may read, or 404."""
    rounds = Round.objects.select_related("period__authority")
    return get_object_or_404(rounds.filter(period__in=rounds_readable_by(actor).order_by()), uuid=uuid)


def round_on(authority: Authority, starts_on: date) -> Round | None:
    """Return the round of an authority that starts on a day: one that the municipality has entered before others."""
    rounds = Round.objects.filter(period__authority=authority, starts_on=starts_on).select_related("period__authority")
    return rounds.order_by(F("period__last_start_on").asc(nulls_first=True), "pk").first()


def last_start_in_use(period: Period) -> date | None:
    """Return the last day on which something that is offered in a period starts."""
    used: date | None = CourseStart.objects.filter(round__period=period).aggregate(last=Max("starts_on"))["last"]
    return used


def use_of(round_: Round) -> RoundUse:
    """Return how many course starts a round has, whatever their state, and how many have applied to them."""
    found = CourseStart.objects.filter(round=round_).aggregate(starts=Count("pk"), applicants=Sum("applicants"))
    return RoundUse(course_starts=found["starts"], applicants=found["applicants"] or 0)


def rounds_to_filter_by(
    rows: "QuerySet[CourseStart]", *, today: date, inactive_too: bool, chosen: UUID | None
) -> "QuerySet[Round]":
    """Return the rounds that have something among the rows, latest start first.

    Those of periods that have been are left out unless they are asked for; the chosen one stays (R09).
    """
    rounds = Round.objects.filter(pk__in=rows.order_by().values("round_id"))
    if not inactive_too:
        over = Period.objects.filter(_is_over(today=today))
        rounds = rounds.filter(~Q(period__in=over) | Q(uuid=chosen))
    return rounds.select_related("period").order_by("-starts_on", "period__name")


def rounds_to_offer_in(schools: "QuerySet[School]", *, today: date) -> "QuerySet[Round]":
    """Return the rounds, not started yet, that these schools may offer courses in."""
    rounds = Round.objects.filter(
        period__authority_id__in=schools.order_by().values("authority_id"), starts_on__gt=today
    )
    return rounds.select_related("period__authority").order_by("starts_on", "period__name")


def days_to_offer_on(schools: "QuerySet[School]", *, today: date) -> "QuerySet[Period]":
    """Return the periods with continuous admission in which these schools may still choose a day, by their end."""
    authorities = schools.order_by().values("authority_id")
    return Period.objects.filter(authority_id__in=authorities, last_start_on__gt=today).order_by("last_start_on", "pk")
