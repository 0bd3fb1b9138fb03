"""*Sätt att logga in*: a municipality's directory, and which ways in its staff may use."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Action, Permission
from kursvis.accounts.confirm.decorators import confirms
from kursvis.accounts.forms.login_ways import WaysForm
from kursvis.accounts.login.directory import queries as directories
from kursvis.accounts.queries import login_ways as queries
from kursvis.accounts.services import login_ways as services
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.organisation.forms.municipality import MunicipalityForm
from kursvis.organisation.queries import asked


@require_GET
@requires(Permission.EDIT_SETTINGS)
def show(request: ActorRequest) -> HttpResponse:
    """Show what counts today, what comes and what has been, and the directory."""
    authorities, authority = _asked(request)
    shown = {"authority": authority, "authorities": authorities}
    shown |= {"ways": queries.ways_on_page(authority, today=time.today())}
    return render(request, "accounts/login_ways.html", shown | directories.on_page(authority))


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_SETTINGS)
@confirms(Action.CHANGE_ACCOUNTS)
def allow(request: ActorRequest) -> HttpResponse:
    """Let other ways in count from a day."""
    _authorities, authority = _asked(request)
    found = queries.ways_on_page(authority, today=time.today())
    form = WaysForm(request.POST or None, initial={"ways": found.now.ways}, today=time.today())
    what: dict[str, Any] = {"authority": authority, "by": request.actor, "now": time.now()}
    if form.is_valid() and (row := attempt(form, lambda: services.allow_ways(**form.cleaned_data, **what))):
        messages.success(request, _("Det nya gäller från {day}.").format(day=row.starts_on))
        return redirect(_page_of(authority))
    shown = {"form": form, "authority": authority, "list_url": _page_of(authority)}
    return render(request, "accounts/login_ways_form.html", shown)


@require_POST
@requires(Permission.EDIT_SETTINGS)
@confirms(Action.CHANGE_ACCOUNTS)
def take_back(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take back what has not begun to count."""
    row = queries.get_row(request.actor, uuid)
    services.take_back_ways(row=row, by=request.actor, now=time.now())
    messages.success(request, _("Det kommande är borttaget."))
    return redirect(_page_of(row.authority))


def _asked(request: ActorRequest) -> tuple[Any, Any]:
    authorities = asked.authorities_with(request.actor, Permission.EDIT_SETTINGS)
    return authorities, asked.authority_asked_for(authorities, MunicipalityForm(request.GET).authority())


def _page_of(authority: Any) -> str:
    return f"{reverse('accounts:login_ways')}?kommun={authority.uuid}"
