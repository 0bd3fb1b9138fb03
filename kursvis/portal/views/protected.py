"""Protected persons: how a person is protected, who is named to read her data, and what was read."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Action, Permission
from kursvis.accounts.confirm.decorators import confirms
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of
from kursvis.people import services
from kursvis.portal.forms import ProtectionForm, ReaderForm, ReviewForm
from kursvis.portal.queries import protected

if TYPE_CHECKING:
    from kursvis.people.models import Student

FIELDS = {
    "people.reader_dates": "ends_on",
    "people.reader_starts_earlier": "starts_on",
    "people.reader_why_missing": "why",
    "people.protection_reason_missing": "reason",
    "people.municipality_unmarks": "protection",
}


@require_safe
@requires(Permission.PROTECT_STUDENTS)
def list_protected(request: ActorRequest) -> HttpResponse:
    """Show the protected persons whom the actor answers for, by alias; those whose readings are unusual, if asked."""
    to_review = request.GET.get("granska") == "ja"
    page = page_of(request, protected.protected_students(request.actor, to_review=to_review))
    return render(request, "portal/protected.html", {"page": page, "to_review": to_review})


@never_cache
@require_safe
@requires(Permission.PROTECT_STUDENTS)
def show_protection(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show how a person is protected, who may read her data, and every opening with its reason."""
    return _page(request, protected.get(request.actor, uuid))


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.PROTECT_STUDENTS)
@confirms(Action.PROTECT_STUDENTS)
def change_protection(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show what protection means for this person's lists and post, and change it."""
    student = protected.get(request.actor, uuid)
    form = ProtectionForm(request.POST or None, initial={"protection": student.protection})
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        if attempt(
            form,
            lambda: services.protect(student=student, **wanted, by=request.actor, now=time.now()),
            fields=FIELDS,
        ):
            messages.success(request, _("Skyddet är sparat."))
            return redirect("portal:protection", uuid=uuid)
    shown = {
        "student": student,
        "form": form,
        "waiting": protected.waiting_emails(student),
        "at_authority": protected.is_at_authority(request.actor, student),
    }
    return render(request, "portal/change_protection.html", shown)


@require_POST
@requires(Permission.PROTECT_STUDENTS)
@confirms(Action.PROTECT_STUDENTS)
def name_reader(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Name somebody to read a protected person's data for a period."""
    student = protected.get(request.actor, uuid)
    form = _reader_form(request, student)
    if form.is_valid():
        named = attempt(
            form,
            lambda: services.name_protected_reader(
                student=student, **form.cleaned_data, by=request.actor, now=time.now()
            ),
            fields=FIELDS,
        )
        if named:
            messages.success(request, _("{name} är utsedd.").format(name=named.user.full_name))
            return redirect("portal:protection", uuid=uuid)
    return _page(request, student, reader_form=form)


@require_POST
@requires(Permission.PROTECT_STUDENTS)
@confirms(Action.PROTECT_STUDENTS)
def end_reader(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """End a reader's time at once."""
    reader = protected.reader_for(request.actor, uuid)
    services.end_protected_reader(reader=reader, by=request.actor, now=time.now())
    messages.success(request, _("{name} är inte läsare längre.").format(name=reader.user.full_name))
    return redirect("portal:protection", uuid=reader.student.uuid)


@require_POST
@requires(Permission.PROTECT_STUDENTS)
def review_readings(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Mark the readings as reviewed, with what was found."""
    student = protected.get(request.actor, uuid)
    form = ReviewForm(request.POST)
    if form.is_valid():
        note, new = form.cleaned_data["note"], protected.readings(student).new
        attempt(
            form,
            lambda: services.readings_reviewed(
                student=student, openings=new, note=note, by=request.actor, now=time.now()
            ),
        )
        if not form.errors:
            messages.success(request, _("Läsningarna är granskade."))
            return redirect("portal:protection", uuid=uuid)
    return _page(request, student, review_form=form)


def _reader_form(request: ActorRequest, student: "Student") -> ReaderForm:
    offered = protected.candidates(request.actor, student, today=time.today())
    return ReaderForm(request.POST or None, candidates=offered, initial={"starts_on": time.today()})


def _page(request: ActorRequest, student: "Student", **given: Any) -> HttpResponse:
    """Render the page; `given` forms replace the empty ones, with what was typed."""
    today = time.today()
    shown = {
        "student": student,
        "today": today,
        "readers": protected.readers(request.actor, student),
        "readings": protected.readings(student) if student.is_protected else None,
        "reader_form": ReaderForm(
            candidates=protected.candidates(request.actor, student, today=today), initial={"starts_on": today}
        ),
        "review_form": ReviewForm(),
        **given,
    }
    return render(request, "portal/protection.html", shown)
