"""Where a visitor's basket is kept: in a signed cookie of this site that holds the keys of the course starts, no more.

No row is written for who has not applied (ADR 0026), so that a robot leaves nothing behind; and the basket is still
there after the login that begins a new session. The cookie is what the visitor asks for by pressing the button.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from kursvis.catalogue.rules.basket import MOST_COURSES

COOKIE = "kursvis_korg"
_DAYS = 30
_HEX = 32


def read_basket(request: HttpRequest) -> list[UUID]:
    """Return the course starts in the visitor's basket, in her order; none when the cookie is not one of ours."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=COOKIE) or ""
    return [UUID(kept[at : at + _HEX]) for at in range(0, len(kept), _HEX)]


def keep_basket(response: HttpResponse, basket: Sequence[UUID]) -> HttpResponse:
    """Let the visitor's browser keep the basket; an empty one leaves no cookie."""
    if not basket:
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    response.set_signed_cookie(
        COOKIE,
        "".join(key.hex for key in basket[:MOST_COURSES]),
        salt=COOKIE,
        max_age=_DAYS * 24 * 60 * 60,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """Let every template ask what is in the basket; read when one does."""
    return {"basket": SimpleLazyObject(lambda: read_basket(request))}
