"""Students across processes: the list, and the person card."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of, typed_in
from kursvis.people import services as people_services
from kursvis.portal.forms import ReasonForm
from kursvis.portal.queries import people

if TYPE_CHECKING:
    from kursvis.people.models import Student


@requires(Permission.SEE_STUDENTS)
@require_safe
def list_students(request: ActorRequest) -> HttpResponse:
    """Show the students that the actor reaches, searched by the beginning of names or a whole personnummer."""
    text = typed_in(request)
    found = people.search(request.actor, text, today=time.today())
    page = page_of(request, people.with_studies(found, request.actor, today=time.today()))
    people_services.searched(
        students=page, place="students", filters=request.GET.dict(), by=request.actor, now=time.now()
    )
    return render(request, "portal/students.html", {"page": page, "q": text})


@requires(Permission.SEE_STUDENTS)
@never_cache
@require_http_methods(["GET", "POST"])
def show_person(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show the person card and note the reading; a protected person's is opened by a named reader who says why."""
    student = people.get(request.actor, uuid)
    if student.is_protected:
        return _unseal(request, student)
    people_services.opened(student=student, reason="", by=request.actor, now=time.now())
    return _show_card(request, student)


def _unseal(request: ActorRequest, student: "Student") -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(form, lambda: people_services.opened(student=student, reason=reason, by=request.actor, now=time.now()))
        if not form.errors:
            return _show_card(request, student)
    readers = people.named_readers(student, today=time.today())
    shown = {
        "student": student,
        "form": form,
        "readers": readers,
        "is_reader": request.actor.user_id in readers,
        "may_protect": people.may_protect(request.actor, student),
    }
    return render(request, "portal/person_sealed.html", shown)


def _show_card(request: ActorRequest, student: "Student") -> HttpResponse:
    card = people.card(student, request.actor, today=time.today())
    shown = {"student": student, "card": card, "may_protect": people.may_protect(request.actor, student)}
    return render(request, "portal/person.html", shown)
