"""In by the municipality's directory: there, and back with an answer."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kursvis.accounts.login import entry, limits
from kursvis.accounts.login.directory import queries
from kursvis.accounts.login.directory.rules import FAULTS, UNKNOWN, Asked
from kursvis.accounts.login.directory.services import entry as services
from kursvis.accounts.rules.locks import FAILURES_FROM_AN_ADDRESS
from kursvis.core import time
from kursvis.core.reasons import Refused

View = Callable[..., HttpResponse]
LIMIT = "directory_from"
_ASKED = "directory"


def _open(view: View) -> View:
    """Let anybody ask; a refusal is a page that says what to do."""

    @wraps(view)
    def guarded(request: HttpRequest, uuid: UUID) -> HttpResponse:
        directory = queries.get_open(uuid)
        try:
            return view(request, directory)
        except Refused as refusal:
            return _refused(request, directory, refusal)

    return login_not_required(never_cache(require_GET(guarded)))


@_open
def begin(request: HttpRequest, directory: Any) -> HttpResponse:
    """Send the browser to the directory, and remember what it asks. A link, not a form: the page's own rules would
    refuse a form that leads to another address."""
    if not limits.may_try(request, LIMIT, FAILURES_FROM_AN_ADDRESS):
        return render(request, "accounts/directory_wait.html", status=429)
    asked, address = services.ask(directory=directory, next_page=entry.next_address(request), now=time.real_now())
    remember(request, asked)
    return redirect(address)


@_open
def come_back(request: HttpRequest, directory: Any) -> HttpResponse:
    """Let in whom the directory vouches for."""
    asked = asked_for(request)
    user = services.answered(
        directory=directory, asked=asked, answer=request.GET.dict(), now=time.now(), real_now=time.real_now()
    )
    limits.was_good(request, LIMIT)
    known = auth.authenticate(request, vouched_user=user)
    assert known is not None
    assert asked is not None
    return entry.enter(request, known, way="directory", onward=asked.next)


def remember(request: HttpRequest, asked: Asked) -> None:
    """Keep in the session what this browser has asked; an older question of its is forgotten."""
    kept = vars(asked) | {"asked_at": asked.asked_at.isoformat()}
    request.session[_ASKED] = kept


def asked_for(request: HttpRequest) -> Asked | None:
    """Take out of the session what the answer is to: it is answered once. An answer to nothing disturbs nothing."""
    kept = request.session.get(_ASKED)
    if not kept or kept["state"] != request.GET.get("state"):
        return None
    del request.session[_ASKED]
    return Asked(**kept | {"asked_at": datetime.fromisoformat(kept["asked_at"])})


def _refused(request: HttpRequest, directory: Any, refusal: Refused) -> HttpResponse:
    codes = {reason.code for reason in refusal.reasons}
    shown = {"directory": directory, "reasons": refusal.reasons, "unknown": bool(codes & UNKNOWN)}
    return render(request, "accounts/directory_refused.html", shown, status=502 if codes & FAULTS else 403)
