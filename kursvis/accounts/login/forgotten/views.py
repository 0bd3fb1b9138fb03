"""A forgotten password: the answer, and the time it takes, are the same whether there is such an account or not."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kursvis.accounts import services
from kursvis.accounts.login import limits
from kursvis.accounts.login.forgotten.forms import ForgottenForm
from kursvis.accounts.rules.locks import RESETS_FROM_AN_ADDRESS


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask who she is, and let the worker look for her: nothing is looked up here."""
    form, status = ForgottenForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        if limits.may_try(request, "reset_from", RESETS_FROM_AN_ADDRESS):
            services.links.ask_for_reset(typed=form.cleaned_data["typed"])
            return render(request, "accounts/forgotten_sent.html")
        form.ask_to_wait()
        status = 429
    return render(request, "accounts/forgotten.html", {"form": form}, status=status)
