"""The start page, students across processes, and the outbox."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of
from kursvis.people import services as people_services
from kursvis.portal import greeting, todo
from kursvis.portal.forms import OutboxFilterForm, ReasonForm
from kursvis.portal.queries import calendar, outbox, people
from kursvis.post import rules
from kursvis.post import services as post_services
from kursvis.post.rules import Channel, MessageStatus

if TYPE_CHECKING:
    from kursvis.people.models import Student


@login_not_required
@require_safe
def start(request: ActorRequest) -> HttpResponse:
    """Show what waits for the person and which days come. Who is not logged in sees the courses."""
    if not request.user.is_authenticated:
        return redirect("catalogue:search_courses")
    today = time.today()
    shown = {
        "greeting": greeting.of(request.user.first_name, now=time.now()),
        "today": today,
        "todo": todo.of(request.actor, today=today),
        "days": calendar.coming_days(request.actor, today=today),
    }
    return render(request, "portal/start.html", shown)


@requires(Permission.SEE_STUDENTS)
@require_safe
def list_students(request: ActorRequest) -> HttpResponse:
    """Show the students that the actor reaches, searched by the beginning of names or a whole personnummer."""
    text = request.GET.get("q", "").strip()
    found = people.search(request.actor, text, today=time.today())
    page = page_of(request, people.with_studies(found, request.actor, today=time.today()))
    people_services.searched(
        students=page, place="students", filters=request.GET.dict(), by=request.actor, now=time.now()
    )
    return render(request, "portal/students.html", {"page": page, "q": text})


@requires(Permission.SEE_STUDENTS)
@never_cache
@require_http_methods(["GET", "POST"])
def show_person(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show the person card and note the reading; a protected person's is opened by a named reader who says why."""
    student = people.get(request.actor, uuid)
    if student.is_protected:
        return _unseal(request, student)
    people_services.opened(student=student, reason="", by=request.actor, now=time.now())
    return _show_card(request, student)


def _unseal(request: ActorRequest, student: "Student") -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(form, lambda: people_services.opened(student=student, reason=reason, by=request.actor, now=time.now()))
        if not form.errors:
            return _show_card(request, student)
    readers = people.named_readers(student, today=time.today())
    shown = {"student": student, "form": form, "readers": readers, "is_reader": request.actor.user_id in readers}
    return render(request, "portal/person_sealed.html", shown)


def _show_card(request: ActorRequest, student: "Student") -> HttpResponse:
    card = people.card(student, request.actor, today=time.today())
    return render(request, "portal/person.html", {"student": student, "card": card})


@requires(Permission.SEE_OUTBOX)
@require_safe
def list_messages(request: ActorRequest) -> HttpResponse:
    """Show what has been sent and what waits, newest first."""
    wanted = OutboxFilterForm(request.GET).wanted()
    shown = {
        "page": page_of(request, outbox.messages(request.actor, wanted)),
        "wanted": wanted,
        "states": list(MessageStatus),
        "channels": list(Channel),
        "has_schools": bool(request.actor.authorities(Permission.SEE_OUTBOX)),
    }
    return render(request, "portal/outbox.html", shown)


@requires(Permission.SEE_OUTBOX)
@require_safe
def show_message(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show one message, and the step to do with it; of a sealed one only that it was sent."""
    message = outbox.message(request.actor, uuid)
    channel, status = Channel(message.channel), MessageStatus(message.status)
    shown = {
        "message": message,
        "for_print": channel is Channel.PRINT,
        "against_printing": rules.against_printing(channel, status),
        "against_resending": rules.against_resending(status),
        "may_see_students": request.actor.holds(Permission.SEE_STUDENTS),
    }
    return render(request, "portal/message.html", shown)


@require_POST
@requires(Permission.SEE_OUTBOX)
def mark_printed(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Mark a letter as printed and posted."""
    message = outbox.message(request.actor, uuid)
    post_services.mark_printed(message=message, by=request.actor, now=time.now())
    messages.success(request, _("Brevet är markerat som utskrivet och postat."))
    return redirect("portal:message", uuid=uuid)


@require_POST
@requires(Permission.SEE_OUTBOX)
def resend(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put a message that did not arrive in the queue again."""
    message = outbox.message(request.actor, uuid)
    post_services.resend(message=message, by=request.actor, now=time.now())
    messages.success(request, _("Meddelandet ligger i kön igen."))
    return redirect("portal:message", uuid=uuid)


@requires(Permission.SEE_OUTBOX)
@require_safe
def fetch_attachment(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give out the attachment as it was sent."""
    name, content = outbox.attachment(request.actor, uuid)
    disposition = content_disposition_header(as_attachment=False, filename=name) or ""
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})
