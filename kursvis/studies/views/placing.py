"""Kursplacering: the applicants that the municipality has given to the school; call, place, return."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kursvis.access.actors import Actor
from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.admissions import services as admissions
from kursvis.admissions.queries.case import history_of
from kursvis.admissions.queries.mandate import against_taking_in
from kursvis.catalogue.queries.agreement import against_any_offer
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import ordered, page_of
from kursvis.organisation.queries import schools_where
from kursvis.people import services as people
from kursvis.studies import services
from kursvis.studies.forms import ChosenForm, PlaceForm, PlacingFilterForm, ReturnForm
from kursvis.studies.queries import placing as queries
from kursvis.studies.queries.groups import may_group
from kursvis.studies.queries.returning import return_reasons

PAGE_SIZE = 100
ORDERS = {
    "start": ("course_start__starts_on", "course_start__course__name_key", "student__name_key"),
    "namn": ("student__name_key",),
    "kurs": ("course_start__course__name_key", "course_start__starts_on", "student__name_key"),
}


@require_GET
@requires(Permission.PLACE)
def list_placements(request: ActorRequest) -> HttpResponse:
    """Show those who wait for the school, earliest start first."""
    wanted = PlacingFilterForm(request.GET).wanted()
    of_state = queries.choices_to_place(request.actor).filter(status=wanted.state)
    rows = ordered(queries.narrowed(of_state, wanted), request.GET.get("ordning"), ORDERS)
    page = page_of(request, rows, size=PAGE_SIZE)
    start = queries.start_narrowed_to(request.actor, wanted.course_start)
    shown = queries.placing_rows(page, today=time.today())
    found = [choice.student for choice in page]
    people.searched(students=found, place="placements", filters=request.GET.dict(), by=request.actor, now=time.now())
    context = {
        "page": page,
        "rows": shown,
        "some_can_be_called": any(not row.has_begun for row in shown),
        "against": against_any_offer(schools_where(request.actor, Permission.PLACE), today=time.today()),
        "wanted": wanted,
        "start": start,
        "groups": queries.groups_of_start(start, today=time.today()),
        "today": time.today(),
        "start_days": queries.start_days_of(of_state, today=time.today(), shows_inactive=request.actor.shows_inactive),
        "courses": queries.courses_of(of_state),
    }
    return render(request, "studies/placements.html", context)


@require_POST
@requires(Permission.PLACE)
def do_with_chosen(request: ActorRequest) -> HttpResponse:
    """Call the chosen applicants, or place them in a group, each by herself; show what became of each."""
    form = ChosenForm(request.POST)
    if not form.is_valid():
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return redirect("studies:list_placements")
    results = _done_with(form.cleaned_data, request.actor)
    done = sum(not result.reasons for result in results)
    return render(request, "studies/results.html", {"results": results, "done": done})


def _done_with(chosen: dict[str, Any], actor: Actor) -> list[services.StepResult]:
    choices = queries.chosen_choices(actor, chosen["row"])
    if chosen["do"] == "call":
        return services.call_each(choices=choices, by=actor, now=time.now())
    group = queries.group_to_place_in(choices, chosen["group"], today=time.today())
    return services.place_each(choices=choices, group=group, by=actor, now=time.now())


@require_GET
@requires(Permission.PLACE)
def show_placement(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show one applicant with the steps that can be done, and why the others cannot."""
    choice = queries.choice_to_place(request.actor, uuid)
    admissions.opened(choice=choice, by=request.actor, now=time.now())
    return _placement(request, choice)


@require_POST
@requires(Permission.PLACE)
def call_applicant(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Call one applicant; once more only when asked for."""
    choice = queries.choice_to_place(request.actor, uuid)
    services.call(choice=choice, by=request.actor, now=time.now(), again="again" in request.POST)
    address = queries.address_of(choice)
    sent = _("Kallelsen är sparad och skickas till {address}. Se Utskick.").format(address=address)
    messages.success(request, sent if address else _("Kallelsen är sparad och väntar på utskrift. Se Utskick."))
    return redirect("studies:show_placement", uuid)


@require_POST
@requires(Permission.PLACE)
def place_applicant(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Place one applicant in a group."""
    choice = queries.choice_to_place(request.actor, uuid)
    groups = queries.groups_for_placing(choice.course_start, today=time.today())
    form = PlaceForm(groups, today=time.today(), data=request.POST)
    if form.is_valid():
        group = form.cleaned_data["group"]
        placed = attempt(form, lambda: services.place(choice=choice, group=group, by=request.actor, now=time.now()))
        if placed:
            text = _("Placerad i {group}. Studierna börjar {day}.")
            messages.success(request, text.format(group=group.name, day=placed.starts_on))
            return redirect("studies:show_placement", uuid)
    return _placement(request, choice, place_form=form)


@require_POST
@requires(Permission.RETURN_CHOICES)
def return_applicant(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give one applicant back to the municipality; she and the counsellors are told."""
    choice = queries.choice_to_place(request.actor, uuid)
    ended = against_taking_in(choice, today=time.today())
    form = ReturnForm(return_reasons(choice, against_taking_in=ended, today=time.today()), request.POST)
    if form.is_valid():
        given = form.returned()
        if attempt(form, lambda: admissions.return_choice(choice=choice, **given, by=request.actor, now=time.now())):
            messages.success(request, _("Ansökan är returnerad. Den sökande och studievägledarna har fått besked."))
            return redirect("studies:show_placement", uuid)
    return _placement(request, choice, return_form=form)


def _placement(request: ActorRequest, choice: Any, **forms: Any) -> HttpResponse:
    today = time.today()
    groups = list(queries.groups_for_placing(choice.course_start, today=today))
    begun = queries.have_begun(groups, today=today)
    steps = queries.placing_steps(choice, has_group=bool(begun), today=today, by=request.actor)
    reasons = return_reasons(choice, against_taking_in=steps.taking_in, today=today)
    context = {
        "choice": choice,
        "row": queries.placing_row(choice, today=today),
        "steps": steps,
        "letters": queries.letters_about(choice),
        "history": history_of(choice),
        "may_group": not steps.taking_in and may_group(request.actor, choice.course_start, today=today),
        "place_form": forms.get("place_form") or PlaceForm(groups, today=today),
        "return_form": forms.get("return_form") or ReturnForm(reasons),
        "placed_in": queries.group_of(choice),
    }
    return render(request, "studies/placement.html", context | _said_before(choice, begun, today))


def _said_before(choice: Any, begun: list[bool], today: date) -> dict[str, Any]:
    """Return what is said before a press: when the studies start, where the call goes and what it lacks."""
    return {
        "today": today,
        "has_group": bool(begun),
        "some_begun": any(begun),
        "all_begun": all(begun),
        "address": queries.address_of(choice),
        "says_no_place": queries.says_no_place(choice),
    }
