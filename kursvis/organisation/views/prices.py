"""Price lists: what a point costs in each industry, from a day to a day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of
from kursvis.organisation.forms.municipality import MunicipalityForm
from kursvis.organisation.forms.prices import CopyForm, PriceListForm
from kursvis.organisation.forms.registers import EndForm
from kursvis.organisation.queries import asked
from kursvis.organisation.queries import prices as queries
from kursvis.organisation.queries.history import history
from kursvis.organisation.rules.prices import against_changing
from kursvis.organisation.services import prices as services

P = Permission


@require_GET
@requires(P.EDIT_PRICES)
def list_price_lists(request: ActorRequest) -> HttpResponse:
    """Show the price lists that count or will count, and all when they are asked for."""
    authorities = asked.authorities_with(request.actor, P.EDIT_PRICES)
    authority = asked.authority_asked_for(authorities, MunicipalityForm(request.GET).authority())
    every, today = queries.price_lists_of(authority.pk), time.today()
    inactive_too = "inaktiva" in request.GET or request.actor.shows_inactive
    page = page_of(request, queries.listed(every, on=today, shows_inactive=inactive_too))
    context = {
        "page": page,
        "hidden": every.count() - page.paginator.count,
        "authorities": authorities,
        "authority": authority,
        "today": today,
        "has_industries": bool(queries.industries_to_price(authority.pk, on=today)),
    }
    return render(request, "organisation/prices.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_PRICES)
def add_price_list(request: ActorRequest) -> HttpResponse:
    """Create a price list with its prices."""
    authorities = asked.authorities_with(request.actor, P.EDIT_PRICES)
    authority = asked.authority_asked_for(authorities, MunicipalityForm(request.GET).authority())
    form = PriceListForm(
        industries=queries.industries_to_price(authority.pk, on=time.today()),
        providers=queries.providers_of(authority.pk),
        data=request.POST or None,
    )
    who: dict[str, Any] = {"by": request.actor, "now": time.now()}
    if form.is_valid() and (
        added := attempt(form, lambda: services.create_price_list(authority=authority, **form.values(), **who))
    ):
        messages.success(request, _("{name} är inlagd.").format(name=added.name))
        return redirect("organisation:show_price_list", added.uuid)
    return render(request, "organisation/price_form.html", {"form": form, "authority": authority})


@require_GET
@requires(P.EDIT_PRICES)
def show_price_list(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a list's prices, when it counts, and what has happened to it."""
    return _page(request, queries.price_list_for(request.actor, uuid))


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_PRICES)
def edit_price_list(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change a list that has not begun."""
    price_list = queries.price_list_for(request.actor, uuid)
    industries = queries.industries_to_price(price_list.authority_id, on=time.today())
    form = PriceListForm(industries=industries, price_list=price_list, data=request.POST or None)
    if form.is_valid() and attempt(form, lambda: _edit(request, price_list, form)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("organisation:show_price_list", uuid)
    against = against_changing(price_list.facts(), today=time.today())
    context = {"form": form, "price_list": price_list, "authority": price_list.authority, "against": against}
    return render(request, "organisation/price_form.html", context)


def _edit(request: ActorRequest, price_list: Any, form: PriceListForm) -> bool:
    services.edit_price_list(price_list=price_list, **form.values(), by=request.actor, now=time.now())
    return True


@require_POST
@requires(P.EDIT_PRICES)
def end_price_list(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Let a list count until a day."""
    price_list = queries.price_list_for(request.actor, uuid)
    form = EndForm(request.POST)
    if form.is_valid() and attempt(form, lambda: _end(request, price_list, form)):
        text = _("{name} gäller till och med {day}.")
        messages.success(request, text.format(name=price_list.name, day=form.cleaned_data["ends_on"]))
        return redirect("organisation:show_price_list", uuid)
    return _page(request, price_list, end_form=form)


def _end(request: ActorRequest, price_list: Any, form: EndForm) -> bool:
    services.end_price_list(price_list=price_list, **form.cleaned_data, by=request.actor, now=time.now())
    return True


@require_POST
@requires(P.EDIT_PRICES)
def copy_price_list(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Begin a new list with the same prices on a day."""
    price_list = queries.price_list_for(request.actor, uuid)
    form = CopyForm(request.POST)
    who: dict[str, Any] = {"by": request.actor, "now": time.now()}
    if form.is_valid() and (
        added := attempt(form, lambda: services.copy_price_list(price_list=price_list, **form.cleaned_data, **who))
    ):
        messages.success(request, _("{name} är inlagd. Ändra priserna innan den börjar gälla.").format(name=added.name))
        return redirect("organisation:edit_price_list", added.uuid)
    return _page(request, price_list, copy_form=form)


def _page(request: ActorRequest, price_list: Any, **forms: Any) -> HttpResponse:
    today = time.today()
    context = {
        "price_list": price_list,
        "prices": queries.prices_of(price_list),
        "against_changing": against_changing(price_list.facts(), today=today),
        "has_ended": price_list.ends_on is not None and price_list.ends_on < today,
        "end_form": EndForm(initial={"ends_on": price_list.ends_on}),
        "copy_form": CopyForm(),
        "events": history(price_list),
        "today": today,
    }
    return render(request, "organisation/price_list.html", context | forms)
