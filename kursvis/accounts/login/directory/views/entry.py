"""In by the municipality's directory: there, and back with an answer."""

from typing import Any
from uuid import UUID

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kursvis.access.decorators import ActorRequest
from kursvis.accounts.login import entry, limits
from kursvis.accounts.login.directory import queries
from kursvis.accounts.login.directory.services import entry as services
from kursvis.accounts.login.directory.views import asking, confirm
from kursvis.accounts.rules.locks import FAILURES_FROM_AN_ADDRESS
from kursvis.core import time
from kursvis.core.reasons import Refused


@login_not_required
@never_cache
@require_GET
def begin(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send the browser to the directory, and remember what it asks.

    A link, not a form: what the pages may send forms to (CSP) is this site alone.
    """
    directory = queries.get_open(uuid)
    if not limits.may_try(request, asking.LIMIT, FAILURES_FROM_AN_ADDRESS):
        return render(request, "accounts/directory_wait.html", status=429)
    try:
        asked, address = services.ask(directory=directory, next_page=entry.next_address(request), now=time.real_now())
    except Refused as refusal:
        return asking.refused(request, directory, refusal)
    asking.remember(request, asked)
    return redirect(address)


@login_not_required
@never_cache
@require_GET
def come_back(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Let in whom the directory vouches for, or keep that she has shown anew who she is."""
    directory, asked = queries.get_open(uuid), asking.asked_for(request)
    try:
        if asked and asked.action:
            return confirm.finish(request, directory, asked)
        return _come_in(request, directory, asked)
    except Refused as refusal:
        about = {"action": asked.action, "onward": asked.next} if asked else {}
        return asking.refused(request, directory, refusal, **about)


def _come_in(request: ActorRequest, directory: Any, asked: Any) -> HttpResponse:
    user = services.answered(
        directory=directory, asked=asked, answer=request.GET.dict(), now=time.now(), real_now=time.real_now()
    )
    limits.was_good(request, asking.LIMIT)
    known = auth.authenticate(request, vouched_user=user)
    assert known is not None
    return entry.enter(request, known, way="directory", onward=asked.next)
