"""What every way in ends with: a session with a new key, a line in the log, and the page that was asked for."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kursvis.accounts import queries, services
from kursvis.accounts.models import User
from kursvis.core import time


def next_address(request: HttpRequest) -> str:
    """Return the address in `next` if it leads to this site, else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("portal:start")


def enter(request: HttpRequest, user: User, *, way: str) -> HttpResponse:
    """Start the user's session, note how she came in, and send her on. `user` must come from `authenticate`."""
    request.session.cycle_key()
    auth.login(request, user)
    services.logged_in(user=user, way=way, by=queries.actor_of(user, today=time.today()), now=time.now())
    return redirect(next_address(request))
