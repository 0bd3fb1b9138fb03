"""The offer as staff see it: the list of course starts, a new one, and a course start's page."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.audit.queries import about
from kursvis.catalogue.forms import offer as forms
from kursvis.catalogue.forms.narrowing import NarrowingForm
from kursvis.catalogue.forms.shown import ShownCourseStartForm
from kursvis.catalogue.queries import agreement, courses, rounds, study_forms, templates
from kursvis.catalogue.queries import offer as queries
from kursvis.catalogue.rules import editing, late
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules.register import hours_for
from kursvis.catalogue.services import continuous, offer
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import ordered, page_of
from kursvis.core.wording import label
from kursvis.organisation.queries import schools_where

P = Permission
_ORDERS = {
    "start": ("starts_on", "course__name_key"),
    "kurs": ("course__name_key", "starts_on"),
    "skola": ("school__name_key", "starts_on"),
    "sokande": ("-applicants",),
}


@requires(P.SEE_OFFER)
def list_course_starts(request: ActorRequest) -> HttpResponse:
    """List the course starts of the reader's units."""
    today, actor = time.today(), request.actor
    wanted = NarrowingForm(request.GET).narrowing()
    readable = queries.with_ended(queries.readable_by(actor), wanted, today=today)
    readable = agreement.with_agreement_missing(readable, today=today)
    rows = queries.narrowed(readable, wanted)
    page = page_of(request, ordered(rows, request.GET.get("ordning"), _ORDERS))
    study_forms.name_study_forms(page)
    counts = queries.counts_by_status(queries.narrowed(readable, wanted.without_status()))
    inactive_too = actor.shows_inactive or wanted.ended_too
    context = {
        "page": page,
        "wanted": wanted,
        "counts": [(status, counts.get(status.value, 0)) for status in rules.CourseStartStatus],
        "incomplete": queries.narrowed(readable, wanted.lacking_something()).count(),
        "late": queries.narrowed(readable, wanted.without_status().coming_late()).count(),
        "lacking": queries.narrowed(readable, wanted.without_status().lacking_agreement()).count(),
        "schools": queries.schools_to_filter_by(
            readable, actor=actor, today=today, inactive_too=inactive_too, chosen=wanted.school
        ),
        "rounds": rounds.rounds_to_filter_by(readable, today=today, inactive_too=inactive_too, chosen=wanted.round),
        "may_add": actor.holds(P.EDIT_OFFER),
        "may_publish": actor.holds(P.PUBLISH_OFFER),
    }
    return render(request, "catalogue/course_starts.html", context)


@requires(P.EDIT_OFFER)
def choose_course(request: ActorRequest) -> HttpResponse:
    """Find the course of a new course start, by word or code."""
    text = NarrowingForm(request.GET).narrowing().text
    schools, today = schools_where(request.actor, P.EDIT_OFFER), time.today()
    found = courses.courses_to_offer(text, today=today, schools=schools) if text else []
    context = {
        "courses": found,
        "replaced": courses.replaced_courses(text, today=today) if text else [],
        "text": text,
        "most": courses.MOST_COURSES_SHOWN,
        "against": agreement.against_any_offer(schools, today=today),
    }
    return render(request, "catalogue/choose_course.html", context)


@requires(P.EDIT_OFFER)
def add_course_start(request: ActorRequest, course_uuid: UUID) -> HttpResponse:
    """Enter a new course start of a chosen course."""
    schools = schools_where(request.actor, P.EDIT_OFFER)
    course = courses.get_course(course_uuid, schools=schools)
    kept = templates.templates_of(request.actor)
    filled = templates.filled_by(kept, request.GET.get("mall", ""))
    form = _form(request, course=course, schools=schools, filled=filled)
    if form.is_valid() and (added := attempt(form, lambda: _create(request, form))):
        messages.success(request, _("Kursstarten är upplagd som utkast. Skicka den till kommunen när den är klar."))
        return redirect("catalogue:show_course_start", added.uuid)
    context = {
        "form": form,
        "course": course,
        "templates": kept,
        "hours": course.points and hours_for(course.points),
        "against": agreement.against_any_offer(schools, today=time.today()),
    }
    return render(request, "catalogue/course_start_form.html", context)


def _form(
    request: ActorRequest, *, course: Any, schools: Any, edited: Any = None, filled: Any = None
) -> forms.CourseStartForm:
    today = time.today()
    open_rounds = rounds.rounds_to_offer_in(schools, today=today)
    days = rounds.days_to_offer_on(schools, today=today)
    initial = forms.initial_of(edited) if edited else filled or {}
    is_shown = edited is not None and edited.status in editing.SHOWN
    form = partial(ShownCourseStartForm, edited=edited) if is_shown else partial(forms.CourseStartForm, initial=initial)
    return form(
        request.POST or None,
        course=course,
        schools=agreement.schools_to_offer(schools, today=today),
        rounds=open_rounds,
        study_forms=study_forms.study_forms_to_offer(
            schools,
            open_rounds,
            also=study_forms.first_and_last_of(days),
            chosen=initial.get("study_form", ""),
        ),
        industries=agreement.industries_to_offer(schools, today=today, chosen=initial.get("industry")),
        today=today,
        days=days,
    )


def _create(request: ActorRequest, form: forms.CourseStartForm) -> Any:
    school, given = form.cleaned_data["school"], form.offer()
    create = continuous.create_course_start if "starts_on" in given else offer.create_course_start
    return create(school=school, **given, by=request.actor, now=time.now())


@requires(P.EDIT_OFFER)
def edit_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change what the course start's state allows: everything of a draft, harmless things of what is shown."""
    course_start = reached(request, uuid, P.EDIT_OFFER)
    schools = schools_where(request.actor, P.EDIT_OFFER).filter(pk=course_start.school_id)
    form = _form(request, course=course_start.course, schools=schools, edited=course_start)
    if form.is_valid() and attempt(form, lambda: _edit(request, course_start, form)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("catalogue:show_course_start", uuid)
    against = editing.against_editing(course_start.facts())
    is_shown = course_start.status in editing.SHOWN
    if not is_shown:
        against += agreement.against_any_offer(schools, today=time.today())
    context = {
        "form": form,
        "course": course_start.course,
        "course_start": course_start,
        "against": against,
        "is_shown": is_shown,
    }
    return render(request, "catalogue/course_start_form.html", context | _hours(course_start))


def _edit(request: ActorRequest, course_start: Any, form: forms.CourseStartForm) -> bool:
    given = form.offer()
    edit = continuous.edit_course_start if "starts_on" in given else offer.edit_course_start
    edit(course_start=course_start, **given, by=request.actor, now=time.now())
    return True


@requires(P.SEE_OFFER)
def show_course_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a course start: its state, what can be done now, its facts and what has happened."""
    course_start = queries.get_for(request.actor, uuid)
    study_forms.name_study_forms([course_start])
    context = {
        "course_start": course_start,
        "may_edit": _may(request, course_start, P.EDIT_OFFER),
        "may_publish": _may(request, course_start, P.PUBLISH_OFFER),
        "against": _against(course_start, today=time.today()),
        "events": [_happened(event) for event in about(course_start).reverse()],
        "late_today": late.days_late(course_start.entry(), today=time.today()),
        "lacks_agreement": agreement.agreement_lacking(course_start, today=time.today()),
        "advice": courses.advice_before(course_start.course),
        "changes": list(course_start.changes.order_by("-pk")),
    }
    return render(request, "catalogue/course_start.html", context | _hours(course_start))


def _against(course_start: Any, *, today: date) -> dict[str, Any]:
    """Return, for each step whose state is right, the reasons against it: an empty list means that it can be done."""
    facts = course_start.facts()
    moves = rules.TRANSITIONS[facts.status]
    to = rules.CourseStartStatus
    steps: dict[str, tuple[bool, Callable[[], Any]]] = {
        "edit": (bool(editing.CHANGEABLE[facts.status]), lambda: editing.against_editing(facts)),
        "submit": (facts.status is to.DRAFT, lambda: offer.against_submitting(course_start, today=today)),
        "send_back": (to.DRAFT in moves, lambda: rules.against_sending_back(facts)),
        "publish": (to.PUBLISHED in moves, lambda: offer.against_publishing(course_start, today=today)),
        "hide": (to.HIDDEN in moves, lambda: rules.against_hiding(facts)),
        "withdraw": (facts.status in (to.PUBLISHED, to.HIDDEN), lambda: rules.against_withdrawing(facts)),
        "cancel": (to.CANCELLED in moves, lambda: rules.against_cancelling(facts)),
        "stop": (facts.status is to.PUBLISHED and not facts.stopped, lambda: rules.against_stopping(facts)),
        "resume": (facts.stopped and bool(moves), lambda: offer.against_resuming(course_start, today=today)),
    }
    return {name: against() for name, (offered, against) in steps.items() if offered}


def _happened(event: Any) -> dict[str, Any]:
    detail = event.detail.get("status_reason", "")
    if event.verb == "course_start.edited":
        detail = ", ".join(str(label("course_start_field", name).text) for name in event.changed_fields or event.detail)
    if event.verb == "course_start.change_told":
        detail = ngettext("{n} sökande", "{n} sökande", event.detail["told"]).format(n=event.detail["told"])
    text = label("course_start_event", event.verb).text
    return {"at": event.at, "text": text, "who": event.actor_name, "detail": detail}


def _hours(course_start: Any) -> dict[str, Any]:
    return {"hours": hours_for(course_start.points)}


def _may(request: ActorRequest, course_start: Any, permission: Permission) -> bool:
    return request.actor.holds(permission, authority_id=course_start.authority_id, school_id=course_start.school_id)


def reached(request: ActorRequest, uuid: UUID, *any_of: Permission) -> Any:
    """Return the course start: 404 when the actor may not read it, 403 when she may not do the step there."""
    course_start = queries.get_for(request.actor, uuid)
    if not any(_may(request, course_start, permission) for permission in any_of):
        raise PermissionDenied
    return course_start
