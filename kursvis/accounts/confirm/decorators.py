"""The door before a step that wants a confirmation: nothing that was sent is lost at it (R06)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from kursvis.access.decorators import ActorRequest
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.accounts.confirm.rules import ADDRESSES
from kursvis.accounts.rules.saved_forms import Field
from kursvis.accounts.services import saved_forms
from kursvis.core import time

View = Callable[..., HttpResponse]


def confirms(
    action: Action,
    *,
    when: Callable[[HttpRequest], bool] = lambda request: True,
    told: Callable[..., list[Field]] | None = None,
) -> Callable[[View], View]:
    """Let what is posted to a view pass only when its kind of step is confirmed; else keep it and ask who she is.

    `when` says which posts want it, of a view that takes several. `told` says in words what was on its way to be done,
    of the request and the view's arguments: shown before the last press, in place of the fields that were sent.

    Stands after `requires`. The service asks the same rule (`against_unconfirmed`) and refuses; this door only leads to
    the page where it is met.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            is_wanted = request.method == "POST" and when(request)
            if is_wanted and against_unconfirmed(request.actor.confirmed, action):
                return _ask(request, action, told(request, *args, **kwargs) if told else [])
            return view(request, *args, **kwargs)

        guarded.confirms = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def _ask(request: ActorRequest, action: Action, told: list[Field]) -> HttpResponse:
    typed = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    assert request.user.is_authenticated
    saved = saved_forms.keep_to_confirm(
        user=request.user, path=request.get_full_path(), typed=typed, action=action, told=told, now=time.real_now()
    )
    onward = reverse("accounts:saved_form", args=[saved.uuid]) if saved else _where_she_was(request)
    if saved is None:
        messages.warning(request, _("Det du skickade är för stort för att sparas. Bekräfta, och skicka det igen."))
    return redirect(f"{reverse('accounts:confirm', args=[ADDRESSES[action]])}?{urlencode({'next': onward})}")


def _where_she_was(request: HttpRequest) -> str:
    back = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return "/" + back.split("/", 3)[3] if is_ours and back.count("/") > 2 else "/"
