"""The pages that ask her to show anew who she is, and lead her back to what she was doing (R06)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kursvis.access.decorators import ActorRequest
from kursvis.access.rules import SIGNATURES, Action
from kursvis.accounts.confirm import queries, services
from kursvis.accounts.confirm.forms import ConfirmPasswordForm
from kursvis.accounts.confirm.rules import ADDRESSES, BY_ADDRESS, ConfirmWay, may_confirm
from kursvis.accounts.login import entry
from kursvis.accounts.login.bankid import asking
from kursvis.accounts.login.bankid.client import connection
from kursvis.accounts.login.bankid.forms import WayForm
from kursvis.accounts.login.bankid.queries import order_of
from kursvis.core import rate_limits, time
from kursvis.core.forms import attempt
from kursvis.core.reasons import Refused


def _action(address: str) -> Action:
    if address not in BY_ADDRESS:
        raise Http404
    return BY_ADDRESS[address]


def _who_when(request: ActorRequest) -> dict[str, Any]:
    return {"user": request.user, "by": request.actor, "now": time.now(), "real_now": time.real_now()}


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActorRequest, action: str) -> HttpResponse:
    """Say what is to be confirmed, and with what; take her password."""
    step, form = _action(action), ConfirmPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"password": form.cleaned_data["password"], "sender": rate_limits.sender_of(request)}
        attempt(
            form,
            lambda: services.by_password(request.session, action=step, **given, **_who_when(request)),
            fields={"accounts.wrong_password": "password"},
        )
        if form.is_valid():
            return _back(request, step)
    return _page(request, step, form)


def _page(request: ActorRequest, step: Action, form: ConfirmPasswordForm) -> HttpResponse:
    user = request.user
    assert user.is_authenticated
    ways = queries.ways_of(user)
    until = queries.confirmed_until(request.session, step, user_id=user.pk, now=time.real_now())
    shown = {
        "action": step,
        "address": ADDRESSES[step],
        "form": form,
        "next": entry.next_address(request),
        "is_signature": step in SIGNATURES,
        "ways": {way.value for way in ways if may_confirm(step, way)},
        "has_personnummer": user.personnummer is not None,
        "until": until,
    }
    return render(request, "accounts/confirm.html", shown)


def _back(request: ActorRequest, step: Action, onward: str = "") -> HttpResponse:
    """Go on to where she was, and say that it holds; a saved form says so itself."""
    onward = onward or entry.next_address(request)
    if not onward.startswith("/sparat/"):
        messages.success(request, _("Du har bekräftat att det är du. Det gäller i fem minuter."))
    return redirect(onward)


@never_cache
@require_POST
def begin_bankid(request: ActorRequest, action: str) -> HttpResponse:
    """Begin a signature with BankID of a text that says what she confirms; only her own number completes it."""
    step, client, form = _action(action), connection(), WayForm(request.POST)
    if client is None or not form.is_valid():
        raise Http404
    user, onward = request.user, entry.next_address(request)
    assert user.is_authenticated
    try:
        asking.begin(
            request,
            client=client,
            way=form.cleaned_data["way"],
            expected=user.personnummer or "",
            wanted=services.wanted_of(user, step),
            onward=onward,
            finish=reverse("accounts:confirm_bankid_done", args=[action]),
            back=_address(action, onward),
        )
    except Refused as refusal:
        return _not_done(request, action, onward, refusal)
    return redirect("accounts:bankid_wait")


@never_cache
@require_POST
def finish_bankid(request: ActorRequest, action: str) -> HttpResponse:
    """Use the signature: the step is confirmed."""
    step, onward = _action(action), asking.about(request)["next"]
    try:
        services.by_bankid(request.session, order=order_of(request.session), action=step, **_who_when(request))
    except Refused as refusal:
        return asking.refused(request, refusal)
    asking.done(request)
    return _back(request, step, onward)


@never_cache
@require_POST
def use_test_id(request: ActorRequest, action: str) -> HttpResponse:
    """Confirm with the demo's test e-ID."""
    step, onward = _action(action), entry.next_address(request)
    if ConfirmWay.TEST_ID not in queries.ways_of(request.user):  # type: ignore[arg-type]
        raise Http404
    services.by_test_id(request.session, action=step, **_who_when(request))
    return _back(request, step, onward)


def _not_done(request: HttpRequest, action: str, onward: str, refusal: Refused) -> HttpResponse:
    shown = {"reasons": refusal.reasons, "again": _address(action, onward)}
    return render(request, "accounts/bankid_refused.html", shown, status=409)


def _address(action: str, onward: str) -> str:
    return f"{reverse('accounts:confirm', args=[action])}?{urlencode({'next': onward})}"
