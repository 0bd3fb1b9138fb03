"""Periods and their rounds: the municipality's calendar of the offer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms import rounds as forms
from kursvis.catalogue.queries import rounds as queries
from kursvis.catalogue.rules import round_changes as rules
from kursvis.catalogue.services import round_changes as changes
from kursvis.catalogue.services import rounds
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.organisation.queries import authorities_where

P = Permission


@requires(P.SEE_OFFER)
def list_rounds(request: ActorRequest) -> HttpResponse:
    """Show the periods with their rounds: the help page's table."""
    shown = queries.shown_periods(request.actor, today=time.today())
    editable = request.actor.authorities(P.EDIT_ROUNDS)
    return render(request, "catalogue/rounds.html", {"shown": shown, "editable": editable})


@requires(P.EDIT_ROUNDS)
def add_period(request: ActorRequest) -> HttpResponse:
    """Open a season of the catalogue."""
    authorities = authorities_where(request.actor, P.EDIT_ROUNDS)
    form = forms.PeriodForm(request.POST or None, authorities=authorities)
    if form.is_valid() and _done(form, lambda: rounds.create_period(**form.given(), **_who(request))):
        messages.success(request, _("Perioden är inlagd. Lägg in dess omgångar."))
        return redirect("catalogue:list_rounds")
    return render(request, "catalogue/period_form.html", {"form": form})


@requires(P.EDIT_ROUNDS)
def add_continuous_period(request: ActorRequest) -> HttpResponse:
    """Open a season with continuous admission."""
    authorities = authorities_where(request.actor, P.EDIT_ROUNDS)
    form = forms.ContinuousPeriodForm(request.POST or None, authorities=authorities)
    if form.is_valid() and _done(form, lambda: rounds.create_period(**form.given(), **_who(request))):
        messages.success(request, _("Perioden är inlagd. Skolorna kan nu lägga in kursstarter på de dagar de väljer."))
        return redirect("catalogue:list_rounds")
    return render(request, "catalogue/period_form.html", {"form": form, "is_continuous": True})


@requires(P.EDIT_ROUNDS)
def edit_period(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change a period's name and days, as far as they have not passed."""
    period = _editable(request, queries.period_for(request.actor, uuid))
    form = forms.change_form_of(period, request.POST or None)
    who = _who(request)
    if form.is_valid() and _done(form, lambda: changes.edit_period(period=period, **form.given(), **who)):
        messages.success(request, _("Perioden är ändrad."))
        return redirect("catalogue:list_rounds")
    context = {"form": form, "period": period, "against_deleting": rules.against_deleting_period(period.rounds.count())}
    return render(request, "catalogue/period_form.html", context)


@require_POST
@requires(P.EDIT_ROUNDS)
def delete_period(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Remove a period without rounds."""
    period = _editable(request, queries.period_for(request.actor, uuid))
    changes.delete_period(period=period, **_who(request))
    messages.success(request, _("Perioden är borttagen."))
    return redirect("catalogue:list_rounds")


@requires(P.EDIT_ROUNDS)
def add_round(request: ActorRequest, period_uuid: UUID) -> HttpResponse:
    """Add a round to a period."""
    period = _editable(request, queries.period_for(request.actor, period_uuid))
    form = forms.RoundForm(request.POST or None)
    who = _who(request)
    if form.is_valid() and _done(form, lambda: rounds.create_round(period=period, **form.cleaned_data, **who)):
        messages.success(request, _("Omgången är inlagd."))
        return redirect("catalogue:list_rounds")
    return render(request, "catalogue/round_form.html", {"form": form, "period": period})


@requires(P.EDIT_ROUNDS)
def edit_round(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change a round's days, as far as they have not passed and nothing uses them."""
    round_ = queries.round_for(request.actor, uuid)
    period = _editable(request, round_.period)
    form = forms.RoundForm(request.POST or None, initial=forms.initial_of(round_))
    if form.is_valid() and _done(form, lambda: changes.edit_round(round_=round_, **form.cleaned_data, **_who(request))):
        messages.success(request, _("Omgången är ändrad."))
        return redirect("catalogue:list_rounds")
    use = queries.use_of(round_)
    context = {"form": form, "period": period, "round": round_, "use": use}
    return render(
        request, "catalogue/round_form.html", context | {"against_deleting": rules.against_deleting_round(use)}
    )


@require_POST
@requires(P.EDIT_ROUNDS)
def delete_round(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Remove a round that no course start uses."""
    round_ = queries.round_for(request.actor, uuid)
    _editable(request, round_.period)
    changes.delete_round(round_=round_, **_who(request))
    messages.success(request, _("Omgången är borttagen."))
    return redirect("catalogue:list_rounds")


def _editable(request: ActorRequest, period: Any) -> Any:
    """Return the period; 403 when the actor may read but not change it."""
    if period.authority_id not in request.actor.authorities(P.EDIT_ROUNDS):
        raise PermissionDenied
    return period


def _done(form: Any, step: Callable[[], Any]) -> bool:
    return attempt(form, step) is not None


def _who(request: ActorRequest) -> dict[str, Any]:
    return {"by": request.actor, "now": time.now()}
