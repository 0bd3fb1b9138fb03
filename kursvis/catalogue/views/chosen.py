"""Steps for many course starts of the list at once: each prepares a run, which is looked through before it starts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms.late import ManyLateForm
from kursvis.catalogue.forms.narrowing import NarrowingForm
from kursvis.catalogue.queries import agreement, chosen
from kursvis.catalogue.queries import offer as queries
from kursvis.catalogue.services import offer
from kursvis.core import time
from kursvis.core.forms import is_uuid

P = Permission


@require_POST
@requires(P.EDIT_OFFER)
def submit_chosen(request: ActorRequest) -> HttpResponse:
    """Prepare a run that sends the ticked drafts, or all that the list's filter shows, to the municipality.

    Where any of them comes late, it first asks why, once for all of them (R13).
    """
    rows = list(_chosen(request, chosen.drafts_of(request.actor)))
    late, form = chosen.coming_late(rows, today=time.today()), ManyLateForm(request.POST)
    if late and not form.is_valid():
        context = {"form": form, "rows": rows, "late": late, "is_all": bool(request.POST.get("alla"))}
        return render(request, "catalogue/submit_chosen.html", context)
    reason = form.cleaned_data["late_reason"] if late else ""
    run = offer.prepare_submission(course_starts=rows, late_reason=reason, by=request.actor, now=time.now())
    return redirect("work:show", uuid=run.uuid)


@require_POST
@requires(P.PUBLISH_OFFER)
def publish_chosen(request: ActorRequest) -> HttpResponse:
    """Prepare a run that publishes the ticked course starts, or all sent in that the list's filter shows."""
    rows = _chosen(request, chosen.to_publish(request.actor))
    run = offer.prepare_publication(course_starts=rows, by=request.actor, now=time.now())
    return redirect("work:show", uuid=run.uuid)


def _chosen(request: ActorRequest, rows: Any) -> Any:
    if not request.POST.get("alla"):
        return rows.filter(uuid__in=filter(is_uuid, request.POST.getlist("row")))
    today, wanted = time.today(), NarrowingForm(request.GET).narrowing()
    shown = agreement.with_agreement_missing(queries.with_ended(rows, wanted, today=today), today=today)
    return queries.narrowed(shown, wanted)
