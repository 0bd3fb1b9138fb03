"""The table in which a school enters and changes many course starts at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms.narrowing import NarrowingForm
from kursvis.catalogue.forms.table_page import OfferTable
from kursvis.catalogue.queries import agreement, offer, rounds, study_forms, table
from kursvis.catalogue.services import table as services
from kursvis.core import time
from kursvis.core.forms import is_uuid
from kursvis.core.listing import PAGE_SIZE, page_of
from kursvis.organisation.queries import schools_where

P = Permission


@requires(P.EDIT_OFFER)
def edit_table(request: ActorRequest) -> HttpResponse:
    """Show the chosen course starts, or what the list's filter shows, as a table to edit; save its right rows."""
    if request.POST.get("do") == "open":
        return redirect(_address_of(request, request.POST.getlist("row")))
    page = page_of(request, _rows(request))
    posted = request.POST if request.method == "POST" else None
    rows = list(page)
    if posted is not None:
        rows = list(_in_order(table.rows_of(request.actor, _uuids(posted.getlist("row"))))[:PAGE_SIZE])
    study_forms.name_study_forms(rows)
    form, courses = _table(request, rows, posted)
    if form.is_to_be_saved:
        saved = services.save_table(rows=form.rows_to_save(), by=request.actor, now=time.now())
        form.take(saved)
        _say(request, saved, wrong=form.wrong)
        if not form.wrong:
            return redirect(_again(request, saved))
    return render(request, "catalogue/table.html", {"table": form, "page": page, "courses": courses})


def _rows(request: ActorRequest) -> Any:
    """Return the rows that the address asks for: chosen ones, or those of the list's filter."""
    rows = table.rows_to_edit(request.actor, today=time.today(), uuids=_uuids(request.GET.getlist("rad")))
    if not request.GET.getlist("rad"):
        rows = offer.narrowed(agreement.with_agreement_missing(rows, today=time.today()), _wanted(request.GET))
    return _in_order(rows)


def _in_order(rows: Any) -> Any:
    return rows.order_by("school__name_key", "starts_on", "course__name_key", "pk")


def _wanted(address: QueryDict) -> Any:
    return NarrowingForm(address).narrowing()


def _uuids(texts: list[str]) -> list[str]:
    return [text for text in texts if is_uuid(text)]


def _table(request: ActorRequest, rows: list[Any], posted: QueryDict | None) -> tuple[OfferTable, list[Any]]:
    today, schools = time.today(), schools_where(request.actor, P.EDIT_OFFER)
    open_rounds = list(rounds.rounds_to_offer_in(schools, today=today))
    periods = list(rounds.days_to_offer_on(schools, today=today))
    named = study_forms.study_forms_to_offer(
        schools, [*open_rounds, *(row.round for row in rows)], also=study_forms.first_and_last_of(periods)
    )
    form = OfferTable(
        posted,
        rows=rows,
        schools=list(agreement.schools_to_offer(schools, today=today)),
        rounds=open_rounds,
        study_forms=named,
        last_own_day=periods[-1].last_start_on if periods else None,
    )
    return form, table.courses_offered_by(schools.order_by())


def _say(request: ActorRequest, saved: services.TableSaved, *, wrong: int) -> None:
    number = len(saved.edited) + len(saved.added)
    if number:
        told = ngettext("{n} rad är sparad.", "{n} rader är sparade.", number).format(n=number)
        messages.success(request, told)
    elif not wrong:
        messages.info(request, _("Inget var ändrat."))
    if wrong:
        told = ngettext(
            "{n} rad är inte sparad. Se vad som är fel.", "{n} rader är inte sparade. Se vad som är fel.", wrong
        )
        messages.warning(request, told.format(n=wrong))


def _again(request: ActorRequest, saved: services.TableSaved) -> str:
    """Return the address of the same table, with what was added where rows were chosen."""
    chosen = request.GET.getlist("rad")
    return _address_of(request, [*chosen, *(str(row.uuid) for row in saved.added.values())] if chosen else [])


def _address_of(request: ActorRequest, uuids: list[str]) -> str:
    """Return the address of a table of these rows; without any, of those that this address shows."""
    address = request.GET.copy()
    if uuids:
        address.setlist("rad", uuids[:PAGE_SIZE])
    return f"{request.path}?{address.urlencode()}" if address else request.path
