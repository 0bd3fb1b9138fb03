"""Opening a letter: the student herself, and staff who reach her through her authority or the school that sent it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from kursvis.access.decorators import ActorRequest
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.wording import label
from kursvis.studies import queries, services
from kursvis.studies.forms import ReasonForm


@require_http_methods(["GET", "POST"])
@cache_control(private=True, no_store=True)
def open_letter(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a kept letter as it was sent; who opens a protected person's says why first."""
    letter = queries.letter_for(request.actor, uuid)
    form = ReasonForm(request.POST or None)
    asks_why = letter.student.is_protected and letter.student.user_id != request.actor.user_id
    if asks_why and not form.is_valid():
        return render(request, "studies/letter_reason.html", {"form": form, "letter": letter})
    reason = form.cleaned_data["reason"] if asks_why else ""
    if not attempt(form, lambda: services.open_letter(letter=letter, reason=reason, by=request.actor, now=time.now())):
        return render(request, "studies/letter_reason.html", {"form": form, "letter": letter})
    response = HttpResponse(bytes(letter.pdf), content_type="application/pdf")
    name = f"{label('letter', letter.kind).text}-{time.swedish_date(letter.made_at)}.pdf".lower()
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
