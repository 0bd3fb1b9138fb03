"""What has happened with a colleague's account."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.portal.queries import staff
from kursvis.portal.views import log


@requires(Permission.EDIT_STAFF, Permission.READ_LOG)
@never_cache
@require_safe
def show_history(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show who did what with a colleague's account; to who reads the log also what she did, read and searched."""
    if request.actor.holds(Permission.READ_LOG):
        return log.show_account(request, uuid)
    found = staff.history(request.actor, uuid, today=time.today())
    return render(request, "portal/staff_events.html", {"history": found})
