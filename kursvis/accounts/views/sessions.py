"""What a page asks about its session by itself: how long is left, go on, keep what is written, give it back."""

import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kursvis.access.decorators import ActorRequest
from kursvis.accounts.login.entry import next_address
from kursvis.accounts.queries import idle as queries
from kursvis.accounts.rules.idle import seconds_left
from kursvis.accounts.services import idle, saved_forms
from kursvis.accounts.session_store import SessionStore
from kursvis.core import time

View = TypeVar("View", bound=Callable[..., HttpResponse])


def in_background(view: View) -> View:
    """Mark a view that pages ask by themselves: asking it is no sign that somebody is there."""
    view.in_background = True  # type: ignore[attr-defined]
    return view


@in_background
@login_not_required
@never_cache
@require_GET
def show(request: ActorRequest) -> HttpResponse:
    """Say how long the session may still rest, whose it is, and the token with which to send forms."""
    return _state(request)


@in_background
@login_not_required
@never_cache
@require_POST
def extend(request: ActorRequest) -> HttpResponse:
    """Go on: somebody is there."""
    if request.user.is_authenticated:
        minutes = queries.idle_minutes(request.actor, today=time.today())
        idle.note_use(cast(SessionStore, request.session), minutes=minutes, real_now=time.real_now())
    return _state(request)


@in_background
@login_not_required
@never_cache
@require_POST
def keep(request: ActorRequest) -> HttpResponse:
    """Keep the forms of a page for who wrote in them, after her session has timed out."""
    user = None if request.user.is_authenticated else queries.timed_out_user(request.session)
    kept = user and saved_forms.keep_page(
        user=user, path=_path(request), typed=_read(request.POST.get("forms", "")), now=time.real_now()
    )
    return _state(request, kept=bool(kept))


@in_background
@never_cache
@require_POST
def give_back(request: ActorRequest) -> HttpResponse:
    """Give back what was kept of a page's forms, once."""
    assert request.user.is_authenticated
    forms = saved_forms.give_back(user=request.user, path=_path(request), now=time.real_now())
    return JsonResponse({"forms": forms})


@login_not_required
@never_cache
@require_GET
def ended(request: ActorRequest) -> HttpResponse:
    """Say why the page has closed, and let her log in and come back to it."""
    onward = next_address(request)
    if request.user.is_authenticated:
        return redirect(onward)
    minutes = queries.minutes_of_timed_out(request.session)
    if minutes is not None:
        text = _("Du loggades ut efter {minutes} minuter utan aktivitet. Logga in igen för att fortsätta.")
        messages.info(request, text.format(minutes=minutes))
    return redirect(f"{reverse('accounts:log_in')}?{urlencode({'next': onward})}")


def _state(request: ActorRequest, **also: Any) -> JsonResponse:
    rest = queries.rest_of(request.session) if request.user.is_authenticated else None
    user = str(request.user.uuid) if request.user.is_authenticated else ""
    left = seconds_left(rest, now=time.real_now()) if rest else 0
    return JsonResponse({"seconds_left": left, "user": user, "token": get_token(request), **also})


def _path(request: ActorRequest) -> str:
    return request.POST.get("path", "").replace("\0", "")


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
