"""The log: searched, of one row, and of one student."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.audit import queries as audit
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.portal import services
from kursvis.portal.forms import ReasonForm
from kursvis.portal.log_forms import LogForm, PeriodForm
from kursvis.portal.queries import people
from kursvis.portal.queries.log import records, search

if TYPE_CHECKING:
    from kursvis.people.models import Student


@requires(Permission.READ_LOG)
@never_cache
@require_safe
def search_log(request: ActorRequest) -> HttpResponse:
    """Search the log, and note that it was searched."""
    form, page = LogForm(request.GET.dict(), actor=request.actor, today=time.today()), None
    if form.is_valid():
        wanted = form.wanted()
        services.searched_log(
            filters=form.used(),
            students=wanted.students,
            typed=form.data.get("studerande", ""),
            by=request.actor,
            now=time.now(),
        )
        page = search.search(request.actor, wanted)
    return render(request, "portal/log.html", {"form": form, "page": page, "head": audit.head()})


@requires(Permission.READ_LOG)
@never_cache
@require_safe
def show_record(request: ActorRequest, uuid: UUID, kind: records.RecordKind) -> HttpResponse:
    """Show the log of one row, also who read it, and note the reading."""
    record = records.get_record(kind, request.actor, uuid)
    services.opened_log(
        row=record.row,
        student=record.student,
        authority_id=record.row.authority_id,
        by=request.actor,
        now=time.now(),
    )
    before = search.place_of(request.GET.get("fore", ""))
    page = search.page_of_log([search.of_row(record.row)], request.actor, before=before)
    shown = {"record": record, "page": page, "page_url": record.page_for(request.actor)}
    return render(request, "portal/log_record.html", shown)


@requires(Permission.READ_LOG)
@never_cache
@require_http_methods(["GET", "POST"])
def show_student(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show who did and who read what of a student; of a protected one only to a named reader who says why."""
    kind = records.BY_TABLE["people.student"]
    student = records.get_record(kind, request.actor, uuid).row
    form = ReasonForm(request.POST or None)
    if not student.is_protected or (request.method == "POST" and form.is_valid()):
        reason = form.cleaned_data["reason"] if student.is_protected else ""
        attempt(
            form,
            lambda: services.opened_students_log(student=student, reason=reason, by=request.actor, now=time.now()),
        )
        if not form.errors:
            return _show_students_log(request, student, reason)
    readers = people.named_readers(student, today=time.today())
    shown = {"student": student, "form": form, "readers": readers, "is_reader": request.actor.user_id in readers}
    return render(request, "portal/log_sealed.html", shown)


def _show_students_log(request: ActorRequest, student: "Student", reason: str) -> HttpResponse:
    """Show a page of the log of a student who has been opened; of a protected one, older pages are asked for anew."""
    given = request.POST if student.is_protected else request.GET
    readings_only = request.GET.get("visa") == "lasningar"
    page = search.page_of_log(
        search.of_student(student, readings_only=readings_only),
        request.actor,
        before=search.place_of(given.get("fore", "")),
        opened=student.pk,
    )
    shown = {"student": student, "page": page, "reason": reason, "readings_only": readings_only}
    return render(request, "portal/log_student.html", shown)


def show_account(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show what happened with a colleague's account, and what she did, read and searched, and note the reading."""
    user = records.get_record(records.BY_TABLE["accounts.user"], request.actor, uuid).row
    services.opened_log(row=user, student=None, authority_id=None, by=request.actor, now=time.now())
    form, page = PeriodForm(request.GET.dict(), today=time.today()), None
    if form.is_valid():
        days = {"starts_on": form.cleaned_data["fran"], "ends_on": form.cleaned_data["till"]}
        page = search.page_of_log(
            search.of_account(user, request.actor, **days),
            request.actor,
            before=search.place_of(form.cleaned_data["fore"]),
        )
    return render(request, "portal/staff_log.html", {"person": user, "form": form, "page": page})
