"""Who runs the schools: the municipality itself, and contractors."""

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
from kursvis.core.listing import page_of
from kursvis.organisation import services
from kursvis.organisation.forms.units import ProviderForm, initial_of
from kursvis.organisation.queries import set_up as queries
from kursvis.organisation.queries.history import history

P = Permission


@require_GET
@requires(P.EDIT_SETTINGS)
def list_providers(request: ActorRequest) -> HttpResponse:
    """List the providers, with how many schools each has."""
    rows = queries.with_number_of_schools(queries.providers_to_edit(request.actor))
    context = {"page": page_of(request, rows), "several": len(request.actor.authorities(P.EDIT_SETTINGS)) > 1}
    return render(request, "organisation/providers.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def add_provider(request: ActorRequest) -> HttpResponse:
    """Enter a provider."""
    form = ProviderForm(request.POST or None, authorities=queries.authorities_to_edit(request.actor))
    who: dict[str, Any] = {"by": request.actor, "now": time.now()}
    if form.is_valid() and (added := attempt(form, lambda: services.create_provider(**form.cleaned_data, **who))):
        messages.success(request, _("{name} är inlagd. Lägg in dess skolor.").format(name=added.name))
        return redirect("organisation:list_providers")
    return render(request, "organisation/provider_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def edit_provider(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change what is written about a provider, and see what has happened to it."""
    provider = queries.get_provider(request.actor, uuid)
    form = ProviderForm(request.POST or None, initial=initial_of(provider))
    if form.is_valid() and attempt(form, lambda: _edit(request, provider, form)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("organisation:list_providers")
    context = {"form": form, "provider": provider, "events": history(provider)}
    return render(request, "organisation/provider_form.html", context)


def _edit(request: ActorRequest, provider: Any, form: ProviderForm) -> bool:
    services.edit_provider(provider=provider, **form.cleaned_data, by=request.actor, now=time.now())
    return True
