"""The teacher's grade table of a group, and the lock before the end date."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Action, Permission
from kursvis.accounts.confirm.decorators import confirms
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.wording import sentence
from kursvis.grades import messages as letters
from kursvis.grades import queries, rules, services
from kursvis.grades.forms import GradesForm, MoveEndForm
from kursvis.letters.rules import address_for


def _locks(request: ActorRequest, uuid: UUID) -> list[tuple[str, str]]:
    """Return whose grades were on their way to be locked, and which, as they were typed."""
    found, wish = queries.get_group(request.actor, uuid), _row(request.POST.get("do", ""))
    rows = [row for row in queries.rows_of(found) if wish in (None, row.enrolment.uuid)]
    kept = {row.enrolment.uuid: row.value if wish else "" for row in rows}
    typed = [(row, request.POST.get(f"grade-{row.enrolment.uuid}", kept[row.enrolment.uuid])) for row in rows]
    return [
        (_("Grupp"), found.name),
        *((r.enrolment.student.listed_name, value) for r, value in typed if value.strip()),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_GRADES)
@confirms(Action.LOCK_GRADES, when=lambda request: request.POST.get("do", "").startswith("lock"), told=_locks)
def group(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a group's grades; the group's teacher types, saves and locks."""
    found = queries.get_group(request.actor, uuid)
    may_grade = request.actor.holds(Permission.GRADE, school_id=found.school_id)
    rows = queries.rows_of(found)
    form = _form(request, found, rows, may_grade=may_grade)
    if request.method == "POST":
        if not may_grade:
            raise PermissionDenied
        saved = form.attempt(lambda: _save(request, form, uuid)) if form.is_valid() else None
        if saved is not None:
            _tell(request, saved)
            return redirect("grades:group", uuid=uuid)
    context = {"group": found, "form": form, "may_grade": may_grade, "catalogues": queries.catalogues_of(found)}
    context["lock_effect"] = letters.LOCK_EFFECT
    if may_grade:
        context["create_reasons"] = queries.against_creating_for(rows, request.user)  # type: ignore[arg-type]
    return render(request, "grades/group.html", context | _teachers(rows, request))


def _form(request: ActorRequest, group: Any, rows: list[queries.GradingRow], *, may_grade: bool) -> GradesForm:
    today = time.today()
    return GradesForm(
        rows,
        request.POST or None,
        no_grade_reasons=queries.no_grade_reasons_of(group, today=today) if may_grade else [],
        actor_user_id=request.actor.user_id if may_grade else None,
        today=today,
    )


def _teachers(rows: list[queries.GradingRow], request: ActorRequest) -> dict[str, object]:
    scales = sorted({row.facts.scale_values for row in rows if row.facts.scale_values})
    is_teacher = any(request.actor.user_id in row.facts.teacher_user_ids for row in rows)
    return {"scales": [" ".join(values) for values in scales], "is_teacher": is_teacher}


def _save(request: ActorRequest, form: GradesForm, uuid: UUID) -> services.Saved:
    wish = request.POST.get("do", "")
    return services.save_table(
        group=queries.get_group(request.actor, uuid),
        values=form.values(),
        seen=form.seen(),
        information=form.information(),
        no_grade_reasons=form.no_grade_reasons(),
        lock_row=_row(wish),
        lock_all=wish == "lock_all",
        by=request.actor,
        now=time.now(),
    )


def _row(wish: str) -> UUID | None:
    try:
        return UUID(wish.removeprefix("lock:"))
    except ValueError:
        return None


def _tell(request: ActorRequest, saved: services.Saved) -> None:
    if saved.written:
        text = ngettext("%(number)d betyg sparades.", "%(number)d betyg sparades.", saved.written)
        messages.success(request, text % {"number": saved.written})
    if saved.locked:
        text = ngettext("%(number)d betyg låstes.", "%(number)d betyg låstes.", saved.locked)
        messages.success(request, text % {"number": saved.locked})
    if not (saved.written or saved.locked or saved.refused):
        messages.info(request, _("Inget var ändrat."))
    for grade, reasons in saved.refused:
        sentences = " ".join(sentence(reason) for reason in reasons)
        messages.warning(request, f"{grade.enrolment.student.listed_name}: {sentences}")


@require_POST
@requires(Permission.GRADE)
@confirms(Action.LOCK_GRADES)
def lock_grade(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Lock one grade whose end date has come."""
    grade = queries.get_grade(request.actor, uuid)
    _must_grade(request, grade.enrolment.group.school_id)
    services.lock(grade=grade, end_moved_to=None, by=request.actor, now=time.now())
    messages.success(request, _("Betyget låstes."))
    return redirect("grades:show_grade", uuid=uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GRADE)
@confirms(Action.LOCK_GRADES)
def move_end_and_lock(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show what moving the end to today means, and do it together with the lock."""
    grade = queries.get_grade(request.actor, uuid)
    _must_grade(request, grade.enrolment.group.school_id)
    today = time.today()
    form = MoveEndForm(request.POST or None, initial={"to": today})
    if request.method == "POST" and form.is_valid():
        moved_to = form.cleaned_data["to"]
        step = lambda: services.lock(grade=grade, end_moved_to=moved_to, by=request.actor, now=time.now())  # noqa: E731
        if attempt(form, step) is not None:
            messages.success(
                request, _("Slutdatumet flyttades till i dag och betyget låstes. Ett brev går till den studerande.")
            )
            return redirect("grades:group", uuid=grade.enrolment.group.uuid)
    return render(
        request,
        "grades/move_end.html",
        {"grade": grade, "form": form, "today": today, **_effect(request, grade, today)},
    )


def _effect(request: ActorRequest, grade: queries.Grade, today: date) -> dict[str, object]:
    row = queries.row_of(grade)
    old_end = row.enrolment.ends_on
    return {
        "row": row,
        "reasons": rules.against_locking(
            row.facts, today=today, end_moved_to=today, actor_user_id=request.actor.user_id
        ),
        "by_email": address_for(row.enrolment.student.email, is_protected=row.enrolment.student.is_protected),
        "weeks": letters.weeks_in_words(new_end=today, old_end=old_end),
        "letter_subject": letters.end_moved_subject(row.enrolment),
        "letter": letters.end_moved_body(row.enrolment, old_end=old_end, new_end=today),
    }


def _must_grade(request: ActorRequest, school_id: int) -> None:
    if not request.actor.holds(Permission.GRADE, school_id=school_id):
        raise PermissionDenied


@require_POST
@requires(Permission.GRADE)
def create_catalogue(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Make the actor's catalogue of the group."""
    found = queries.get_group(request.actor, uuid)
    _must_grade(request, found.school_id)
    catalogue = services.create_catalogue(group=found, by=request.actor, now=time.now())
    messages.success(
        request,
        _("Betygskatalog %(number)s skapades. Skriv under den med BankID, eller skriv ut, skriv under och posta den.")
        % {"number": catalogue.number},
    )
    return redirect("grades:show_catalogue", uuid=catalogue.uuid)
