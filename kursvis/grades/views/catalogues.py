"""Grade catalogues: the list, a catalogue's record, its PDF and its steps."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import ordered, page_of, typed_in
from kursvis.grades import document, queries, rules, services
from kursvis.grades.forms import ReasonForm
from kursvis.grades.rules import CatalogueFacts, CatalogueStatus, GradeStatus
from kursvis.organisation import queries as organisation

_ORDERS: dict[str, tuple[str, ...]] = {
    "skapad": ("-created_at",),
    "nummer": ("number",),
    "grupp": ("group__name_key",),
    "skola": ("group__school__name_key",),
    "beslutande": ("decider_name",),
    "betyg": ("grade_count",),
    "skickad": ("-sent_at",),
}


@require_safe
@requires(Permission.SEE_GRADES)
def list_catalogues(request: ActorRequest) -> HttpResponse:
    """List the catalogues that the actor reaches; the registrar first sees those that wait for the municipality."""
    state = _state(request)
    within = {"school": _uuid(request.GET.get("skola", "")), "text": typed_in(request)}
    found = queries.search_catalogues(queries.catalogues_readable_by(request.actor), **within)
    rows = queries.with_counts(queries.search_catalogues(found, state=state))
    context = {
        "page": page_of(request, ordered(rows, request.GET.get("ordning"), _ORDERS)),
        "state": state,
        "tabs": queries.catalogue_tabs(found, chosen=state),
        "schools": organisation.schools_for_picker(request.actor, Permission.SEE_GRADES, today=time.today()),
        **within,
    }
    return render(request, "grades/catalogues.html", context)


def _state(request: ActorRequest) -> str:
    wanted = request.GET.get("lage", "")
    if wanted in queries.CATALOGUE_STATES:
        return wanted
    return "vantar" if request.actor.holds(Permission.RECEIVE_CATALOGUES) else "alla"


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


@require_safe
@requires(Permission.SEE_GRADES)
def show_catalogue(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show one catalogue: state, what can be done now, its grades, and what happened."""
    catalogue = queries.get_catalogue(request.actor, uuid)
    services.opened_catalogue(catalogue=catalogue, by=request.actor, now=time.now())
    entries = list(queries.entries_in(catalogue))
    facts = queries.catalogue_facts(catalogue, entries)
    context = {
        "catalogue": catalogue,
        "entries": entries,
        "to_approve": sum(entry.valid and entry.grade.status == GradeStatus.LOCKED for entry in entries),
        "path": queries.catalogue_path_of(catalogue),
        "replaced": catalogue.replaced.defer("pdf").order_by("number"),
        "may_send": _may(request, Permission.SEND_CATALOGUES, catalogue) and facts.status in rules.NOT_SENT,
        "signed": queries.signature_of(catalogue),
        "may_receive": _may(request, Permission.RECEIVE_CATALOGUES, catalogue) and facts.status in rules.UNDER_WAY,
        **_reasons(request, facts),
    }
    if context["may_send"]:
        context["sign_reasons"] = queries.against_signing_by(catalogue, request.actor)
    return render(request, "grades/catalogue.html", context)


def _reasons(request: ActorRequest, facts: CatalogueFacts) -> dict[str, Any]:
    steps = {
        "send_reasons": CatalogueStatus.SENT,
        "receive_reasons": CatalogueStatus.RECEIVED,
        "approve_reasons": CatalogueStatus.APPROVED,
        "return_reasons": CatalogueStatus.RETURNED,
    }
    return {
        name: rules.against_moving_catalogue(facts, status, actor_user_id=request.actor.user_id, reason="-")
        for name, status in steps.items()
    }


def _may(request: ActorRequest, permission: Permission, catalogue: queries.Catalogue) -> bool:
    school_id = catalogue.group.school_id
    return request.actor.holds(permission, authority_id=catalogue.authority_id, school_id=school_id)


def _reached(request: ActorRequest, uuid: UUID, permission: Permission) -> queries.Catalogue:
    catalogue = queries.get_catalogue(request.actor, uuid)
    if not _may(request, permission, catalogue):
        raise PermissionDenied
    return catalogue


@require_safe
@requires(Permission.SEE_GRADES)
def catalogue_pdf(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Open the catalogue as it was made; as a transcript where somebody in it has been protected since."""
    catalogue = queries.get_catalogue(request.actor, uuid)
    services.opened_catalogue(catalogue=catalogue, by=request.actor, now=time.now(), as_pdf=True)
    response = HttpResponse(document.given_out(catalogue), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="betygskatalog-{catalogue.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


Step = Callable[..., Any]


def _do(request: ActorRequest, uuid: UUID, permission: Permission, step: Step, text: str) -> HttpResponse:
    catalogue = _reached(request, uuid, permission)
    now: datetime = time.now()
    step(catalogue=catalogue, by=request.actor, now=now)
    messages.success(request, text % {"number": catalogue.number})
    return redirect("grades:show_catalogue", uuid=uuid)


@require_POST
@requires(Permission.SEND_CATALOGUES)
def send_catalogue(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Mark that the signed paper is posted."""
    text = _("Katalog %(number)s är markerad som underskriven och skickad.")
    return _do(request, uuid, Permission.SEND_CATALOGUES, services.mark_sent, text)


@require_POST
@requires(Permission.RECEIVE_CATALOGUES)
def receive_catalogue(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Mark that the signed paper has come."""
    text = _("Katalog %(number)s är mottagen.")
    return _do(request, uuid, Permission.RECEIVE_CATALOGUES, services.receive, text)


@require_POST
@requires(Permission.RECEIVE_CATALOGUES)
def approve_catalogue(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Approve the catalogue and its grades."""
    text = _("Katalog %(number)s är godkänd och betygen i den med.")
    return _do(request, uuid, Permission.RECEIVE_CATALOGUES, services.approve, text)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECEIVE_CATALOGUES)
def return_catalogue(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show what returning means, and do it with a reason."""
    catalogue = _reached(request, uuid, Permission.RECEIVE_CATALOGUES)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        step = lambda: services.return_catalogue(catalogue=catalogue, reason=reason, by=request.actor, now=time.now())  # noqa: E731
        if attempt(form, step) is not None:
            messages.success(request, _("Katalog %(number)s är returnerad till skolan.") % {"number": catalogue.number})
            return redirect("grades:show_catalogue", uuid=uuid)
    facts = queries.catalogue_facts(catalogue, queries.entries_in(catalogue))
    reasons = _reasons(request, facts)["return_reasons"]
    return render(request, "grades/return.html", {"catalogue": catalogue, "form": form, "reasons": reasons})
