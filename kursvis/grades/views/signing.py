"""Signing a catalogue electronically: begin at BankID, and come back with the signature."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.accounts.login.bankid import asking
from kursvis.accounts.login.bankid.client import connection
from kursvis.accounts.login.bankid.forms import WayForm
from kursvis.accounts.login.bankid.queries import order_of
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.grades import queries, services


@never_cache
@require_POST
@requires(Permission.SEND_CATALOGUES)
def begin(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Begin the signature: BankID shows her which catalogue it is; only her own number completes it."""
    catalogue, client, form = _hers(request, uuid), connection(), WayForm(request.POST)
    wanted = services.wanted_of(catalogue, by=request.actor)
    if client is None or not form.is_valid() or not request.user.is_authenticated:
        raise Http404
    page = reverse("grades:show_catalogue", args=[uuid])
    asking.begin(
        request,
        client=client,
        way=form.cleaned_data["way"],
        expected=request.user.personnummer or "",
        wanted=wanted,
        onward=page,
        finish=reverse("grades:finish_signing", args=[uuid]),
        back=page,
    )
    return redirect("accounts:bankid_wait")


@never_cache
@require_POST
@requires(Permission.SEND_CATALOGUES)
def finish(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Keep the signature, and send the catalogue with it."""
    catalogue, order = _hers(request, uuid), order_of(request.session)
    try:
        services.sign_catalogue(catalogue=catalogue, order=order, by=request.actor, now=time.now())
    except Refused as refusal:
        return asking.refused(request, refusal)
    asking.done(request)
    text = _("Katalog %(number)s är underskriven med BankID och skickad till kommunen.")
    messages.success(request, text % {"number": catalogue.number})
    return redirect("grades:show_catalogue", uuid=uuid)


def _hers(request: ActorRequest, uuid: UUID) -> queries.Catalogue:
    catalogue = queries.get_catalogue(request.actor, uuid)
    within = {"authority_id": catalogue.authority_id, "school_id": catalogue.group.school_id}
    if not request.actor.holds(Permission.SEND_CATALOGUES, **within):
        raise PermissionDenied
    return catalogue
