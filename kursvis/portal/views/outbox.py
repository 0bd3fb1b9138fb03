"""The outbox."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.core.listing import page_of
from kursvis.portal.forms import OutboxFilterForm
from kursvis.portal.queries import outbox
from kursvis.post import rules
from kursvis.post import services as post_services
from kursvis.post.rules import Channel, MessageStatus


@requires(Permission.SEE_OUTBOX)
@require_safe
def list_messages(request: ActorRequest) -> HttpResponse:
    """Show what has been sent and what waits, newest first."""
    wanted = OutboxFilterForm(request.GET).wanted()
    shown = {
        "page": page_of(request, outbox.messages(request.actor, wanted)),
        "wanted": wanted,
        "states": list(MessageStatus),
        "channels": outbox.OUTBOX_CHANNELS,
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
