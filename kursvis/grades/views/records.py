"""Grades one by one: the list, a grade's record, and unlocking."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import ordered, page_of, typed_in
from kursvis.grades import messages as messages_to_student
from kursvis.grades import queries, rules, services
from kursvis.grades.forms import ReasonForm
from kursvis.grades.rules import GradeStatus
from kursvis.people import services as people

_ORDERS: dict[str, tuple[str, ...]] = {
    "satt": ("-decided_at",),
    "namn": ("enrolment__student__name_key",),
    "kurs": ("enrolment__group__course__name_key",),
    "datum": ("-grade_date",),
}


@require_safe
@requires(Permission.SEE_GRADES)
def list_grades(request: ActorRequest) -> HttpResponse:
    """List the grades that the actor reaches, narrowed by state and name."""
    state, text = request.GET.get("lage", ""), typed_in(request)
    rows = queries.search_grades(queries.readable_by(request.actor), state=state, text=text)
    rows = rows.select_related("enrolment__student", "enrolment__group__course", "enrolment__group__school")
    page = page_of(request, ordered(rows, request.GET.get("ordning"), _ORDERS))
    found = [grade.enrolment.student for grade in page]
    people.searched(students=found, place="grades", filters=request.GET.dict(), by=request.actor, now=time.now())
    return render(request, "grades/grades.html", {"page": page, "q": text, "state": state, "states": list(GradeStatus)})


@require_safe
@requires(Permission.SEE_GRADES)
def show_grade(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show one grade: its seven steps, who did them, its catalogues, and what can be done now."""
    grade = queries.get_grade(request.actor, uuid)
    services.opened_grade(grade=grade, by=request.actor, now=time.now())
    path = list(queries.path_of(grade))
    view = queries.view_of(grade)
    context = {
        "grade": grade,
        "view": view,
        "steps": queries.who_and_when(view, path),
        "path": path,
        "entries": queries.entries_of(grade),
        **_steps_now(request, grade),
    }
    return render(request, "grades/grade.html", context)


def _steps_now(request: ActorRequest, grade: queries.Grade) -> dict[str, object]:
    """Return the buttons of the page: lock for the group's teacher, unlock for the municipality."""
    facts = queries.row_of(grade).facts
    user_id, today = request.actor.user_id, time.today()
    is_teacher = user_id in facts.teacher_user_ids and _may(request, Permission.GRADE, grade)
    return {
        "lock_effect": messages_to_student.LOCK_EFFECT,
        "may_lock": is_teacher and facts.status is GradeStatus.SET,
        "lock_reasons": rules.against_locking(facts, today=today, end_moved_to=None, actor_user_id=user_id),
        "may_move_end": not rules.against_locking(facts, today=today, end_moved_to=today, actor_user_id=user_id),
        "may_unlock": _may(request, Permission.UNLOCK_GRADES, grade),
        "unlock_reasons": rules.against_unlocking(facts, reason="-", actor_user_id=user_id),
    }


def _may(request: ActorRequest, permission: Permission, grade: queries.Grade) -> bool:
    school_id = grade.enrolment.group.school_id
    return request.actor.holds(permission, authority_id=grade.authority_id, school_id=school_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.UNLOCK_GRADES)
def unlock_grade(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show what unlocking means, and do it with a reason."""
    grade = queries.get_grade(request.actor, uuid)
    if not _may(request, Permission.UNLOCK_GRADES, grade):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        step = lambda: services.unlock(grade=grade, reason=reason, by=request.actor, now=time.now())  # noqa: E731
        if attempt(form, step) is not None:
            messages.success(request, _("Betyget är upplåst. Läraren kan ändra det, låsa det och skapa en ny katalog."))
            return redirect("grades:show_grade", uuid=uuid)
    row = queries.row_of(grade)
    against = rules.against_unlocking(row.facts, reason="-", actor_user_id=request.actor.user_id)
    others = queries.others_in(row.entry) if row.entry else 0
    context = {"grade": grade, "form": form, "reasons": against, "entry": row.entry, "others": others}
    return render(request, "grades/unlock.html", context)
