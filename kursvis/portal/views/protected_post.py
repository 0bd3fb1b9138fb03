"""Letters to protected persons: opened, printed and posted by who handles them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of
from kursvis.people import services
from kursvis.people.rules.forwarding import against_forwarding
from kursvis.portal.forms import LetterForm
from kursvis.portal.queries import protected_post
from kursvis.post import rules as post
from kursvis.post.rules import Channel, MessageStatus

PARTS = {"kuvert": services.print_envelope, "brev": services.print_letter}


@require_safe
@requires(Permission.SEE_STUDENTS, Permission.PROTECT_STUDENTS)
def list_letters(request: ActorRequest) -> HttpResponse:
    """Show the letters to the protected persons whom the actor is named for or protects, by alias."""
    waiting = request.GET.get("lage") != "alla"
    page = page_of(request, protected_post.letters(request.actor, today=time.today(), waiting=waiting))
    return render(request, "portal/protected_post.html", {"page": page, "waiting": waiting})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_STUDENTS, Permission.PROTECT_STUDENTS)
def open_letter(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Ask why, and show a letter once, or give out its envelope or the letter itself as PDF."""
    message, student = protected_post.letter(request.actor, uuid, today=time.today())
    form = LetterForm(request.POST or None)
    said: dict[str, Any] = {"message": message, "student": student, "by": request.actor, "now": time.now()}
    is_open = False
    if request.method == "POST" and form.is_valid():
        said["reason"], step = form.cleaned_data["reason"], PARTS.get(form.cleaned_data["do"])
        if step and (pdf := attempt(form, lambda: step(**said))):
            return HttpResponse(pdf, content_type="application/pdf")
        is_open = not step and attempt(form, lambda: services.open_letter(**said)) is not None
    shown = {
        "message": message,
        "student": student,
        "form": form,
        "is_open": is_open,
        "against_forwarding": against_forwarding(student.authority.forwarding_address),
        "against_posting": post.against_printing(Channel(message.channel), MessageStatus(message.status)),
    }
    return render(request, "portal/protected_letter.html", shown)


@require_POST
@requires(Permission.SEE_STUDENTS, Permission.PROTECT_STUDENTS)
def post_letter(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Mark a letter as posted."""
    message, student = protected_post.letter(request.actor, uuid, today=time.today())
    services.post_letter(message=message, student=student, by=request.actor, now=time.now())
    messages.success(request, _("Brevet är markerat som postat."))
    return redirect("portal:protected_letter", uuid=uuid)
