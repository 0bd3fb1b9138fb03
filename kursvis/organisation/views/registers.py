"""The municipality's registers: one set of pages for all seven."""

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
from kursvis.core.listing import page_of
from kursvis.organisation.forms.registers import EditEntryForm, EndForm, EntryForm, RegisterForm
from kursvis.organisation.queries import asked
from kursvis.organisation.queries import registers as queries
from kursvis.organisation.queries.history import history
from kursvis.organisation.rules.registers import MEANINGS, TOLD, Register
from kursvis.organisation.services import registers as services

P = Permission


@require_GET
@requires(P.EDIT_SETTINGS, P.EDIT_PRICES)
def list_entries(request: ActorRequest) -> HttpResponse:
    """Show one register: what is in force, and what has ended when it is asked for."""
    form, today = RegisterForm(request.GET), time.today()
    authorities = asked.authorities_with(request.actor, P.EDIT_SETTINGS, P.EDIT_PRICES)
    authority = asked.authority_asked_for(authorities, form.authority())
    readable = queries.registers_for(request.actor, authority.pk)
    register = form.wanted(readable)
    every = queries.entries(authority.pk, register)
    inactive_too = "inaktiva" in request.GET or request.actor.shows_inactive
    shown = queries.listed(every, on=today, shows_inactive=inactive_too)
    page = page_of(request, shown)
    context = {
        "page": page,
        "hidden": every.count() - page.paginator.count,
        "register": register,
        "registers": readable,
        "authorities": authorities,
        "authority": authority,
        "may_edit": authority.pk in request.actor.authorities(P.EDIT_SETTINGS),
        "has_meaning": register in MEANINGS,
        "is_told": register in TOLD,
        "today": today,
    }
    return render(request, "organisation/registers.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def add_entry(request: ActorRequest) -> HttpResponse:
    """Add an entry to the register in the address."""
    asks = RegisterForm(request.GET)
    authorities = asked.authorities_with(request.actor, P.EDIT_SETTINGS)
    authority, register = asked.authority_asked_for(authorities, asks.authority()), asks.wanted(list(Register))
    form = EntryForm(register, time.today(), request.POST or None)
    what: dict[str, Any] = {"authority": authority, "register": register, "by": request.actor, "now": time.now()}
    if form.is_valid() and (added := attempt(form, lambda: services.add_entry(**form.cleaned_data, **what))):
        messages.success(request, _("{name} är tillagd.").format(name=added.name))
        return redirect(_list_of(added))
    context = {"form": form, "register": register, "authority": authority, "authorities": authorities}
    return render(request, "organisation/register_entry_form.html", context)


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_SETTINGS)
def edit_entry(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change an entry's name and text, and see what has happened to it."""
    entry = queries.entry_for(request.actor, uuid)
    form = EditEntryForm(entry, request.POST or None)
    if form.is_valid() and attempt(form, lambda: _edit(request, entry, form)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect(_list_of(entry))
    return _entry_page(request, entry, form=form)


def _edit(request: ActorRequest, entry: Any, form: EditEntryForm) -> bool:
    services.edit_entry(entry=entry, **form.cleaned_data, by=request.actor, now=time.now())
    return True


@require_POST
@requires(P.EDIT_SETTINGS)
def end_entry(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Let an entry be chosen until a day."""
    entry = queries.entry_for(request.actor, uuid)
    form = EndForm(request.POST)
    if form.is_valid() and attempt(form, lambda: _end(request, entry, form)):
        text = _("{name} kan väljas till och med {day}.")
        messages.success(request, text.format(name=entry.name, day=form.cleaned_data["ends_on"]))
        return redirect(_list_of(entry))
    return _entry_page(request, entry, end_form=form)


def _end(request: ActorRequest, entry: Any, form: EndForm) -> bool:
    services.end_entry(entry=entry, **form.cleaned_data, by=request.actor, now=time.now())
    return True


@require_POST
@requires(P.EDIT_SETTINGS)
def reopen_entry(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take an end back."""
    entry = queries.entry_for(request.actor, uuid)
    services.reopen_entry(entry=entry, by=request.actor, now=time.now())
    messages.success(request, _("{name} gäller tills vidare.").format(name=entry.name))
    return redirect(_list_of(entry))


def _entry_page(request: ActorRequest, entry: Any, **forms: Any) -> HttpResponse:
    shown = {"form": EditEntryForm(entry), "end_form": EndForm(initial={"ends_on": time.today()})} | forms
    against = services.against_reopening(entry) if entry.ends_on else []
    context = {"entry": entry, "list_url": _list_of(entry), "against_reopening": against, "events": history(entry)}
    context["has_meaning"] = bool(entry.meaning)
    return render(request, "organisation/register_entry.html", context | shown)


def _list_of(entry: Any) -> str:
    return f"{reverse('organisation:list_entries')}?register={entry.register}&kommun={entry.authority.uuid}"
