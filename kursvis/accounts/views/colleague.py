"""One colleague's account: where it stands, her roles here, and the steps with them (help page R01, R04, R07)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Action, Permission
from kursvis.accounts.confirm.decorators import confirms
from kursvis.accounts.forms import staff as forms
from kursvis.accounts.login.directory.queries import names_to_edit
from kursvis.accounts.queries import colleague as read_one
from kursvis.accounts.queries import staff as read
from kursvis.accounts.services import assignments, locks
from kursvis.accounts.services import staff as services
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.organisation.queries import authorities_where, schools_where

P = Permission


@requires(P.EDIT_STAFF)
def show_person(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a colleague's account: its state with why, her roles at the actor's units, and what may be done."""
    today = time.today()
    user = read.get_colleague(request.actor, uuid, today=today)
    found = read_one.account(user, request.actor, today=today, now=time.real_now())
    shown = {"person": user, "account": found, "directories": names_to_edit(user, request.actor)}
    return render(request, "accounts/person.html", shown)


@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def ask_for_role(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Ask for another role, or (the municipality) give it."""
    user = read.get_colleague(request.actor, uuid, today=time.today())
    form = forms.RoleForm(request.POST or None, initial={"starts_on": time.today()})
    form.add_units(
        schools_where(request.actor, P.EDIT_STAFF),
        authorities_where(request.actor, P.EDIT_STAFF),
        read.roles_to_give(request.actor),
    )
    if form.is_valid() and attempt(form, lambda: _give(request, user, form)):
        messages.success(request, _("Sparat. Under Roller ser du var det står."))
        return redirect("accounts:person", uuid)
    against = read_one.against_own(user, request.actor)
    return render(
        request, "accounts/person_role.html", {"form": form, "person": user, "against": against} | _when(request)
    )


def _when(request: ActorRequest) -> dict[str, Any]:
    return {"counts_at_once": bool(request.actor.authorities(P.ACTIVATE_STAFF))}


def _give(request: ActorRequest, user: Any, form: forms.RoleForm) -> bool:
    services.give_roles(user=user, **form.unit_and_period(), by=request.actor, now=time.now())
    return True


@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def change_last_day(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Let a role end on another day."""
    role = read_one.get_role(request.actor, uuid)
    form = forms.LastDayForm(request.POST or None, initial=forms.initial_last_day(role))
    if form.is_valid() and attempt(form, lambda: _change_last_day(request, role, form)):
        messages.success(request, _("Den sista dagen är ändrad."))
        return redirect("accounts:person", role.user.uuid)
    shown = {"form": form, "role": role, "may_lengthen": read_one.may_lengthen(request.actor, role)}
    return render(request, "accounts/person_last_day.html", shown)


def _change_last_day(request: ActorRequest, role: Any, form: forms.LastDayForm) -> bool:
    assignments.change_last_day(
        assignment=role, ends_on=form.cleaned_data["ends_on"], by=request.actor, now=time.now(), today=time.today()
    )
    return True


@require_POST
@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def end_role(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """End a role at once."""
    role = read_one.get_role(request.actor, uuid)
    assignments.end(assignment=role, by=request.actor, now=time.now())
    messages.success(request, _("Rollen är avslutad."))
    return redirect("accounts:person", role.user.uuid)


@require_POST
@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def withdraw_role(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take back a role that was asked for."""
    role = read_one.get_role(request.actor, uuid)
    assignments.withdraw(assignment=role, by=request.actor, now=time.now())
    messages.success(request, _("Begäran är återtagen."))
    return redirect("accounts:person", role.user.uuid)


def _step(request: ActorRequest, uuid: UUID, step: Callable[..., object], done: str) -> HttpResponse:
    user = read.get_colleague(request.actor, uuid, today=time.today())
    step(user=user, by=request.actor, now=time.now())
    messages.success(request, done)
    return redirect("accounts:person", uuid)


@require_POST
@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def invite_again(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send a new invitation."""
    done = _("En ny inbjudan är på väg. Den förra länken gäller inte längre.")
    return _step(request, uuid, services.invite_again, done)


@require_POST
@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def send_reset(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send a link for a new password."""
    return _step(request, uuid, services.send_reset, _("En länk för nytt lösenord är på väg."))


@require_POST
@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def lock(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Lock the account."""
    return _step(request, uuid, locks.lock, _("Kontot är låst."))


@require_POST
@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def unlock(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Unlock the account."""
    return _step(request, uuid, locks.unlock, _("Kontot är upplåst."))
