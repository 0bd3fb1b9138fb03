"""Importing an offer: the file is sent, somebody says how it is read, a run looks it through and carries it out."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms import imports as forms
from kursvis.catalogue.queries import agreement
from kursvis.catalogue.queries import imports as queries
from kursvis.catalogue.queries.import_example import example_file
from kursvis.catalogue.rules.imports.columns import restored
from kursvis.catalogue.rules.imports.rows import said_by
from kursvis.catalogue.services import imports
from kursvis.core import listing, time
from kursvis.core.forms import attempt
from kursvis.core.reasons import Refused
from kursvis.organisation.queries import schools_where
from kursvis.work import queries as runs
from kursvis.work import rules as run_rules
from kursvis.work.rules import RunStatus

P = Permission
_SHOWN_AS_READ = 5


@requires(P.EDIT_OFFER)
def import_offer(request: ActorRequest) -> HttpResponse:
    """Send a file, and see the files that have been sent."""
    schools = agreement.schools_to_offer(schools_where(request.actor, P.EDIT_OFFER), today=time.today())
    form = forms.UploadForm(request.POST or None, request.FILES or None, schools=schools)
    if form.is_valid() and (sent := attempt(form, lambda: _upload(request, form))):
        return redirect("catalogue:map_import", sent.uuid)
    page = listing.page_of(request, queries.readable_by(request.actor))
    return render(request, "catalogue/import_offer.html", {"form": form, "page": page})


def _upload(request: ActorRequest, form: forms.UploadForm) -> Any:
    given = form.cleaned_data
    content, name = given["file"].read(), given["file"].name
    return imports.upload(school=given["school"], content=content, file_name=name, by=request.actor, now=time.now())


@requires(P.EDIT_OFFER)
def map_import(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say what the columns mean, and see the first rows as they are read; then look all of them through."""
    sent = queries.get_for(request.actor, uuid)
    reading = restored(sent.reading)
    form = forms.ReadingForm(
        request.POST or None,
        headings=sent.headings,
        study_forms=forms.all_study_forms(),
        initial=forms.initial_of(reading),
    )
    if form.is_valid():
        reading = form.reading()
        if request.POST.get("do") == "look" and attempt(form, lambda: _look_through(request, sent, reading)):
            return redirect("catalogue:show_import", uuid)
    try:
        table = imports.table_in(sent)
    except Refused as erased:
        return render(request, "catalogue/map_import.html", {"sent": sent, "against": erased.reasons})
    first = [(number, *said_by(cells, reading)) for number, cells in table.rows[:_SHOWN_AS_READ]]
    unused = [text for place, text in enumerate(sent.headings) if text and place not in reading.columns.values()]
    context = {"sent": sent, "form": form, "first": first, "table": table, "unused": unused}
    return render(request, "catalogue/map_import.html", context)


def _look_through(request: ActorRequest, sent: Any, reading: Any) -> Any:
    return imports.look_through(offer_import=sent, reading=reading, by=request.actor, now=time.now())


@require_safe
@never_cache
@requires(P.EDIT_OFFER)
def show_import(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show an import: what it would do, does or has done, and each row with what it changes or why it does not go."""
    sent = queries.get_for(request.actor, uuid)
    if sent.run is None:
        return redirect("catalogue:map_import", uuid)
    counts = runs.counts_of(sent.run)
    facts = runs.facts_of(sent.run, counts)
    tabs = queries.tabs_of(sent, request.GET.get("rader"))
    page = listing.page_of(request, queries.rows_of(sent, next(tab.name for tab in tabs if tab.is_on)))
    is_over = facts.status in (RunStatus.UNDONE, RunStatus.STOPPED) and not counts.done
    context = {
        "sent": sent,
        "run": sent.run,
        "counts": counts,
        "verdicts": {verdict.value: number for verdict, number in queries.counts_of(sent).items()},
        "progress": runs.progress_of(sent.run, counts),
        "moves": facts.status in run_rules.MOVES_BY_ITSELF,
        "against_starting": run_rules.against_starting(facts, actor_user_id=request.actor.user_id),
        "may_stop": not run_rules.against_stopping(facts),
        "may_read_again": sent.erased_at is None and (facts.status is RunStatus.READY or is_over),
        "against_undoing": run_rules.against_undoing(facts, real_now=time.real_now()),
        "why_stopped": run_rules.restored(sent.run.reasons),
        "tabs": tabs,
        "page": page,
        "lines": queries.lines_of(sent, page),
    }
    return render(request, "catalogue/import.html", context)


@require_safe
@never_cache
@requires(P.EDIT_OFFER)
def refused_rows(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Hand back the rows that did not go, with why, as a file to correct and send again."""
    content = imports.refused_rows(offer_import=queries.get_for(request.actor, uuid), by=request.actor, now=time.now())
    return _file(content, "rader-som-inte-gick.csv")


@require_safe
@requires(P.EDIT_OFFER)
def import_example(request: ActorRequest) -> HttpResponse:
    """Hand out a file to try an import with: courses of the register, in the next round of the actor's school."""
    schools = schools_where(request.actor, P.EDIT_OFFER)
    return _file(example_file(schools, today=time.today()), "exempel-utbud.csv")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
