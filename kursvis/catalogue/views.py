"""The offer as staff see it: rounds, the list of course starts, a course start and its steps."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.audit.queries import about
from kursvis.catalogue import forms, queries
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules.register import hours_for
from kursvis.catalogue.services import offer, rounds
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import ordered, page_of
from kursvis.core.wording import label
from kursvis.organisation.queries import authorities_where, schools_where

P = Permission
_ORDERS = {
    "start": ("starts_on", "course__name_key"),
    "kurs": ("course__name_key", "starts_on"),
    "skola": ("school__name_key", "starts_on"),
    "sokande": ("-applicants",),
}


@requires(P.SEE_OFFER)
def list_rounds(request: ActorRequest) -> HttpResponse:
    """Show the periods with their rounds: the help page's table."""
    editable = request.actor.authorities(P.EDIT_ROUNDS)
    context = {"periods": queries.rounds_readable_by(request.actor), "editable": editable, "today": time.today()}
    return render(request, "catalogue/rounds.html", context)


@requires(P.EDIT_ROUNDS)
def add_period(request: ActorRequest) -> HttpResponse:
    """Open a season of the catalogue."""
    authorities = authorities_where(request.actor, P.EDIT_ROUNDS)
    form = forms.PeriodForm(request.POST or None, authorities=authorities)
    who: dict[str, Any] = {"by": request.actor, "now": time.now()}
    if form.is_valid() and attempt(form, lambda: rounds.create_period(**form.cleaned_data, **who)) is not None:
        messages.success(request, _("Perioden är inlagd. Lägg in dess omgångar."))
        return redirect("catalogue:list_rounds")
    return render(request, "catalogue/period_form.html", {"form": form})


@requires(P.EDIT_ROUNDS)
def add_round(request: ActorRequest, period_uuid: UUID) -> HttpResponse:
    """Add a round to a period."""
    period = queries.period_for(request.actor, period_uuid)
    if period.authority_id not in request.actor.authorities(P.EDIT_ROUNDS):
        raise PermissionDenied
    form = forms.RoundForm(request.POST or None)
    who: dict[str, Any] = {"by": request.actor, "now": time.now()}
    if (
        form.is_valid()
        and attempt(form, lambda: rounds.create_round(period=period, **form.cleaned_data, **who)) is not None
    ):
        messages.success(request, _("Omgången är inlagd."))
        return redirect("catalogue:list_rounds")
    return render(request, "catalogue/round_form.html", {"form": form, "period": period})


@requires(P.SEE_OFFER)
def list_course_starts(request: ActorRequest) -> HttpResponse:
    """List the course starts of the reader's units."""
    readable = queries.readable_by(request.actor)
    wanted = forms.NarrowingForm(request.GET).narrowing()
    readable = queries.with_ended(readable, wanted, today=time.today())
    rows = queries.narrowed(readable, wanted)
    counts = queries.counts_by_status(queries.narrowed(readable, wanted.without_status()))
    context = {
        "page": page_of(request, ordered(rows, request.GET.get("ordning"), _ORDERS)),
        "wanted": wanted,
        "counts": [(status, counts.get(status.value, 0)) for status in rules.CourseStartStatus],
        "schools": queries.schools_of(readable),
        "rounds": queries.rounds_of(readable),
        "may_add": request.actor.holds(P.EDIT_OFFER),
    }
    return render(request, "catalogue/course_starts.html", context)


@requires(P.EDIT_OFFER)
def choose_course(request: ActorRequest) -> HttpResponse:
    """Find the course of a new course start, by word or code."""
    text = forms.NarrowingForm(request.GET).narrowing().text
    courses = queries.courses_to_offer(text, today=time.today()) if text else []
    return render(
        request, "catalogue/choose_course.html", {"courses": courses, "text": text, "most": queries.MOST_COURSES_SHOWN}
    )


@requires(P.EDIT_OFFER)
def add_course_start(request: ActorRequest, course_uuid: UUID) -> HttpResponse:
    """Enter a new course start of a chosen course."""
    course = queries.get_course(course_uuid)
    schools, today = schools_where(request.actor, P.EDIT_OFFER), time.today()
    open_rounds = queries.rounds_to_offer_in(schools, today=today)
    form = forms.CourseStartForm(request.POST or None, course=course, schools=schools, rounds=open_rounds, today=today)
    if form.is_valid() and (added := attempt(form, lambda: _create(request, form))):
        messages.success(request, _("Kursstarten är upplagd som utkast. Skicka den till kommunen när den är klar."))
        return redirect("catalogue:show_course_start", added.uuid)
    context = {"form": form, "course": course, "hours": course.points and hours_for(course.points)}
    return render(request, "catalogue/course_start_form.html", context)


def _create(request: ActorRequest, form: forms.CourseStartForm) -> Any:
    school = form.cleaned_data["school"]
    return offer.create_course_start(school=school, **form.offer(), by=request.actor, now=time.now())


@requires(P.EDIT_OFFER)
def edit_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change a draft."""
    course_start = _reached(request, uuid, P.EDIT_OFFER)
    schools = schools_where(request.actor, P.EDIT_OFFER).filter(pk=course_start.school_id)
    form = forms.CourseStartForm(
        request.POST or None,
        course=course_start.course,
        schools=schools,
        rounds=queries.rounds_to_offer_in(schools, today=time.today()),
        today=time.today(),
        initial=forms.initial_of(course_start),
    )
    if form.is_valid() and attempt(form, lambda: _edit(request, course_start, form)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("catalogue:show_course_start", uuid)
    against = rules.against_editing(course_start.facts())
    context = {"form": form, "course": course_start.course, "course_start": course_start, "against": against}
    return render(request, "catalogue/course_start_form.html", context | _hours(course_start))


def _edit(request: ActorRequest, course_start: Any, form: forms.CourseStartForm) -> bool:
    offer.edit_course_start(course_start=course_start, **form.offer(), by=request.actor, now=time.now())
    return True


@requires(P.SEE_OFFER)
def show_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a course start: its state, what can be done now, its facts and what has happened."""
    course_start = queries.get_for(request.actor, uuid)
    context = {
        "course_start": course_start,
        "may_edit": _may(request, course_start, P.EDIT_OFFER),
        "may_publish": _may(request, course_start, P.PUBLISH_OFFER),
        "against": _against(course_start, today=time.today()),
        "events": [_happened(event) for event in about(course_start).reverse()],
        "advice": queries.advice_before(course_start.course),
    }
    return render(request, "catalogue/course_start.html", context | _hours(course_start))


def _against(course_start: Any, *, today: date) -> dict[str, Any]:
    """Return, for each step whose state is right, the reasons against it: an empty list means that it can be done."""
    facts = course_start.facts()
    moves = rules.TRANSITIONS[facts.status]
    to = rules.CourseStartStatus
    steps: dict[str, tuple[bool, Callable[[], Any]]] = {
        "edit": (facts.status is to.DRAFT, lambda: rules.against_editing(facts)),
        "submit": (facts.status is to.DRAFT, lambda: offer.against_submitting(course_start, today=today)),
        "send_back": (to.DRAFT in moves, lambda: rules.against_sending_back(facts)),
        "publish": (to.PUBLISHED in moves, lambda: rules.against_publishing(facts, today=today)),
        "hide": (to.HIDDEN in moves, lambda: rules.against_hiding(facts)),
        "withdraw": (facts.status in (to.PUBLISHED, to.HIDDEN), lambda: rules.against_withdrawing(facts)),
        "cancel": (to.CANCELLED in moves, lambda: rules.against_cancelling(facts)),
        "stop": (facts.status is to.PUBLISHED and not facts.stopped, lambda: rules.against_stopping(facts)),
        "resume": (facts.stopped and bool(moves), lambda: rules.against_resuming(facts)),
    }
    return {name: against() for name, (offered, against) in steps.items() if offered}


def _happened(event: Any) -> dict[str, Any]:
    detail = event.detail.get("status_reason", "")
    if event.verb == "course_start.edited":
        detail = ", ".join(str(label("course_start_field", name).text) for name in event.detail)
    text = label("course_start_event", event.verb).text
    return {"at": event.at, "text": text, "who": event.actor_name, "detail": detail}


def _hours(course_start: Any) -> dict[str, Any]:
    return {"hours": hours_for(course_start.points)}


def _may(request: ActorRequest, course_start: Any, permission: Permission) -> bool:
    return request.actor.holds(permission, authority_id=course_start.authority_id, school_id=course_start.school_id)


def _reached(request: ActorRequest, uuid: UUID, *any_of: Permission) -> Any:
    """Return the course start: 404 when the actor may not read it, 403 when she may not do the step there."""
    course_start = queries.get_for(request.actor, uuid)
    if not any(_may(request, course_start, permission) for permission in any_of):
        raise PermissionDenied
    return course_start


@require_POST
@requires(P.EDIT_OFFER)
def submit_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send a draft to the municipality."""
    return _done(request, _reached(request, uuid, P.EDIT_OFFER), offer.submit, _("Kursstarten är skickad."))


@require_POST
@requires(P.PUBLISH_OFFER)
def publish_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show the offer in the public catalogue."""
    return _done(request, _reached(request, uuid, P.PUBLISH_OFFER), offer.publish, _("Kursstarten är publicerad."))


@require_POST
@requires(P.SEE_OFFER)
def hide_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take the offer out of the public catalogue; school and municipality may both."""
    course_start = _reached(request, uuid, P.EDIT_OFFER, P.PUBLISH_OFFER)
    return _done(request, course_start, offer.hide, _("Kursstarten är dold. De som har sökt är kvar."))


@require_POST
@requires(P.EDIT_OFFER)
def withdraw_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a published offer back for change."""
    done = _("Kursstarten är tillbakatagen. Kommunen skickar den till er för ändring.")
    return _done(request, _reached(request, uuid, P.EDIT_OFFER), offer.withdraw, done)


@require_POST
@requires(P.EDIT_OFFER)
def stop_applications(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Stop applications by hand."""
    return _done(request, _reached(request, uuid, P.EDIT_OFFER), offer.stop_applications, _("Ansökan är stoppad."))


@require_POST
@requires(P.EDIT_OFFER)
def resume_applications(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Open for applications again."""
    return _done(request, _reached(request, uuid, P.EDIT_OFFER), offer.resume_applications, _("Ansökan är öppen igen."))


@requires(P.PUBLISH_OFFER)
def send_back_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give a submitted offer back to the school, with a reason."""
    course_start = _reached(request, uuid, P.PUBLISH_OFFER)
    return _with_reason(
        request,
        course_start,
        form=forms.SendBackForm(request.POST or None),
        step=offer.send_back,
        against=rules.against_sending_back(course_start.facts()),
        page="catalogue/send_back.html",
    )


@requires(P.SEE_OFFER)
def cancel_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Cancel a course start for good, with a reason; school and municipality may both."""
    course_start = _reached(request, uuid, P.EDIT_OFFER, P.PUBLISH_OFFER)
    return _with_reason(
        request,
        course_start,
        form=forms.CancelForm(request.POST or None),
        step=offer.cancel,
        against=rules.against_cancelling(course_start.facts()),
        page="catalogue/cancel.html",
    )


def _done(request: ActorRequest, course_start: Any, step: Callable[..., None], text: str) -> HttpResponse:
    step(course_start=course_start, by=request.actor, now=time.now())
    messages.success(request, text)
    return redirect("catalogue:show_course_start", course_start.uuid)


def _with_reason(
    request: ActorRequest, course_start: Any, *, form: Any, step: Callable[..., None], against: Any, page: str
) -> HttpResponse:
    def do() -> bool:
        step(course_start=course_start, **form.cleaned_data, by=request.actor, now=time.now())
        return True

    if form.is_valid() and attempt(form, do):
        messages.success(request, _("Klart: %(state)s.") % {"state": label("course_start", course_start.status).text})
        return redirect("catalogue:show_course_start", course_start.uuid)
    return render(request, page, {"form": form, "course_start": course_start, "against": against})
