"""Groups: the list, a new one, and the class list with its steps."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission, Role
from kursvis.accounts import queries as accounts
from kursvis.catalogue.queries.agreement import against_any_offer
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import ordered, page_of
from kursvis.core.reasons import refuse_if
from kursvis.organisation.queries import schools_where
from kursvis.studies import queries as reach
from kursvis.studies import services
from kursvis.studies.forms import GroupFilterForm, GroupForm, GroupStartForm
from kursvis.studies.queries import groups as queries
from kursvis.studies.queries import placing

CLASS_SIZE = 100
ORDERS = {
    "start": ("-starts_on", "name_key"),
    "namn": ("name_key",),
    "kurs": ("course__name_key", "-starts_on"),
}


@require_GET
@requires(Permission.SEE_GROUPS)
def list_groups(request: ActorRequest) -> HttpResponse:
    """Show the groups that the actor reaches, latest start first."""
    reached = reach.groups_readable_by(request.actor)
    wanted = GroupFilterForm(request.GET).wanted()
    rows = ordered(queries.listed(reached, wanted, today=time.today()), request.GET.get("ordning"), ORDERS)
    page = page_of(request, rows)
    schools = schools_where(request.actor, Permission.EDIT_GROUPS)
    context = {
        "page": page,
        "rows": queries.with_phase(page, today=time.today()),
        "wanted": wanted,
        "schools": queries.schools_of(reached, request.actor, today=time.today()),
        "may_create": request.actor.holds(Permission.EDIT_GROUPS),
        "against_creating": against_any_offer(schools, today=time.today()),
    }
    return render(request, "studies/groups.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_GROUPS)
def create_group(request: ActorRequest) -> HttpResponse:
    """Make a group for a course start; without one in the address, ask which."""
    today = time.today()
    asked = GroupStartForm(request.GET)
    if asked.wanted() is None:
        starts = queries.starts_to_group(request.actor, today=today)
        page = page_of(request, starts)
        rows = queries.start_rows(page, today=today)
        return render(request, "studies/group_starts.html", {"page": page, "rows": rows})
    start = get_object_or_404(queries.starts_of(request.actor), uuid=asked.wanted())
    refuse_if(queries.against_grouping(start, today=today))
    teachers = accounts.with_role_at(start.school_id, Role.TEACHER, today=today)
    form = GroupForm(start, teachers, request.POST or None, today=today)
    if form.is_valid():
        group = attempt(form, lambda: services.create_group(**form.values(), by=request.actor, now=time.now()))
        if group:
            messages.success(request, _("Gruppen {group} är skapad.").format(group=group.name))
            waits = placing.waits_at(request.actor, asked.applicant(), start)
            back = ("studies:show_placement", asked.applicant()) if waits else ("studies:show_group", group.uuid)
            return redirect(*back)
    return render(request, "studies/group_form.html", {"form": form, "start": start})


@require_GET
@requires(Permission.SEE_GROUPS)
def show_group(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show the class list, with where each student is and what can be done."""
    group = reach.group_for(request.actor, uuid)
    services.open_group(group=group, by=request.actor, now=time.now())
    page = page_of(request, queries.class_list(group), size=CLASS_SIZE)
    unit = {"authority_id": group.authority_id, "school_id": group.school_id}
    context = {
        "group": group,
        "phase": queries.phase_of(group, today=time.today()),
        "page": page,
        "rows": queries.class_rows(page, course_id=group.course_id, today=time.today(), by=request.actor),
        "may_see_grades": request.actor.holds(Permission.SEE_GRADES, **unit),
        "may_see_persons": request.actor.holds(Permission.SEE_STUDENTS, **unit),
        "may_change": request.actor.holds(Permission.CHANGE_ENROLMENTS, **unit),
        "may_place": request.actor.holds(Permission.PLACE, **unit),
        "waiting": queries.waiting_for(group),
    }
    return render(request, "studies/group.html", context)


@require_POST
@requires(Permission.CHANGE_ENROLMENTS)
def mark_not_started(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Mark that a student never began (R29)."""
    enrolment = reach.enrolment_for(request.actor, uuid)
    _must_hold(request, Permission.CHANGE_ENROLMENTS, enrolment.group.school_id, enrolment.authority_id)
    services.did_not_start(enrolment=enrolment, by=request.actor, now=time.now())
    text = _("{name}: ej påbörjat, statusdatum {day}. Platsen är ledig igen.")
    messages.success(request, text.format(name=enrolment.student.listed_name, day=enrolment.outcome_on))
    return redirect("studies:show_group", enrolment.group.uuid)


@require_POST
@requires(Permission.CHANGE_ENROLMENTS)
def undo_not_started(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take *did not start* back."""
    enrolment = reach.enrolment_for(request.actor, uuid)
    _must_hold(request, Permission.CHANGE_ENROLMENTS, enrolment.group.school_id, enrolment.authority_id)
    services.undo_did_not_start(enrolment=enrolment, by=request.actor, now=time.now())
    messages.success(request, _("{name} är med i gruppen igen.").format(name=enrolment.student.listed_name))
    return redirect("studies:show_group", enrolment.group.uuid)


def _must_hold(request: ActorRequest, permission: Permission, school_id: int, authority_id: int) -> None:
    """Stop who holds the permission at another unit only: she may see the row, not do the step (403)."""
    if not request.actor.holds(permission, authority_id=authority_id, school_id=school_id):
        raise PermissionDenied
