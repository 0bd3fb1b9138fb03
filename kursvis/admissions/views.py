"""Applications for those who handle them: the list, the case, the steps."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.admissions import queries, services
from kursvis.admissions.forms import DecisionForm, EvidenceForm, FilterForm, OpeningForm, PastedForm
from kursvis.admissions.queries import case
from kursvis.admissions.queries.registers import return_reasons_for
from kursvis.admissions.rules import Outcome
from kursvis.core import listing
from kursvis.core.forms import attempt, is_uuid
from kursvis.core.time import now, today
from kursvis.organisation import queries as organisation
from kursvis.people import services as people

P = Permission


@requires(P.SEE_APPLICATIONS)
def list_choices(request: ActorRequest) -> HttpResponse:
    """Show the applications that the actor reaches, first what waits for a decision (at a school: for its placing)."""
    actor = request.actor
    reached = queries.readable_by(actor)
    default = "besluta" if actor.authorities(P.SEE_APPLICATIONS) else "fordelade"
    filters = FilterForm(request.GET).filters(default_state=default)
    rows = queries.with_facts(queries.filtered(reached, today=today(), **filters))
    rows = listing.ordered(rows, request.GET.get("ordning"), queries.ORDERS)
    page = listing.page_of(request, rows)
    people.searched(
        students=[row.student for row in page], place="choices", filters=request.GET.dict(), by=actor, now=now()
    )
    content = {
        "page": page,
        "filters": filters,
        "states": queries.state_tabs(reached, filters, is_default=default, today=today()),
        "schools": organisation.schools_for_picker(actor, P.SEE_APPLICATIONS, today=today()),
        "starts": queries.start_dates(reached, today=today(), shows_inactive=actor.shows_inactive),
        "reasons": return_reasons_for(actor, today=today()) if filters["state"] == "returnerade" else [],
        "outcomes": [outcome.value for outcome in Outcome],
        "may_distribute": actor.holds(P.DISTRIBUTE) and filters["state"] == "fordela",
    }
    return render(request, "admissions/list.html", content)


@requires(P.SEE_APPLICATIONS)
def show(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a case, and write that it was opened."""
    choice = queries.get_for(request.actor, uuid)
    services.opened(choice=choice, by=request.actor, now=now())
    return _case(request, choice)


@require_POST
@requires(P.DECIDE_RECEPTION)
def decide(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Decide reception."""
    choice = _reached(request, uuid, P.DECIDE_RECEPTION)
    form = DecisionForm(request.POST, choice=choice)
    if _done(form, lambda: services.decide(choice=choice, **form.decision(), by=request.actor, now=now())):
        messages.success(request, _decided(choice))
        return redirect("admissions:show", uuid=uuid)
    return _case(request, choice, decision_form=form)


@require_POST
@requires(P.DISTRIBUTE)
def distribute(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give the choice to the school."""
    choice = _reached(request, uuid, P.DISTRIBUTE)
    services.distribute(choice=choice, by=request.actor, now=now())
    messages.success(request, _("Fördelad till {school}.").format(school=choice.course_start.school.name))
    return redirect("admissions:show", uuid=uuid)


@require_POST
@requires(P.DISTRIBUTE)
def distribute_many(request: ActorRequest) -> HttpResponse:
    """Prepare a run that gives the ticked choices, or all that the list's filter shows, to their schools."""
    actor = request.actor
    if request.POST.get("alla"):
        filters = FilterForm(request.GET).filters(default_state="fordela")
        rows = queries.filtered(queries.to_distribute(actor), today=today(), **filters | {"state": "fordela"})
    else:
        rows = queries.chosen(queries.to_distribute(actor), list(filter(is_uuid, request.POST.getlist("row"))))
    run = services.prepare_distribution(choices=rows, by=actor, now=now())
    return redirect("work:show", uuid=run.uuid)


@requires(P.DISTRIBUTE)
def distribute_pasted(request: ActorRequest) -> HttpResponse:
    """Prepare a run for a pasted column of personal numbers; each line that does not fit is told in the form."""
    form = PastedForm(request.POST or None, actor=request.actor)
    if request.method == "POST":
        is_whole = form.is_valid()
        people.searched(students=form.students, place="distribution", filters=form.asked, by=request.actor, now=now())
        step = partial(services.prepare_distribution, choices=form.choices, by=request.actor, now=now())
        run = attempt(form, step) if is_whole else None
        if run is not None:
            return redirect("work:show", uuid=run.uuid)
    return render(request, "admissions/distribute_pasted.html", {"form": form})


@require_POST
@requires(P.RECORD_EVIDENCE)
def record_evidence(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Record what meets the condition."""
    choice = _reached(request, uuid, P.RECORD_EVIDENCE)
    form = EvidenceForm(request.POST)
    if _done(form, lambda: services.record_evidence(choice=choice, **form.cleaned_data, by=request.actor, now=now())):
        messages.success(request, _("Underlaget är registrerat och villkoret uppfyllt."))
        return redirect("admissions:show", uuid=uuid)
    return _case(request, choice, evidence_form=form)


@require_POST
@requires(P.SEE_APPLICATIONS)
def open_applicant(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a protected applicant's details once, to a named reader who says why."""
    choice = queries.get_for(request.actor, uuid)
    form = OpeningForm(request.POST)
    opened = _done(
        form, lambda: services.applicant_opened(choice=choice, **form.cleaned_data, by=request.actor, now=now())
    )
    return _case(request, choice, opening_form=form, is_open=opened)


def _decided(choice: Any) -> str:
    if choice.student.is_protected:
        return _("Beslutet är sparat och väntar på utskrift: det går med brev, inte med e-post.")
    return _("Beslutet är sparat och skickas till den sökande med e-post.")


def _done(form: Form, step: Callable[[], object]) -> bool:
    """Do the step with a form that can be read; say whether it was done. What was refused stands in the form."""
    return form.is_valid() and attempt(form, step) is not None


def _reached(request: ActorRequest, uuid: UUID, permission: Permission) -> Any:
    """Return the choice the actor reaches (404), where she holds the permission for it too (403)."""
    choice = queries.get_for(request.actor, uuid)
    if not case.holds(request.actor, permission, choice):
        raise PermissionDenied
    return choice


def _case(request: ActorRequest, choice: Any, *, is_open: bool = False, **given: Any) -> HttpResponse:
    """Render the case page; `given` forms replace the empty ones, with what was typed."""
    advice = case.advice_for(choice)
    content = {
        "choice": choice,
        "is_open": is_open or not choice.student.is_protected,
        "letters": case.sealed_messages_to(choice) if is_open and choice.student.is_protected else [],
        "advice": advice,
        "steps": case.steps_for(request.actor, choice, today=today()),
        "decisions": case.decisions_of(choice),
        "history": case.history_of(choice),
        "decision_form": DecisionForm(choice=choice, initial=case.proposal(advice)),
        "evidence_form": EvidenceForm(),
        "opening_form": OpeningForm(),
        **given,
    }
    return render(request, "admissions/case.html", content)
