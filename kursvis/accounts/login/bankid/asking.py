"""An order at BankID and the browser that began it: where it came from, and where it goes when it is complete."""

from typing import Any, TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kursvis.accounts.login.bankid import services
from kursvis.accounts.login.bankid.client import Client
from kursvis.core import rate_limits, time
from kursvis.core.reasons import Refused

_ORDER, _ABOUT = "bankid", "bankid_about"


class About(TypedDict):
    """Where the waiting page sends a complete order, where she goes then, and where she goes who leaves it."""

    finish: str
    next: str
    back: str


def begin(request: HttpRequest, *, client: Client, onward: str, finish: str, back: str, **given: Any) -> Any:
    """Begin an order for this browser (`services.start`); one at a time. Raises `Refused`."""
    order = services.start(
        client=client,
        ip=rate_limits.address_of(request),
        sender=rate_limits.sender_of(request),
        return_url=f"{settings.ADDRESS}{reverse('accounts:bankid_wait')}",
        now=time.real_now(),
        **given,
    )
    request.session[_ORDER] = str(order.uuid)
    request.session[_ABOUT] = About(finish=finish, next=onward, back=back)
    return order


def about(request: HttpRequest) -> About:
    """Return where the order of this browser came from and goes."""
    nowhere = About(finish=reverse("accounts:bankid_finish"), next="", back=reverse("accounts:log_in"))
    found: About = request.session.get(_ABOUT, nowhere)
    return found


def done(request: HttpRequest) -> None:
    """Forget an order that has been used: it was a good one, which nobody counts."""
    leave(request)
    services.came_to_something(sender=rate_limits.sender_of(request))


def leave(request: HttpRequest) -> str:
    """Forget the order of this browser; return where she came from."""
    back = about(request)["back"]
    for name in (_ORDER, _ABOUT):
        request.session.pop(name, None)
    return back


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Say why a complete order was not used, and lead back to where it began."""
    shown = {"reasons": refusal.reasons, "again": again(request)}
    leave(request)
    return render(request, "accounts/bankid_refused.html", shown, status=409)


def again(request: HttpRequest) -> str:
    """Return where an order like this browser's is begun anew."""
    back = about(request)["back"]
    return reverse("accounts:bankid") if back == reverse("accounts:log_in") else back
