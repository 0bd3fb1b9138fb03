"""What a colleague is called in the municipality's directory."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Action, Permission
from kursvis.accounts.confirm.decorators import confirms
from kursvis.accounts.login.directory import queries
from kursvis.accounts.login.directory.forms import NameForm
from kursvis.accounts.login.directory.services import names as services
from kursvis.accounts.queries import colleague as read_one
from kursvis.accounts.queries import staff as read
from kursvis.core import time
from kursvis.core.forms import attempt


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def write_name(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write what a colleague is called in the directory of her municipality, or take it away."""
    today = time.today()
    user = read.get_colleague(request.actor, uuid, today=today)
    found = queries.names_to_edit(user, request.actor)
    if not found:
        raise Http404
    directory, name = found[0]
    form = NameForm(request.POST or None, initial={"subject": name.subject if name else ""}, directory=directory)
    if form.is_valid() and attempt(form, lambda: _write(request, directory, user, form)):
        messages.success(request, _("Namnet i katalogen är sparat."))
        return redirect("accounts:person", uuid)
    against = read_one.against_editing(user, request.actor, today=today)
    shown = {"form": form, "person": user, "directory": directory, "against": against}
    return render(request, "accounts/directory_name.html", shown)


def _write(request: ActorRequest, directory: Any, user: Any, form: NameForm) -> bool:
    services.write_name(directory=directory, user=user, **form.cleaned_data, by=request.actor, now=time.now())
    return True
