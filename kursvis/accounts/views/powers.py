"""What a colleague may do, where, and why not (R10)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.accounts.queries import powers, staff
from kursvis.core import time


@requires(Permission.EDIT_STAFF)
@require_safe
def show(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show each permission of a colleague at the units that the reader runs, and the reason for each no."""
    today = time.today()
    person = staff.get_colleague(request.actor, uuid, today=today)
    shown = {"person": person, "powers": powers.at_units_of(request.actor, person, today=today)}
    return render(request, "accounts/powers.html", shown)
