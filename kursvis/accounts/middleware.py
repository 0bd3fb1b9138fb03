"""What stands around a request: how long a session may rest, and who acts."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from kursvis.access.actors import NOBODY, Person
from kursvis.accounts import queries
from kursvis.accounts.confirm.queries import confirmed_in
from kursvis.accounts.models import User
from kursvis.accounts.queries import idle as reading
from kursvis.accounts.rules.idle import Rest, is_over, is_to_be_noted
from kursvis.accounts.services import idle, saved_forms
from kursvis.accounts.session_store import SessionStore
from kursvis.core import time

Respond = Callable[[HttpRequest], HttpResponse]


def actor_on_request(respond: Respond) -> Respond:
    """Put the actor on the request: the user with today's roles, or nobody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        actor = _who_acts(request, user) if user.is_authenticated else NOBODY
        request.actor = actor  # type: ignore[attr-defined]
        return respond(request)

    return middleware


def _who_acts(request: HttpRequest, user: User) -> Person:
    confirmed = confirmed_in(request.session, user_id=user.pk, now=time.real_now())
    return queries.actor_of(user, today=time.today(), confirmed=confirmed)


class IdleTimeout:
    """Log out who has rested for too long, before anything else is asked; keep what she sends afterwards (ADR 11).

    Stands after authentication (whose session it is) and before *login required* (which would only ask her to log in).
    A view marked `in_background` is asked by the page itself: it does not count as use.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: D102
        user = request.user
        before = user.pk
        if user.is_authenticated:
            rest = reading.rest_of(request.session)
            if rest is not None and is_over(rest, now=time.real_now()):
                _time_out(request, user, rest)
        response = self.respond(request)
        if request.user.is_authenticated and request.user.pk != before:
            _note_use(request, request.user)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Note the use of a session; answer what comes to a page inside after a time-out with the way back in."""
        if request.user.is_authenticated:
            rest = reading.rest_of(request.session)
            if not getattr(view, "in_background", False) and is_to_be_noted(rest, now=time.real_now()):
                _note_use(request, request.user)
            return None
        minutes = reading.minutes_of_timed_out(request.session)
        if minutes is None or not getattr(view, "login_required", True):
            return None
        return _way_back_in(request, minutes)


def _note_use(request: HttpRequest, user: User) -> None:
    today = time.today()
    actor = getattr(request, "actor", NOBODY)
    if actor.user_id != user.pk:
        actor = queries.actor_of(user, today=today)
    minutes = reading.idle_minutes(actor, today=today)
    idle.note_use(_session(request), minutes=minutes, real_now=time.real_now())


def _session(request: HttpRequest) -> SessionStore:
    return cast(SessionStore, request.session)


def _time_out(request: HttpRequest, user: User, rest: Rest) -> None:
    by = queries.actor_of(user, today=time.today())
    owner = idle.timed_out(user=user, minutes=rest.minutes, by=by, now=time.now())
    auth.logout(request)
    idle.mark_timed_out(_session(request), owner=owner)


def _way_back_in(request: HttpRequest, minutes: int) -> HttpResponse:
    """Lead to the login, and from there to the page, or to what was sent."""
    if request.method == "POST":
        text, onward = _keep(request)
    else:
        text, onward = _("Logga in igen för att fortsätta."), request.get_full_path()
    why = _("Du loggades ut efter {minutes} minuter utan aktivitet.").format(minutes=minutes)
    messages.info(request, f"{why} {text}")
    return redirect(f"{reverse('accounts:log_in')}?{urlencode({'next': onward})}")


def _keep(request: HttpRequest) -> tuple[str, str]:
    user = reading.timed_out_user(request.session)
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    if user is not None and typed:
        saved = saved_forms.keep_posted(
            user=user, path=request.get_full_path(), typed=[(n, str(v)) for n, v in typed], now=time.real_now()
        )
        if saved is not None:
            return (
                _("Det du skickade är sparat. Logga in igen, så får du se det och kan skicka det."),
                reverse("accounts:saved_form", args=[saved.uuid]),
            )
    back = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return _("Det sista steget gjordes inte. Logga in igen och gör om det."), back if is_ours else "/"
