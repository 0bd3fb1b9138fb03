"""The schools of a municipality, each with its agreements."""

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
from kursvis.organisation.forms.units import SchoolForm, initial_of
from kursvis.organisation.queries import count_hidden
from kursvis.organisation.queries import set_up as queries
from kursvis.organisation.queries.history import history
from kursvis.organisation.rules.agreements import state_of

P = Permission


@require_GET
@requires(P.EDIT_SETTINGS)
def list_schools(request: ActorRequest) -> HttpResponse:
    """List the schools with where their agreements stand; those whose every agreement has ended when asked for."""
    today, inactive_too = time.today(), "inaktiva" in request.GET
    page = page_of(request, queries.schools_to_edit(request.actor, today=today, inactive_too=inactive_too))
    context = {
        "page": page,
        "rows": [(school, state_of(queries.facts_of(school), today=today)) for school in page],
        "hidden": 0 if inactive_too else count_hidden(request.actor, P.EDIT_SETTINGS, today=today),
        "has_providers": queries.providers_to_edit(request.actor).exists(),
    }
    return render(request, "organisation/schools.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def add_school(request: ActorRequest) -> HttpResponse:
    """Enter a school; its agreement comes next."""
    form = SchoolForm(request.POST or None, providers=queries.providers_to_edit(request.actor))
    who: dict[str, Any] = {"by": request.actor, "now": time.now()}
    if form.is_valid() and (added := attempt(form, lambda: services.create_school(**form.cleaned_data, **who))):
        messages.success(request, _("{name} är inlagd. Lägg in avtalet, så kan skolan börja.").format(name=added.name))
        return redirect("organisation:show_school", added.uuid)
    return render(request, "organisation/school_form.html", {"form": form})


@require_GET
@requires(P.EDIT_SETTINGS)
def show_school(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a school, its agreements and what has happened to it."""
    school, today = queries.get_school(request.actor, uuid), time.today()
    agreements = [(row, state_of([row.facts()], today=today)) for row in queries.agreement_rows(school)]
    queries.name_industries((row for row, _state in agreements), [school.authority_id])
    context = {
        "school": school,
        "agreements": agreements,
        "state": state_of([row.facts() for row, _state in agreements], today=today),
        "events": history(school),
    }
    return render(request, "organisation/school.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def edit_school(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change what is written about a school."""
    school = queries.get_school(request.actor, uuid)
    providers = queries.providers_to_edit(request.actor).filter(authority=school.authority_id)
    form = SchoolForm(request.POST or None, initial=initial_of(school), providers=providers)
    if form.is_valid() and attempt(form, lambda: _edit(request, school, form)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("organisation:show_school", uuid)
    return render(request, "organisation/school_form.html", {"form": form, "school": school})


def _edit(request: ActorRequest, school: Any, form: SchoolForm) -> bool:
    services.edit_school(school=school, **form.cleaned_data, by=request.actor, now=time.now())
    return True
