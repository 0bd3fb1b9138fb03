"""Sending an offer in after the period's last day (R13)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms.late import LateForm
from kursvis.catalogue.rules import late
from kursvis.catalogue.services import offer
from kursvis.catalogue.views.offer import reached
from kursvis.core import time
from kursvis.core.forms import attempt


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_OFFER)
def submit_late(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say what follows, ask why it comes late, and send the draft to the municipality."""
    course_start, today = reached(request, uuid, Permission.EDIT_OFFER), time.today()
    form = LateForm(request.POST or None, initial={"late_reason": course_start.late_reason})
    if form.is_valid() and attempt(form, lambda: _submit(request, course_start, form)):
        messages.success(request, _("Kursstarten är skickad. Kommunen avgör om den tas med."))
        return redirect("catalogue:show_course_start", uuid)
    context = {
        "form": form,
        "course_start": course_start,
        "days": late.days_late(course_start.entry(), today=today),
        "against": offer.against_submitting(course_start, today=today),
    }
    return render(request, "catalogue/submit_late.html", context)


def _submit(request: ActorRequest, course_start: Any, form: LateForm) -> bool:
    offer.submit(course_start=course_start, **form.cleaned_data, by=request.actor, now=time.now())
    return True
