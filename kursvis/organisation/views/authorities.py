"""The authority itself: what it says of itself, and what has happened to that (R61)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.organisation import services
from kursvis.organisation.forms.units import AuthorityForm, initial_of
from kursvis.organisation.queries import set_up as queries
from kursvis.organisation.queries.history import history

P = Permission


@require_GET
@requires(P.EDIT_SETTINGS)
def list_authorities(request: ActorRequest) -> HttpResponse:
    """Show the authorities that the actor sets up; nearly everybody has one, and sees it at once."""
    authorities = queries.authorities_to_edit(request.actor)
    if len(authorities) == 1:
        return _page(request, authorities[0])
    return render(request, "organisation/authorities.html", {"authorities": authorities})


@require_GET
@requires(P.EDIT_SETTINGS)
def show_authority(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show an authority and what has happened to it."""
    return _page(request, queries.get_authority(request.actor, uuid))


def _page(request: ActorRequest, authority: Any) -> HttpResponse:
    context = {"authority": authority, "events": history(authority)}
    return render(request, "organisation/authority.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def edit_authority(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change what the authority says of itself."""
    authority = queries.get_authority(request.actor, uuid)
    form = AuthorityForm(request.POST or None, initial=initial_of(authority))
    if form.is_valid() and attempt(form, lambda: _edit(request, authority, form)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("organisation:show_authority", uuid)
    return render(request, "organisation/authority_form.html", {"form": form, "authority": authority})


def _edit(request: ActorRequest, authority: Any, form: AuthorityForm) -> bool:
    services.edit_authority(authority=authority, **form.cleaned_data, by=request.actor, now=time.now())
    return True
