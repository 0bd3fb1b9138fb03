"""One's own account: what one may do, the ways in, the sessions."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kursvis.access.decorators import ActorRequest
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.accounts import queries
from kursvis.accounts.confirm.decorators import confirms
from kursvis.accounts.forms.own import ChangeEmailForm, ChangePasswordForm, ShowInactiveForm
from kursvis.accounts.queries import devices, powers
from kursvis.accounts.services import own
from kursvis.core import time
from kursvis.core.forms import attempt


@never_cache
def my_account(request: ActorRequest) -> HttpResponse:
    """Show what I may do, where, until when – and who may what I may not (R10); my ways in and my browsers."""
    assert request.user.is_authenticated
    assignments = queries.assignments_of(request.user.pk, today=time.today())
    shown = {
        "assignments": assignments,
        "powers": powers.own(request.user, today=time.today()),
        "has_password": own.has_password(request.user),
        "devices": devices.devices_of(request.user.pk),
        "previous_login": devices.previous_login(request.session),
        "inactive_form": ShowInactiveForm(initial={"shows": request.user.shows_inactive}),
    }
    return render(request, "accounts/my_account.html", shown)


@never_cache
@sensitive_post_parameters("old", "password", "again")
@require_http_methods(["GET", "POST"])
def change_password(request: ActorRequest) -> HttpResponse:
    """Choose another password; the sessions elsewhere end, this one goes on."""
    user = request.user
    assert user.is_authenticated
    if not own.has_password(user):
        return redirect("accounts:my_account")
    asks_old = bool(against_unconfirmed(request.actor.confirmed, Action.CHANGE_ACCOUNTS))
    form = ChangePasswordForm(request.POST or None, user=user, asks_old=asks_old)
    if request.method == "POST" and form.is_valid():
        typed = {"old": form.cleaned_data.get("old"), "new": form.cleaned_data["password"]}
        about = {"accounts.wrong_password": "old"}
        attempt(form, lambda: own.change_password(user=user, **typed, by=request.actor, now=time.now()), fields=about)
        if form.is_valid():
            update_session_auth_hash(request, user)
            messages.success(request, _("Lösenordet är ändrat. Du är utloggad överallt utom här."))
            return redirect("accounts:my_account")
    return render(request, "accounts/change_password.html", {"form": form, "asks_password": asks_old})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@confirms(Action.CHANGE_ACCOUNTS, when=lambda request: own.has_no_password_but_a_name(request.user))
def change_email(request: ActorRequest) -> HttpResponse:
    """Choose where mail about the account goes; the old address is told."""
    user = request.user
    assert user.is_authenticated
    is_confirmed = not against_unconfirmed(request.actor.confirmed, Action.CHANGE_ACCOUNTS)
    asks_password = own.has_password(user) and not is_confirmed
    form = ChangeEmailForm(request.POST or None, user=user, asks_password=asks_password)
    if request.method == "POST" and form.is_valid():
        typed = {"address": form.cleaned_data["address"], "password": form.cleaned_data.get("password")}
        about = {"accounts.wrong_password": "password"}
        attempt(form, lambda: own.change_email(user=user, **typed, by=request.actor, now=time.now()), fields=about)
        if form.is_valid():
            messages.success(request, _("E-postadressen är ändrad."))
            return redirect("accounts:my_account")
    return render(request, "accounts/change_email.html", {"form": form, "asks_password": asks_password})


@require_POST
def show_inactive(request: ActorRequest) -> HttpResponse:
    """Let lists and pickers show what has ended, or not."""
    assert request.user.is_authenticated
    form = ShowInactiveForm(request.POST)
    shows = form.is_valid() and form.cleaned_data["shows"]
    own.show_inactive(user=request.user, shows=shows, by=request.actor, now=time.now())
    messages.success(request, _("Listor visar nu också inaktiva.") if shows else _("Listor visar bara det som gäller."))
    return redirect("accounts:my_account")


@require_POST
def log_out_everywhere(request: ActorRequest) -> HttpResponse:
    """End every session, this one too."""
    assert request.user.is_authenticated
    own.log_out_everywhere(user=request.user, by=request.actor, now=time.now())
    logout(request)
    messages.success(request, _("Du är utloggad överallt."))
    return redirect("accounts:log_in")


@require_POST
def not_me(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say that a login was somebody else's: every other session ends, and a new password is chosen."""
    user = request.user
    assert user.is_authenticated
    own.disown(user=user, device=devices.get_own(user.pk, uuid), by=request.actor, now=time.now())
    update_session_auth_hash(request, user)
    if not own.has_password(user):
        messages.warning(request, _("Alla andra är utloggade. Kontrollera att ingen annan kan din e-legitimation."))
        return redirect("accounts:my_account")
    messages.warning(request, _("Alla andra är utloggade. Byt lösenord nu, så att ingen annan kan logga in."))
    return redirect("accounts:change_password")
