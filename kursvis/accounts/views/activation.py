"""The municipality's queue of roles that schools ask for (help page R04)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Action, Permission
from kursvis.accounts.confirm.decorators import confirms
from kursvis.accounts.forms.staff import RefusalForm
from kursvis.accounts.queries import activation as read
from kursvis.accounts.services import activation, assignments
from kursvis.core import time
from kursvis.core.forms import attempt, is_uuid
from kursvis.core.listing import page_of
from kursvis.core.wording import sentence

P = Permission


@requires(P.ACTIVATE_STAFF)
def list_requests(request: ActorRequest) -> HttpResponse:
    """Show what waits: roles to activate, schools without an administrator, accounts that nothing leads into."""
    today = time.today()
    page = page_of(request, read.requests(request.actor))
    shown = {
        "page": page,
        "rows": [(row, read.against_granting(row, request.actor, today=today)) for row in page],
        "schools": read.schools_without_administrator(request.actor, today=today),
        "shut_out": read.shut_out(request.actor, today=today),
    }
    return render(request, "accounts/activation.html", shown)


@require_POST
@requires(P.ACTIVATE_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def grant(request: ActorRequest) -> HttpResponse:
    """Activate the chosen roles; what may not be activated is told one by one."""
    keys = [UUID(key) for key in request.POST.getlist("only") or request.POST.getlist("row") if is_uuid(key)]
    rows = read.chosen(request.actor, keys)
    outcome = activation.grant_chosen(assignments=rows, by=request.actor, now=time.now(), today=time.today())
    if not rows:
        messages.warning(request, _("Välj minst en roll att aktivera."))
    if outcome.number:
        done = ngettext("{number} roll är aktiverad.", "{number} roller är aktiverade.", outcome.number)
        messages.success(request, done.format(number=outcome.number))
    for name, reason in outcome.refused:
        messages.error(request, f"{name}: {sentence(reason)}")
    return redirect("accounts:activation")


@requires(P.ACTIVATE_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def refuse(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Refuse a role, with the reason that the school reads."""
    row = read.get_request(request.actor, uuid)
    form = RefusalForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _refuse(request, row, form)):
        messages.success(request, _("Rollen är avslagen. Skolan har fått skälet."))
        return redirect("accounts:activation")
    return render(request, "accounts/activation_refuse.html", {"form": form, "row": row})


def _refuse(request: ActorRequest, row: Any, form: RefusalForm) -> bool:
    assignments.refuse(assignment=row, why=form.cleaned_data["why"], by=request.actor, now=time.now())
    return True
