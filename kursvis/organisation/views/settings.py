"""Deadlines and limits: what counts today, what comes, what has been."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.wording import label
from kursvis.organisation.forms.settings import SettingForm, ValueForm
from kursvis.organisation.queries import asked
from kursvis.organisation.queries import settings as queries
from kursvis.organisation.services import settings as services


@require_GET
@requires(Permission.EDIT_SETTINGS)
def list_settings(request: ActorRequest) -> HttpResponse:
    """Show every deadline and limit with its value today, what comes and what has been."""
    authorities = asked.authorities_with(request.actor, Permission.EDIT_SETTINGS)
    authority = asked.authority_asked_for(authorities, SettingForm(request.GET).authority())
    rows = queries.settings_on_page(authority.pk, today=time.today())
    groups = [(group, list(shown)) for group, shown in groupby(rows, key=lambda row: row.kind.group)]
    context = {"groups": groups, "authority": authority, "authorities": authorities}
    return render(request, "organisation/settings.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_SETTINGS)
def set_value(request: ActorRequest) -> HttpResponse:
    """Let a new value count from a day."""
    asks = SettingForm(request.GET)
    authorities = asked.authorities_with(request.actor, Permission.EDIT_SETTINGS)
    authority, setting = asked.authority_asked_for(authorities, asks.authority()), asks.wanted()
    form = ValueForm(setting, today=time.today(), data=request.POST or None)
    what: dict[str, Any] = {"authority": authority, "setting": setting, "by": request.actor, "now": time.now()}
    if form.is_valid() and (row := attempt(form, lambda: services.set_value(**form.cleaned_data, **what))):
        text = _("{name}: det nya värdet gäller från {day}.")
        messages.success(request, text.format(name=label("setting", setting).text, day=row.starts_on))
        return redirect(_list_of(authority))
    rows = queries.settings_on_page(authority.pk, today=time.today())
    shown = next(row for row in rows if row.setting is setting)
    context = {"form": form, "shown": shown, "authority": authority, "list_url": _list_of(authority)}
    return render(request, "organisation/setting_form.html", context)


@require_POST
@requires(Permission.EDIT_SETTINGS)
def take_back_value(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take back a value that has not begun to count."""
    row = queries.value_for(request.actor, uuid)
    services.take_back_value(row=row, by=request.actor, now=time.now())
    messages.success(request, _("Det kommande värdet är borttaget."))
    return redirect(_list_of(row.authority))


def _list_of(authority: Any) -> str:
    return f"{reverse('organisation:list_settings')}?kommun={authority.uuid}"
