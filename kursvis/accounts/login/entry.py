"""What every way in ends with: a session with a new key, a line in the log, and the page that was asked for."""

import secrets

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kursvis.accounts import queries, services
from kursvis.accounts.models import User
from kursvis.accounts.queries import locks, login_ways
from kursvis.accounts.queries.devices import PREVIOUS_LOGIN
from kursvis.accounts.rules.devices import device_name
from kursvis.accounts.rules.locks import keeps_out
from kursvis.accounts.rules.login_ways import against_entering, way_of
from kursvis.accounts.services.sessions import Browser
from kursvis.core import time

DEVICE_COOKIE = "kursvis_webblasare"
CHOSEN_FOR = "password_chosen_for"
"""In the session: whose password has just been chosen, for the login page to fill in once."""
_DEVICE_DAYS = 400


def next_address(request: HttpRequest) -> str:
    """Return the address in `next` if it is a page of this site, else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours and wanted.startswith("/") else reverse("portal:start")


def enter(request: HttpRequest, user: User, *, way: str, onward: str = "") -> HttpResponse:
    """Start the user's session, note how and with what she came in, and send her on.

    `user` must come from `authenticate`. To who has shown who she is, but is locked out, or comes in a way that her
    municipality has closed, it is said why. `onward` is a `next_address` that was asked for before the way began.
    """
    if keeps_out(user.lock_facts()):
        return _keep_out(request, user)
    against = against_entering(way_of(way), login_ways.allowed_for(user, today=time.today()))
    if against:
        ways = login_ways.open_ways(user, today=time.today())
        return render(request, "accounts/way_closed.html", {"reasons": against, "ways": ways}, status=403)
    browser, previous = _browser_of(request), user.logged_in_at
    request.session.cycle_key()
    auth.login(request, user)
    request.session[PREVIOUS_LOGIN] = previous.isoformat() if previous else None
    by = queries.actor_of(user, today=time.today())
    services.logged_in(user=user, way=way, browser=browser, by=by, now=time.now())
    response = redirect(onward or next_address(request))
    _remember(response, browser)
    return response


def _keep_out(request: HttpRequest, user: User) -> HttpResponse:
    helpers = locks.whom_to_ask(user.pk, today=time.today())
    shown = {"user": user, "helpers": helpers}
    return render(request, "accounts/locked.html" if user.is_active else "accounts/closed.html", shown, status=403)


def _browser_of(request: HttpRequest) -> Browser:
    """Return the browser by the secret in its cookie; one that has none gets a new one."""
    known = request.get_signed_cookie(DEVICE_COOKIE, default="", salt=DEVICE_COOKIE)
    return Browser(known or secrets.token_urlsafe(24), device_name(request.META.get("HTTP_USER_AGENT", "")))


def _remember(response: HttpResponse, browser: Browser) -> None:
    response.set_signed_cookie(
        DEVICE_COOKIE,
        browser.secret,
        salt=DEVICE_COOKIE,
        max_age=_DEVICE_DAYS * 24 * 60 * 60,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
