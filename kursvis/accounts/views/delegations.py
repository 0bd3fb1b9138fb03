"""The delegation register: who may decide what for the board."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Action, Permission
from kursvis.accounts.confirm.decorators import confirms
from kursvis.accounts.forms.delegations import DelegationForm, EndDelegationForm
from kursvis.accounts.queries import delegations as read
from kursvis.accounts.services import delegations as services
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of
from kursvis.organisation.queries import authorities_where

P = Permission


@requires(P.EDIT_SETTINGS)
def list_delegations(request: ActorRequest) -> HttpResponse:
    """Show what the board has delegated, and to whom."""
    today = time.today()
    page = page_of(request, read.delegations(request.actor, today=today))
    shown = {"page": page, "today": today, "has_several": len(request.actor.authorities(P.EDIT_SETTINGS)) > 1}
    return render(request, "accounts/delegations.html", shown)


@requires(P.EDIT_SETTINGS)
@confirms(Action.CHANGE_ACCOUNTS)
def add_delegation(request: ActorRequest) -> HttpResponse:
    """Record a delegation."""
    authorities, today = authorities_where(request.actor, P.EDIT_SETTINGS), time.today()
    form = DelegationForm(request.POST or None, authorities=authorities, today=today, initial={"starts_on": today})
    if form.is_valid() and attempt(form, lambda: _add(request, form)):
        messages.success(request, _("Delegationen är införd."))
        return redirect("accounts:delegations")
    return render(request, "accounts/delegation_form.html", {"form": form})


def _add(request: ActorRequest, form: DelegationForm) -> Any:
    return services.delegate(**form.delegation(), by=request.actor, now=time.now())


@requires(P.EDIT_SETTINGS)
@confirms(Action.CHANGE_ACCOUNTS)
def end_delegation(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Let a delegation end on a day."""
    delegation = read.get_delegation(request.actor, uuid)
    form = EndDelegationForm(request.POST or None, initial={"ends_on": delegation.ends_on or time.today()})
    if form.is_valid() and attempt(form, lambda: _end(request, delegation, form)):
        messages.success(request, _("Delegationen har fått en sista dag."))
        return redirect("accounts:delegations")
    return render(request, "accounts/delegation_end.html", {"form": form, "delegation": delegation})


def _end(request: ActorRequest, delegation: Any, form: EndDelegationForm) -> bool:
    services.end_delegation(
        delegation=delegation, **form.cleaned_data, by=request.actor, now=time.now(), today=time.today()
    )
    return True
