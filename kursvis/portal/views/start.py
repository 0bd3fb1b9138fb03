"""The start page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest
from kursvis.accounts.queries import devices
from kursvis.core import time
from kursvis.portal import greeting, todo
from kursvis.portal.queries import calendar


@login_not_required
@require_safe
def start(request: ActorRequest) -> HttpResponse:
    """Show what waits for the person and which days come. Who is not logged in sees the courses."""
    if not request.user.is_authenticated:
        return redirect("catalogue:search_courses")
    today = time.today()
    shown = {
        "greeting": greeting.of(request.user.first_name, now=time.now()),
        "today": today,
        "todo": todo.of(request.actor, today=today),
        "previous_login": devices.previous_login(request.session),
        "days": calendar.coming_days(request.actor, today=today),
    }
    return render(request, "portal/start.html", shown)
