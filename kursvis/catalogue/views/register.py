"""The national register: the edition in force, and what a new one would change."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.queries import edition as queries
from kursvis.catalogue.services.register import apply_edition
from kursvis.core import time
from kursvis.core.listing import page_of

P = Permission
_PARTS = {
    "tillkommer": "added",
    "andras": "changed",
    "upphor": "ended",
    "bygger-pa": "prerequisites",
    "motsvarar": "correspondences",
    "paket": "packages",
}
"""?del= in the address, and the list of the comparison that it shows."""


@requires(P.EDIT_SETTINGS)
def show_register(request: ActorRequest) -> HttpResponse:
    """Show the edition in force, and what the waiting one adds, changes and ends, one paged list at a time."""
    edition = queries.read_edition()
    comparison = queries.compared(edition, today=time.today())
    lists: dict[str, Any] = {part: getattr(comparison, name) for part, name in _PARTS.items()}
    first = next((part for part, changes in lists.items() if changes), "tillkommer")
    part = request.GET.get("del") if request.GET.get("del") in lists else first
    page = page_of(request, lists[str(part)])
    every = [change.code for part in ("andras", "upphor") for change in lists[part]]
    used = queries.used_by(request.actor, every, today=time.today())
    context = {
        "in_force": queries.in_force(),
        "files": edition,
        "comparison": comparison,
        "parts": [(name, len(changes)) for name, changes in lists.items()],
        "part": part,
        "page": page,
        "rows": [(change, used.get(change.code, 0)) for change in page],
        "used": {"courses": len(used), "course_starts": sum(used.values())},
        "sources": queries.sources_in_force(),
        "tomorrow": time.today() + timedelta(days=1),
    }
    return render(request, "catalogue/register.html", context)


@require_POST
@requires(P.EDIT_SETTINGS)
def apply_register(request: ActorRequest) -> HttpResponse:
    """Apply the edition that was shown; refused when it is no longer the one in the files."""
    shown, based_on = request.POST.get("shown", ""), request.POST.get("based_on", "")
    apply_edition(shown=shown, based_on=based_on, by=request.actor, now=time.now())
    messages.success(request, _("Den nya utgåvan av kursregistret gäller nu."))
    return redirect("catalogue:register")
