"""The student's own grades."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest
from kursvis.grades import queries


@require_safe
def my_grades(request: ActorRequest) -> HttpResponse:
    """Show where each of the person's own grades stands, with dates. Asks for login only."""
    return render(request, "grades/my_grades.html", {"grades": queries.own_grades(request.actor.user_id)})
