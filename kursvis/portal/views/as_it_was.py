"""*Som det var den …*: what a row was at the end of a day."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission as P
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.portal import services
from kursvis.portal.log_forms import DayForm, DayWithReasonForm
from kursvis.portal.queries import people
from kursvis.portal.queries.log import as_it_was


@requires(P.READ_LOG, P.SEE_STUDENTS, P.SEE_APPLICATIONS, P.SEE_GROUPS, P.SEE_GRADES)
@never_cache
@require_http_methods(["GET", "POST"])
def show(request: ActorRequest, uuid: UUID, kind: as_it_was.DatedKind) -> HttpResponse:
    """Ask for a day, show what the row was then, and note the reading.

    A protected person's own record is shown to a named reader who says why.
    """
    record = as_it_was.get(kind, request.actor, uuid)
    student = record.student
    assert student
    sealed = student.is_protected and record.row == student
    given = request.POST if sealed else request.GET
    form = (DayWithReasonForm if sealed else DayForm)(given.dict() or None, today=time.today())
    shown = {"record": record, "form": form, "sealed": sealed, "page_url": record.page_for(request.actor)}
    if form.is_valid():
        day, reason = form.cleaned_data["dag"], form.cleaned_data.get("reason", "")
        told = {"row": record.row, "student": student, "day": day.isoformat(), "reason": reason}
        attempt(form, lambda: services.saw_as_it_was(**told, by=request.actor, now=time.now()))
        if form.is_valid():
            shown |= {"day": day, "columns": as_it_was.as_it_was(kind, record, day)}
    if sealed:
        shown["readers"] = people.named_readers(student, today=time.today())
    return render(request, "portal/log_as_it_was.html", shown)
