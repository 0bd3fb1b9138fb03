"""The steps of a course start: each checks who may, calls its service and goes back to the page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms import offer as forms
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.services import offer
from kursvis.catalogue.views.offer import reached
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.wording import label

P = Permission


@require_POST
@requires(P.EDIT_OFFER)
def submit_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send a draft to the municipality."""
    return _done(request, reached(request, uuid, P.EDIT_OFFER), offer.submit, _("Kursstarten är skickad."))


@require_POST
@requires(P.PUBLISH_OFFER)
def publish_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show the offer in the public catalogue."""
    return _done(request, reached(request, uuid, P.PUBLISH_OFFER), offer.publish, _("Kursstarten är publicerad."))


@require_POST
@requires(P.SEE_OFFER)
def hide_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take the offer out of the public catalogue; school and municipality may both."""
    course_start = reached(request, uuid, P.EDIT_OFFER, P.PUBLISH_OFFER)
    return _done(request, course_start, offer.hide, _("Kursstarten är dold. De som har sökt är kvar."))


@require_POST
@requires(P.EDIT_OFFER)
def withdraw_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a published offer back for change."""
    done = _("Kursstarten är tillbakatagen. Kommunen skickar den till er för ändring.")
    return _done(request, reached(request, uuid, P.EDIT_OFFER), offer.withdraw, done)


@require_POST
@requires(P.EDIT_OFFER)
def stop_applications(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Stop applications by hand."""
    return _done(request, reached(request, uuid, P.EDIT_OFFER), offer.stop_applications, _("Ansökan är stoppad."))


@require_POST
@requires(P.EDIT_OFFER)
def resume_applications(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Open for applications again."""
    return _done(request, reached(request, uuid, P.EDIT_OFFER), offer.resume_applications, _("Ansökan är öppen igen."))


@requires(P.PUBLISH_OFFER)
def send_back_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give a submitted offer back to the school, with a reason."""
    course_start = reached(request, uuid, P.PUBLISH_OFFER)
    return _with_reason(
        request,
        course_start,
        form=forms.SendBackForm(request.POST or None),
        step=offer.send_back,
        against=rules.against_sending_back(course_start.facts()),
        page="catalogue/send_back.html",
    )


@requires(P.SEE_OFFER)
def cancel_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Cancel a course start for good, with a reason; school and municipality may both."""
    course_start = reached(request, uuid, P.EDIT_OFFER, P.PUBLISH_OFFER)
    return _with_reason(
        request,
        course_start,
        form=forms.CancelForm(request.POST or None),
        step=offer.cancel,
        against=rules.against_cancelling(course_start.facts()),
        page="catalogue/cancel.html",
    )


def _done(request: ActorRequest, course_start: Any, step: Callable[..., None], text: str) -> HttpResponse:
    step(course_start=course_start, by=request.actor, now=time.now())
    messages.success(request, text)
    return redirect("catalogue:show_course_start", course_start.uuid)


def _with_reason(
    request: ActorRequest, course_start: Any, *, form: Any, step: Callable[..., None], against: Any, page: str
) -> HttpResponse:
    def do() -> bool:
        step(course_start=course_start, **form.cleaned_data, by=request.actor, now=time.now())
        return True

    if form.is_valid() and attempt(form, do):
        messages.success(request, _("Klart: %(state)s.") % {"state": label("course_start", course_start.status).text})
        return redirect("catalogue:show_course_start", course_start.uuid)
    return render(request, page, {"form": form, "course_start": course_start, "against": against})
