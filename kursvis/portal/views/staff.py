"""What has happened with a colleague's account."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.portal.queries import staff


@requires(Permission.EDIT_STAFF)
@require_safe
def show_history(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show who did what with a colleague's account."""
    found = staff.history(request.actor, uuid, today=time.today())
    return render(request, "portal/staff_events.html", {"history": found})
