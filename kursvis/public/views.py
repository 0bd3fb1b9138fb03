"""Open pages that belong to no process: the accessibility statement, and feedback on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import rate_limits, time
from kursvis.core.listing import page_of
from kursvis.organisation.queries import all_authorities
from kursvis.public import queries, rules, services
from kursvis.public.forms import FeedbackForm


@login_not_required
@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement (lag 2018:1937), with whom to tell about what does not work."""
    content = _site() | {"stated_on": rules.STATED_ON, "days": rules.ANSWER_DAYS}
    return render(request, "public/accessibility.html", content)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: HttpRequest) -> HttpResponse:
    """Take what somebody tells about an obstacle, without login."""
    form, status = FeedbackForm(request.POST or None, initial={"page": request.GET.get("sida", "")[:300]}), 200
    if request.method == "POST" and form.is_valid():
        if rate_limits.hit("feedback", rate_limits.sender_of(request), within=rules.WITHIN) <= rules.MOST:
            services.give_feedback(**form.cleaned_data, now=time.now())
            messages.success(request, _("Tack! Kommunen har fått din synpunkt."))
            return redirect("public:show_accessibility")
        form.ask_to_wait()
        status = 429
    content = _site() | {"form": form, "days": rules.ANSWER_DAYS}
    return render(request, "public/feedback.html", content, status=status)


@requires(Permission.ANSWER_FEEDBACK)
@require_safe
def list_feedback(request: ActorRequest) -> HttpResponse:
    """Show the feedback, what waits first."""
    page, today = page_of(request, queries.readable_by(request.actor)), time.today()
    rows = [(row, row.state(today=today)) for row in page]
    return render(request, "public/feedback_list.html", {"page": page, "rows": rows})


@requires(Permission.ANSWER_FEEDBACK)
@require_POST
def mark_handled(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Mark feedback as handled."""
    services.mark_handled(feedback=queries.get_for(request.actor, uuid), by=request.actor, now=time.now())
    messages.success(request, _("Synpunkten är hanterad, och adressen är borttagen."))
    return redirect("public:list_feedback")


def _site() -> dict[str, Any]:
    authorities = list(all_authorities())
    name = authorities[0].adult_education_name if len(authorities) == 1 else ""
    return {"authorities": authorities, "site_name": name}
