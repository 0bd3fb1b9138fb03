"""The pages that only the demo has: its date, which can be moved, and its mailbox."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kursvis.access.decorators import ActorRequest
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of
from kursvis.demo import queries
from kursvis.demo.forms import GoToDay
from kursvis.demo.services import clock as services


@login_not_required
@require_http_methods(["GET", "POST"])
def clock(request: HttpRequest) -> HttpResponse:
    """Show the demo's date and move it forward. The page does not exist in production."""
    if not settings.DEMO:
        raise Http404
    form = GoToDay(request.POST or None, initial={"day": time.today() + timedelta(days=1)})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        if attempt(form, lambda: services.go_to_day(day=day)) is not None:
            messages.success(request, _("Demodatum är nu {day}.").format(day=day))
            return redirect("demo:clock")
    return render(request, "demo/clock.html", {"form": form, "today": time.today()})


@login_not_required
@never_cache
@require_GET
def mailbox(request: ActorRequest) -> HttpResponse:
    """Show what the demo would have mailed. Open to all, as the test e-ID is; the page does not exist in production."""
    if not settings.DEMO:
        raise Http404
    text = request.GET.get("q", "").replace("\0", "").strip()
    rows = queries.mails(request.actor.user_id, text=text)
    page = page_of(request, rows, size=20)
    opened = queries.opened(rows, request.GET.get("brev"), next(iter(page), None))
    shown = {"page": page, "mails": [queries.shown(row) for row in page], "text": text}
    return render(request, "demo/mailbox.html", shown | {"opened": opened and queries.shown(opened)})
