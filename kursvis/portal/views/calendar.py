"""One's own calendar address, the reminders, and the calendar that a program fetches by that address."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from kursvis.access.decorators import ActorRequest
from kursvis.accounts.forms.own import RemindersForm
from kursvis.accounts.login.limits import may_try, was_good
from kursvis.accounts.queries import actor_of
from kursvis.accounts.queries.calendar import made_at, user_by_calendar
from kursvis.accounts.rules.locks import UNKNOWN_CALENDARS_FROM_AN_ADDRESS
from kursvis.accounts.services import calendar as services
from kursvis.core import icalendar, time
from kursvis.core.address import absolute
from kursvis.portal.queries import feed

LIMIT = "calendar"


@never_cache
@require_safe
def show(request: ActorRequest) -> HttpResponse:
    """Show whether one has a calendar address, and whether one is reminded."""
    return _page(request)


@sensitive_variables("secret", "address")
@never_cache
@require_POST
def make(request: ActorRequest) -> HttpResponse:
    """Make a new address, and show it this once."""
    assert request.user.is_authenticated
    secret = services.make_calendar(user=request.user, by=request.actor, now=time.now())
    return _page(request, address=absolute(reverse("portal:feed", args=[secret])))


@require_POST
def end(request: ActorRequest) -> HttpResponse:
    """Let the address stop working."""
    assert request.user.is_authenticated
    services.end_calendar(user=request.user, by=request.actor, now=time.now())
    messages.success(request, _("Adressen fungerar inte längre."))
    return redirect("portal:calendar")


@require_POST
def choose_reminders(request: ActorRequest) -> HttpResponse:
    """Choose whether to be reminded by e-mail."""
    assert request.user.is_authenticated
    form = RemindersForm(request.POST)
    wants = form.is_valid() and form.cleaned_data["wants"]
    services.choose_reminders(user=request.user, wants=wants, by=request.actor, now=time.now())
    messages.success(request, _("Du får påminnelser med e-post.") if wants else _("Du får inga påminnelser."))
    return redirect("portal:calendar")


@login_not_required
@sensitive_variables("secret")
@require_safe
def fetch(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar whose address holds the secret; 404 when nobody has it, or its account is locked or ended."""
    is_within = may_try(request, LIMIT, UNKNOWN_CALENDARS_FROM_AN_ADDRESS)
    user = user_by_calendar(secret) if is_within else None
    if user is None:
        raise Http404
    was_good(request, LIMIT)
    events = feed.events_of(actor_of(user, today=time.today()), today=time.today())
    content = icalendar.written(events, name="Kursvis")
    response = HttpResponse(content, content_type=icalendar.CONTENT_TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag = quote_etag(sha256(content).hexdigest())
    return get_conditional_response(request, etag=etag, response=response) or response


def _page(request: ActorRequest, address: str = "") -> HttpResponse:
    user = request.user
    assert user.is_authenticated
    shown = {
        "address": address,
        "made_at": made_at(user.pk),
        "form": RemindersForm(initial={"wants": user.reminders}),
        "is_staff": request.actor.is_staff,
    }
    return render(request, "portal/calendar.html", shown)
