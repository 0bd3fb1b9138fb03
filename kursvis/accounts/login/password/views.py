"""Logging in with user name and password, and logging out."""

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kursvis.access.decorators import ActorRequest
from kursvis.accounts import services
from kursvis.accounts.login import entry, limits
from kursvis.accounts.login.directory.queries import open_directories
from kursvis.accounts.login.password.forms import PasswordForm
from kursvis.accounts.rules.locks import FAILURES_FROM_AN_ADDRESS
from kursvis.core import time


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the ways in, and let in who knows her user name and password."""
    known = {"user_name": request.session.pop(entry.CHOSEN_FOR, "")}
    form, status = PasswordForm(request.POST or None, initial=known), 200
    if request.method == "POST" and form.is_valid():
        if limits.may_try(request, "login_from", FAILURES_FROM_AN_ADDRESS):
            user = auth.authenticate(request, **form.cleaned_data)
            if user is not None:
                limits.was_good(request, "login_from")
                return entry.enter(request, user, way="password")
            form.refuse()
        else:
            form.ask_to_wait()
            status = 429
    shown = {"form": form, "next": entry.next_address(request), "test_id": settings.DEMO}
    shown["bankid"], shown["directories"] = bool(settings.BANKID["address"]), open_directories()
    return render(request, "accounts/log_in.html", shown, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
def log_out(request: ActorRequest) -> HttpResponse:
    """End the session, if there still is one. A link alone (GET) logs nobody out."""
    if request.method == "GET":
        return redirect("portal:start")
    if request.user.is_authenticated:
        services.logged_out(user=request.user, by=request.actor, now=time.now())
        auth.logout(request)
    messages.success(request, _("Du är utloggad."))
    return redirect("accounts:log_in")
