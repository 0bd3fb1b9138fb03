"""What somebody sent after her session had timed out: shown to her alone, to send again or throw away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kursvis.access.decorators import ActorRequest
from kursvis.accounts.queries import saved_forms as queries
from kursvis.accounts.services import saved_forms
from kursvis.core import time


@never_cache
@require_safe
def show(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show what was typed, field by field."""
    saved = queries.get_own(request.actor.user_id, uuid, now=time.real_now())
    shown = {"saved": saved, "typed": saved.fields["posted"], "told": queries.told_of(saved)}
    shown |= {"says_what": queries.says_what(saved), "action": queries.confirms(saved)}
    shown |= {"is_confirmed": shown["action"] in request.actor.confirmed}
    return render(request, "accounts/saved_form.html", shown)


@require_POST
def send_again(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send it where it was going: the browser posts the same fields there (307), with a token of today."""
    saved = queries.get_own(request.actor.user_id, uuid, now=time.real_now())
    saved_forms.throw_away(saved=saved)
    return HttpResponseRedirect(saved.path, preserve_request=True)


@require_POST
def throw_away(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Throw it away."""
    saved_forms.throw_away(saved=queries.get_own(request.actor.user_id, uuid, now=time.real_now()))
    messages.success(request, _("Det sparade är borttaget."))
    return redirect("portal:start")
