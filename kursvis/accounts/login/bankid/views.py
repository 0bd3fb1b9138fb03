"""Logging in with BankID: begin, wait (QR code or the app on this device), and come in."""

import io
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

import segno
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kursvis.access.actors import SYSTEM
from kursvis.accounts import services as accounts
from kursvis.accounts.login import entry
from kursvis.accounts.login.bankid import asking, queries, services
from kursvis.accounts.login.bankid.client import Client, connection
from kursvis.accounts.login.bankid.forms import BankIdForm
from kursvis.accounts.login.bankid.texts import text_of
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.reasons import Refused

View = Callable[..., HttpResponse]
VOUCHED_FOR = timedelta(minutes=5)
"""How long somebody new may think of going on as an applicant: the next one at the computer is another person."""


def _open(view: View) -> View:
    """Let anybody ask, where BankID is set up; nothing of it is kept by the browser."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        client = connection()
        if client is None:
            raise Http404
        return view(request, client, *args, **kwargs)

    return login_not_required(never_cache(guarded))


@require_http_methods(["GET", "POST"])
@_open
def begin(request: HttpRequest, client: Client) -> HttpResponse:
    """Ask on which device the app is, and begin an order."""
    form = BankIdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        order = attempt(form, lambda: _start(request, client, form.cleaned_data))
        if order is not None:
            return redirect("accounts:bankid_wait")
    return render(request, "accounts/bankid.html", {"form": form, "next": entry.next_address(request)})


def _start(request: HttpRequest, client: Client, given: dict[str, Any]) -> Any:
    at = {"onward": entry.next_address(request), "finish": reverse("accounts:bankid_finish")}
    return asking.begin(request, client=client, back=reverse("accounts:log_in"), **at, **given)


@require_safe
@_open
def wait(request: HttpRequest, client: Client) -> HttpResponse:
    """Show how far the order has come. A script keeps the page fresh; without one it is loaded anew."""
    found = _look(request, client)
    if found is None:
        return redirect(asking.again(request))
    waiting = {"shown": found, "text": _text(request, found), "language": _language(request)}
    waiting |= {"app": settings.BANKID_APP, "about": asking.about(request)}
    return render(request, "accounts/bankid_wait.html", waiting)


@require_safe
@_open
def come_back(request: HttpRequest, client: Client, uuid: Any) -> HttpResponse:
    """The app brought her back: in the browser that began, the order is hers."""
    order = queries.order_of(request.session)
    if order is None or order.uuid != uuid:
        return render(request, "accounts/bankid_elsewhere.html", status=409)
    services.returned(order=order)
    return redirect("accounts:bankid_wait")


@require_safe
@_open
def show_qr(request: HttpRequest, client: Client) -> HttpResponse:
    """Draw the QR code of this second."""
    order = queries.order_of(request.session)
    if order is None:
        raise Http404
    drawn = io.BytesIO()
    code = segno.make(queries.qr_text(order, now=time.real_now()), error="l", micro=False)
    code.save(drawn, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@require_safe
@_open
def tell(request: HttpRequest, client: Client) -> HttpResponse:
    """Tell the page's script how far the order has come."""
    found = _look(request, client)
    if found is None:
        return JsonResponse({"status": "failed", "text": "", "qr": False})
    return JsonResponse({"status": found.status, "text": _text(request, found), "qr": found.has_qr})


@require_POST
@_open
def finish(request: HttpRequest, client: Client) -> HttpResponse:
    """Let in who has identified herself; to whom nobody here knows, say whom to ask."""
    order = queries.order_of(request.session)
    try:
        order = services.use(order=order) if order else None
    except Refused as refusal:
        return asking.refused(request, refusal)
    if order is None:
        return redirect("accounts:bankid")
    asking.done(request)
    user = auth.authenticate(request, vouched_personnummer=order.personnummer)
    if user is not None:
        return entry.enter(request, user, way="bankid")
    until = time.real_now() + VOUCHED_FOR
    request.session["vouched"] = [order.personnummer, order.given_name, order.surname, until.timestamp()]
    return render(request, "accounts/bankid_unknown.html", {"name": order.given_name})


@require_POST
@_open
def enter_new(request: HttpRequest, client: Client) -> HttpResponse:
    """Give somebody whom BankID has vouched for an account, to apply for courses with."""
    number, first_name, last_name, until = request.session.pop("vouched", ["", "", "", 0])
    if time.real_now().timestamp() > until:
        return redirect("accounts:bankid")
    accounts.ensure_person(personnummer=number, first_name=first_name, last_name=last_name, by=SYSTEM, now=time.now())
    user = auth.authenticate(request, vouched_personnummer=number)
    return entry.enter(request, user, way="bankid") if user else render(request, "accounts/closed.html", status=403)


@require_POST
@_open
def leave(request: HttpRequest, client: Client) -> HttpResponse:
    """End the order, and go back to the ways in."""
    order = queries.order_of(request.session)
    if order is not None:
        services.cancel(client=client, order=order)
    return redirect(asking.leave(request))


def _look(request: HttpRequest, client: Client) -> queries.Shown | None:
    order = queries.order_of(request.session)
    if order is None:
        return None
    looked = services.look(client=client, order=order, now=time.real_now())
    if looked is None:
        return None
    return queries.shown(looked, user_agent=request.headers.get("User-Agent", ""), app=settings.BANKID_APP)


def _language(request: HttpRequest) -> str:
    """Return the language of BankID's own messages: English where the browser asks for it first, else Swedish."""
    return "en" if request.headers.get("Accept-Language", "").strip().lower().startswith("en") else "sv"


def _text(request: HttpRequest, found: queries.Shown) -> str:
    return text_of(found.message, language=_language(request))
