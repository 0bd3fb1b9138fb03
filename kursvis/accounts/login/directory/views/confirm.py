"""Showing anew who she is, by a new login at her municipality's directory (R06)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kursvis.access.decorators import ActorRequest
from kursvis.accounts.confirm.rules import BY_ADDRESS
from kursvis.accounts.login import entry, limits
from kursvis.accounts.login.directory import queries
from kursvis.accounts.login.directory.services import entry as services
from kursvis.accounts.login.directory.views import asking
from kursvis.accounts.rules.locks import FAILURES_FROM_AN_ADDRESS
from kursvis.core import time
from kursvis.core.reasons import Reason, Refused


@never_cache
@require_GET
def begin(request: ActorRequest, action: str) -> HttpResponse:
    """Send her to her directory, to log in there although she already has."""
    step, directory = BY_ADDRESS.get(action), queries.directory_that_knows(request.user)
    if step is None or directory is None:
        raise Http404
    if not limits.may_try(request, asking.LIMIT, FAILURES_FROM_AN_ADDRESS):
        return render(request, "accounts/directory_wait.html", status=429)
    onward = entry.next_address(request)
    try:
        asked, address = services.ask(directory=directory, next_page=onward, action=step.value, now=time.real_now())
    except Refused as refusal:
        return asking.refused(request, directory, refusal, action=step.value, onward=onward)
    asking.remember(request, asked)
    return redirect(address)


def finish(request: ActorRequest, directory: Any, asked: Any) -> HttpResponse:
    """Keep in her session that she has logged in anew; lead her back. Raises `Refused`."""
    user = request.user
    if not user.is_authenticated:
        raise Refused(Reason("accounts.directory_not_asked"))
    services.confirm(
        request.session,
        directory=directory,
        asked=asked,
        answer=request.GET.dict(),
        user=user,
        by=request.actor,
        now=time.now(),
        real_now=time.real_now(),
    )
    limits.was_good(request, asking.LIMIT)
    if not asked.next.startswith("/sparat/"):
        messages.success(request, _("Du har bekräftat att det är du. Det gäller i fem minuter."))
    return redirect(asked.next)
