"""The municipality's directory as it is set up."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Action, Permission
from kursvis.accounts.confirm.decorators import confirms
from kursvis.accounts.login.directory import queries
from kursvis.accounts.login.directory.forms import DirectoryForm
from kursvis.accounts.login.directory.services import set_up as services
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.organisation.forms.municipality import MunicipalityForm
from kursvis.organisation.queries import asked


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_SETTINGS)
@confirms(Action.CHANGE_ACCOUNTS)
def set_up(request: ActorRequest) -> HttpResponse:
    """Set up, or change, the directory that the municipality's staff log in by."""
    authorities = asked.authorities_with(request.actor, Permission.EDIT_SETTINGS)
    authority = asked.authority_asked_for(authorities, MunicipalityForm(request.GET).authority())
    directory = queries.directory_of(authority)
    form = DirectoryForm(request.POST or None, initial=queries.as_set_up(directory))
    if form.is_valid() and attempt(
        form,
        lambda: _set_up(request, authority, form),
        fields={"accounts.directory_issuer_not_https": "issuer", "accounts.directory_issuer_wrong": "issuer"},
    ):
        messages.success(request, _("Katalogen är sparad."))
        return redirect(f"{reverse('accounts:login_ways')}?kommun={authority.uuid}")
    shown = {"form": form, "authority": authority, "directory": directory}
    shown |= {"names": queries.number_of_names(directory), "secret": queries.name_of_secret(authority)}
    return render(request, "accounts/directory_set_up.html", shown)


def _set_up(request: ActorRequest, authority: Any, form: DirectoryForm) -> bool:
    services.set_up(authority=authority, **form.cleaned_data, by=request.actor, now=time.now())
    return True
