"""The applicant's pages: apply, follow, withdraw. Every row is reached through her own records."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest
from kursvis.admissions import queries, services
from kursvis.admissions.forms import ApplicationForm, BasketForm
from kursvis.admissions.queries import basket as own_basket
from kursvis.admissions.queries import case
from kursvis.catalogue import queries as catalogue
from kursvis.catalogue.basket_cookie import keep_basket, read_basket
from kursvis.catalogue.queries import basket as catalogue_basket
from kursvis.core.forms import attempt
from kursvis.core.time import now, today
from kursvis.core.wording import sentence


def apply(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Apply to a course start of the public catalogue: save a draft, or send in."""
    course_start = catalogue.get_published(uuid)
    user = _applicant(request)
    own = queries.own_choice_of(user.pk, course_start)
    if own:
        return redirect("admissions:show_own", uuid=own.uuid)
    form = ApplicationForm(request.POST or None, initial=queries.known_contact(user, course_start))
    if request.method == "POST" and form.is_valid():
        step = services.save_draft if request.POST.get("do") == "save" else services.apply
        choice = attempt(
            form,
            lambda: step(course_start=course_start, user=user, **form.cleaned_data, by=request.actor, now=now()),
        )
        if choice:
            _tell(request, choice.status)
            return redirect("admissions:show_own", uuid=choice.uuid)
    reasons = queries.against_applying(user, course_start, today=today())
    content = {"form": form, "course_start": course_start, "reasons": reasons, "is_new": True}
    return render(request, "admissions/apply.html", content)


def apply_from_basket(request: ActorRequest) -> HttpResponse:
    """Apply to the course starts of the basket in one step; what is sent leaves the basket."""
    user, basket = _applicant(request), read_basket(request)
    each = own_basket.against_each(user, catalogue_basket.read_basket(basket, today=today()), today=today())
    starts, to_apply_for = [row[0] for row in each], [row[0] for row in each if not row[1]]
    known = queries.known_contact(user, to_apply_for[0]) if to_apply_for else {}
    form = BasketForm(request.POST or None, course_starts=starts, are_open=to_apply_for, initial=known)
    if request.method == "POST" and form.is_valid():
        submits = request.POST.get("do") != "save"
        made = services.apply_to_all(**form.application(), user=user, submits=submits, by=request.actor, now=now())
        _tell_all(request, made, submits=submits)
        sent = {choice.course_start.uuid for choice in made.choices}
        return keep_basket(redirect("admissions:list_own"), [key for key in basket if key not in sent])
    content = {"form": form, "hindered": [row for row in each if row[1]], "to_apply_for": to_apply_for}
    return render(request, "admissions/apply_from_basket.html", content)


def edit_draft(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change a draft; save it, or send it in."""
    choice = queries.get_own(_applicant(request).pk, uuid)
    if choice.status != "draft":
        return redirect("admissions:show_own", uuid=uuid)
    form = ApplicationForm(request.POST or None, initial=queries.contact_of(choice))
    if request.method == "POST" and form.is_valid():
        step = services.edit_draft if request.POST.get("do") == "save" else services.edit_and_submit
        if attempt(form, lambda: step(choice=choice, **form.cleaned_data, by=request.actor, now=now())):
            _tell(request, choice.status)
            return redirect("admissions:show_own", uuid=uuid)
    reasons = queries.against_applying(_applicant(request), choice.course_start, today=today())
    content = {"form": form, "course_start": choice.course_start, "reasons": reasons, "choice": choice}
    return render(request, "admissions/apply.html", content)


def list_own(request: ActorRequest) -> HttpResponse:
    """Show the person's own applications, at every authority."""
    own, day = queries.own_choices(_applicant(request).pk), today()
    return render(request, "admissions/own_list.html", {"choices": [(row, row.own_state(day)) for row in own]})


def show_own(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show one own application: receipt, where it stands, decision, what happens next."""
    choice = queries.get_own(_applicant(request).pk, uuid)
    decisions = case.decisions_of(choice)
    content = {
        "choice": choice,
        "state": choice.own_state(today()),
        "decisions": decisions,
        "path": case.own_path(choice, decisions),
        "history": case.own_history_of(choice),
        "steps": case.own_steps_for(choice, today=today()),
    }
    return render(request, "admissions/own_show.html", content)


@require_POST
def submit(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send in a draft as it stands."""
    choice = queries.get_own(_applicant(request).pk, uuid)
    services.submit(choice=choice, by=request.actor, now=now())
    _tell(request, choice.status)
    return redirect("admissions:show_own", uuid=uuid)


@require_POST
def withdraw(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take an application back."""
    choice = queries.get_own(_applicant(request).pk, uuid)
    services.withdraw(choice=choice, by=request.actor, now=now())
    messages.success(request, _("Du har tagit tillbaka ansökan."))
    return redirect("admissions:show_own", uuid=uuid)


def _applicant(request: ActorRequest) -> Any:
    """Return who is logged in: no address here is open, so somebody always is."""
    return request.user


def _tell_all(request: ActorRequest, made: Any, *, submits: bool) -> None:
    for choice in made.choices:
        text = (
            _("{course}: ansökan nummer {number} är inskickad. Du får en kvittens.")
            if submits
            else _("{course}: utkastet är sparat. Det är inte inskickat än.")
        )
        course = choice.course_start.course.name
        messages.success(request, text.format(course=course, number=choice.application.number))
    for course_start, reasons in made.refused:
        why = " ".join(sentence(reason) for reason in reasons)
        messages.warning(request, _("{course} är inte sökt. {why}").format(course=course_start.course.name, why=why))


def _tell(request: ActorRequest, status: str) -> None:
    sent = status == "submitted"
    messages.success(
        request, _("Ansökan är inskickad.") if sent else _("Utkastet är sparat. Det är inte inskickat än.")
    )
