"""What a page says beside a button that wants a confirmation."""

from typing import Any

from django import template
from django.template import Context

from kursvis.access.rules import Action
from kursvis.accounts.confirm.queries import confirmed_until
from kursvis.core import time

register = template.Library()


@register.inclusion_tag("accounts/confirmation.html", takes_context=True)
def confirmation(context: Context, action: str) -> dict[str, Any]:
    """Say before the press that she will be asked to show who she is, or until when she has done so."""
    request, step = context["request"], Action(action)
    until = confirmed_until(request.session, step, user_id=request.actor.user_id, now=time.real_now())
    return {"action": step, "until": until}
