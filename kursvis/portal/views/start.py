"""The start page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest
from kursvis.access.rules import Permission
from kursvis.accounts.queries import devices
from kursvis.catalogue.queries import agreement
from kursvis.core import time
from kursvis.organisation.queries import schools_where
from kursvis.portal import greeting, todo
from kursvis.portal.queries import calendar


@login_not_required
@require_safe
def start(request: ActorRequest) -> HttpResponse:
    """Show what waits for the person and which days come. Who is not logged in sees the courses."""
    if not request.user.is_authenticated:
        return redirect("catalogue:search_courses")
    today = time.today()
    schools = schools_where(request.actor, Permission.EDIT_OFFER)
    shown = {
        "greeting": greeting.of(request.user.first_name, now=time.now()),
        "today": today,
        "todo": todo.of(request.actor, today=today),
        "previous_login": devices.previous_login(request.session),
        "against": agreement.against_any_offer(schools, today=today),
        "days": calendar.coming_days(request.actor, today=today),
    }
    return render(request, "portal/start.html", shown)
