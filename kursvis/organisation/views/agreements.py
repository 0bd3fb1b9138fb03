"""The agreements that let schools offer education (R09, R11, R12)."""

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
from kursvis.organisation import services
from kursvis.organisation.forms.agreements import AgreementForm
from kursvis.organisation.queries import set_up as queries
from kursvis.organisation.rules.agreements import against_removing, state_of

P = Permission


@require_GET
@requires(P.EDIT_SETTINGS)
def list_agreements(request: ActorRequest) -> HttpResponse:
    """List the agreements of all schools; those that have ended when they are asked for."""
    today, inactive_too = time.today(), "inaktiva" in request.GET or request.actor.shows_inactive
    every = queries.agreements_to_edit(request.actor)
    page = page_of(request, every if inactive_too else queries.that_count(every, today=today))
    queries.name_industries(page, (agreement.school.authority_id for agreement in page))
    context = {
        "page": page,
        "rows": [(agreement, state_of([agreement.facts()], today=today)) for agreement in page],
        "hidden": every.count() - page.paginator.count,
    }
    return render(request, "organisation/agreements.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def add_agreement(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Enter an agreement of a school."""
    school = queries.get_school(request.actor, uuid)
    today = time.today()
    industries = queries.industries_to_agree(school, today=today)
    form = AgreementForm(request.POST or None, industries=industries, today=today)
    who: dict[str, Any] = {"school": school, "by": request.actor, "now": time.now()}
    if form.is_valid() and attempt(form, lambda: services.create_agreement(**form.cleaned_data, **who)) is not None:
        messages.success(request, _("Avtalet är inlagt."))
        return redirect("organisation:show_school", uuid)
    return render(request, "organisation/agreement_form.html", {"form": form, "school": school})


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def change_agreement(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change an agreement; of one that has begun not kind and first day. What follows is said first."""
    agreement, today = queries.get_agreement(request.actor, uuid), time.today()
    facts = agreement.facts()
    industries = queries.industries_to_agree(agreement.school, today=today, chosen=facts.industries)
    form = AgreementForm(request.POST or None, facts=facts, industries=industries, today=today)
    if form.is_valid() and attempt(form, lambda: _change(request, agreement, form)):
        messages.success(request, _("Avtalet är ändrat."))
        return redirect("organisation:show_school", agreement.school.uuid)
    context = {
        "form": form,
        "school": agreement.school,
        "agreement": agreement,
        "state": state_of([facts], today=today),
        "against_removing": against_removing(facts, today=today),
    }
    return render(request, "organisation/agreement_form.html", context)


def _change(request: ActorRequest, agreement: Any, form: AgreementForm) -> bool:
    services.change_agreement(agreement=agreement, **form.cleaned_data, by=request.actor, now=time.now())
    return True


@require_POST
@requires(P.EDIT_SETTINGS)
def remove_agreement(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take away an agreement that has not begun."""
    agreement = queries.get_agreement(request.actor, uuid)
    services.remove_agreement(agreement=agreement, by=request.actor, now=time.now())
    messages.success(request, _("Avtalet är borttaget."))
    return redirect("organisation:show_school", agreement.school.uuid)
