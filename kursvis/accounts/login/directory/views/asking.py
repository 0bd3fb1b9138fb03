"""What a browser has asked a directory, and the page where nothing came of it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from kursvis.access.rules import Action
from kursvis.accounts.confirm.rules import ADDRESSES
from kursvis.accounts.login.directory.rules import FAULTS, UNKNOWN, Asked
from kursvis.core.reasons import Refused

LIMIT = "directory_from"
_ASKED = "directory"


def remember(request: HttpRequest, asked: Asked) -> None:
    """Keep in the session what this browser has asked; an older question of its is forgotten."""
    request.session[_ASKED] = vars(asked) | {"asked_at": asked.asked_at.isoformat()}


def asked_for(request: HttpRequest) -> Asked | None:
    """Take out of the session what the answer is to: it is answered once. An answer to nothing disturbs nothing."""
    kept = request.session.get(_ASKED)
    if not kept or kept["state"] != request.GET.get("state"):
        return None
    del request.session[_ASKED]
    return Asked(**kept | {"asked_at": datetime.fromisoformat(kept["asked_at"])})


def refused(
    request: HttpRequest, directory: Any, refusal: Refused, *, action: str = "", onward: str = ""
) -> HttpResponse:
    """Say why nothing came of it, and how to go on: what the directory itself has done wrong is answered 502."""
    codes = {reason.code for reason in refusal.reasons}
    if action:
        page = reverse("accounts:confirm", args=[ADDRESSES[Action(action)]])
        shown = {"again": f"{page}?{urlencode({'next': onward})}", "unknown": False, "confirms": True}
    else:
        again = reverse("accounts:directory", args=[directory.uuid])
        shown = {"again": again, "unknown": bool(codes & UNKNOWN), "confirms": False}
    shown |= {"directory": directory, "reasons": refusal.reasons}
    return render(request, "accounts/directory_refused.html", shown, status=502 if codes & FAULTS else 403)
