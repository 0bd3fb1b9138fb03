"""The applicant's own steps: draft, send in, withdraw."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kursvis.access.actors import Actor
from kursvis.accounts.models import User
from kursvis.admissions import messages, rules
from kursvis.admissions.models import Application, Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.services.path import add_step, advance, carry_over, locked, record
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries.agreement import against_applying
from kursvis.catalogue.services import offer
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority
from kursvis.people import services as people
from kursvis.people.models import Student

GONE = [ChoiceStatus.WITHDRAWN.value, ChoiceStatus.REPLACED.value]
COUNTED = frozenset(ChoiceStatus) - {ChoiceStatus.DRAFT, ChoiceStatus.WITHDRAWN, ChoiceStatus.REPLACED}
"""The states in which somebody is an applicant of the course start."""


@transaction.atomic
def save_draft(
    *,
    course_start: CourseStart,
    user: User,
    email: str,
    phone: str = "",
    goal: str,
    message: str = "",
    by: Actor,
    now: datetime,
) -> Choice:
    """Begin an application to one course start; make the applicant's record at its authority when it is her first.

    Raises `Refused` when applications are closed, or she has already applied to this start.
    """
    refuse_if(against_applying(course_start, today=swedish_date(now)))
    authority = course_start.school.authority
    student = people.ensure_student(user=user, authority=authority, now=now, by=by, email=email, phone=phone)
    student = Student.objects.select_for_update(no_key=True).get(pk=student.pk)
    refuse_if(_against_applying_again(student, course_start))
    application = _new_application(
        authority, student, email=email, phone=phone, goal=goal, message=message, created_at=now
    )
    choice = Choice.objects.create(
        application=application,
        authority=authority,
        student=student,
        course_start=course_start,
        status=ChoiceStatus.DRAFT.value,
        status_at=now,
    )
    add_step(choice, old="", new=choice.status, by=by, now=now)
    number = application.number
    record(choice, "choice.drafted", by=by, now=now, is_creation=True, course_start_id=course_start.pk, number=number)
    return choice


@transaction.atomic
def edit_draft(
    *, choice: Choice, email: str, phone: str = "", goal: str, message: str = "", by: Actor, now: datetime
) -> Choice:
    """Change what stands in a draft. Raises `Refused` when the application has been sent in."""
    fresh = locked(choice)
    refuse_if(rules.against_editing(fresh.facts()))
    values = {"email": email, "phone": phone, "goal": goal, "message": message}
    Application.objects.filter(pk=fresh.application_id).update(**values)
    for name, value in values.items():
        setattr(choice.application, name, value)
    record(fresh, "choice.draft_changed", by=by, now=now)
    return choice


@transaction.atomic
def edit_and_submit(
    *, choice: Choice, email: str, phone: str = "", goal: str, message: str = "", by: Actor, now: datetime
) -> Choice:
    """Change a draft and send it in, in one step. Raises `Refused` as its two parts do."""
    edit_draft(choice=choice, email=email, phone=phone, goal=goal, message=message, by=by, now=now)
    return submit(choice=choice, by=by, now=now)


@transaction.atomic
def submit(*, choice: Choice, by: Actor, now: datetime) -> Choice:
    """Send the application in, and queue the receipt.

    Raises `Refused` when applications are closed or it is sent already.
    """
    fresh = locked(choice)
    course_start = fresh.course_start
    refuse_if(rules.against_submitting(fresh.facts()) + against_applying(course_start, today=swedish_date(now)))
    changes = advance(fresh, ChoiceStatus.SUBMITTED, by=by, now=now)
    application = fresh.application
    Application.objects.filter(pk=application.pk).update(submitted_at=now)
    choice.application.submitted_at = application.submitted_at = now
    people.update_contact(
        student=fresh.student, by=by, now=now, **_given(email=application.email, phone=application.phone)
    )
    offer.count_applicant(course_start_id=course_start.pk, delta=1)
    messages.send_receipt(fresh, now=now)
    told = {"course_start_id": course_start.pk, "number": application.number}
    record(fresh, "choice.submitted", by=by, now=now, changes=changes, **told)
    return carry_over(fresh, choice)


@transaction.atomic
def apply(
    *,
    course_start: CourseStart,
    user: User,
    email: str,
    phone: str = "",
    goal: str,
    message: str = "",
    by: Actor,
    now: datetime,
) -> Choice:
    """Begin and send in an application in one step. Raises `Refused` as its two parts do."""
    draft = save_draft(
        course_start=course_start, user=user, email=email, phone=phone, goal=goal, message=message, by=by, now=now
    )
    return submit(choice=draft, by=by, now=now)


@transaction.atomic
def withdraw(*, choice: Choice, by: Actor, now: datetime) -> Choice:
    """Withdraw a choice that is not placed. The applicant may apply to the same start again while it is open."""
    fresh = locked(choice)
    refuse_if(rules.against_withdrawing(fresh.facts()))
    was_counted = ChoiceStatus(fresh.status) in COUNTED
    changes = advance(fresh, ChoiceStatus.WITHDRAWN, by=by, now=now)
    if was_counted:
        offer.count_applicant(course_start_id=fresh.course_start_id, delta=-1)
    record(fresh, "choice.withdrawn", by=by, now=now, changes=changes)
    return carry_over(fresh, choice)


def _against_applying_again(student: Student, course_start: CourseStart) -> list[Reason]:
    earlier = Choice.objects.filter(student=student, course_start=course_start).exclude(status__in=GONE)
    return [Reason("admissions.already_applied")] if earlier.exists() else []


def _new_application(authority: Authority, student: Student, **values: object) -> Application:
    """Create an application with the authority's next number; the authority's row keeps the numbers apart."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    highest = Application.objects.filter(authority=authority).aggregate(highest=Max("number"))["highest"]
    return Application.objects.create(authority=authority, student=student, number=(highest or 0) + 1, **values)


def _given(**contact: str) -> dict[str, str]:
    """Leave out what was left empty, so that an application never wipes a contact detail."""
    return {name: value for name, value in contact.items() if value}
