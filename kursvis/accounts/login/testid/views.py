"""The test e-ID: pick somebody, or type an official test number. The pages do not exist in production."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kursvis.access.actors import SYSTEM
from kursvis.accounts import queries, services
from kursvis.accounts.login import entry
from kursvis.accounts.login.testid.forms import NewPersonForm, NumberForm
from kursvis.core import time


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def pick(request: HttpRequest) -> HttpResponse:
    """Show the persons of the demo; let in the one who was picked, or ask a new one for her name."""
    _only_in_a_demo()
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not form.is_new:
            return _enter(request, form.cleaned_data["personnummer"])
        return _ask_for_name(request, NewPersonForm(initial=form.cleaned_data))
    units = queries.demo_people(today=time.today())
    return render(request, "accounts/test_id.html", {"form": form, "units": units, "next": entry.next_address(request)})


@login_not_required
@never_cache
@require_POST
def enter_new(request: HttpRequest) -> HttpResponse:
    """Create the account of a new test person, and let her in."""
    _only_in_a_demo()
    form = NewPersonForm(request.POST)
    if not form.is_valid():
        return _ask_for_name(request, form)
    services.ensure_person(**form.cleaned_data, by=SYSTEM, now=time.now())
    return _enter(request, form.cleaned_data["personnummer"])


def _only_in_a_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _ask_for_name(request: HttpRequest, form: NewPersonForm) -> HttpResponse:
    return render(request, "accounts/test_id_new.html", {"form": form, "next": entry.next_address(request)})


def _enter(request: HttpRequest, number: str) -> HttpResponse:
    user = auth.authenticate(request, vouched_personnummer=number)
    if user is None:
        return render(request, "accounts/closed.html", status=403)
    return entry.enter(request, user, way="test_id")
