"""The page of a one-time link. To look at it uses nothing up: mail scanners do."""

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from kursvis.accounts import services
from kursvis.accounts.forms.passwords import NewPasswordForm
from kursvis.accounts.login.entry import CHOSEN_FOR
from kursvis.accounts.queries import links
from kursvis.accounts.queries.links import ShownLink
from kursvis.core import time
from kursvis.core.forms import attempt

ELECTRONIC_ID = "electronic_id"
REFERRER = "strict-origin"
"""The page's address is a secret, so nobody is told it. *no-referrer* would tell as little, but then browsers send
`Origin: null` with the form, which the protection against forged forms refuses."""


@login_not_required
@never_cache
@sensitive_variables("secret")
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def use_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what a link is for; use it up when she has chosen a password, or says that she has an electronic ID."""
    shown = links.good_link(secret, today=time.today())
    if shown is None:
        return _sealed(render(request, "accounts/link_gone.html", status=410))
    by_electronic_id = shown.needs_no_password and ELECTRONIC_ID in request.POST
    form = NewPasswordForm(request.POST if request.method == "POST" and not by_electronic_id else None, user=shown.user)
    if by_electronic_id or form.is_valid():
        password = None if by_electronic_id else form.cleaned_data["password"]
        if attempt(form, lambda: services.links.use(secret=secret, password=password, now=time.now())):
            return _lead_to_login(request, shown, has_password=password is not None)
    return _sealed(render(request, "accounts/link.html", {"form": form, "link": shown}))


def _lead_to_login(request: HttpRequest, shown: ShownLink, *, has_password: bool) -> HttpResponse:
    auth.logout(request)
    if has_password:
        request.session[CHOSEN_FOR] = shown.user.user_name
        text = _("Lösenordet är sparat. Logga in med användarnamnet {name} och ditt nya lösenord.")
        messages.success(request, text.format(name=shown.user.user_name))
    else:
        messages.success(request, _("Kontot är klart. Logga in med din e-legitimation."))
    return _sealed(redirect("accounts:log_in"))


def _sealed(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = REFERRER
    response["X-Robots-Tag"] = "noindex"
    return response
