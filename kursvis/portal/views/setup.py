"""*Inställningar*: the page that leads to everything that a municipality decides."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.portal import setup


@require_safe
@requires(Permission.EDIT_SETTINGS, Permission.EDIT_PRICES)
def show_setup(request: ActorRequest) -> HttpResponse:
    """Show the sections that the actor may open."""
    return render(request, "portal/setup.html", {"sections": setup.sections(request.actor)})
