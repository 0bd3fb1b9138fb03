"""The grade catalogue: made, sent on paper, received, approved, or returned (help page, steps 3–5)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from kursvis.access.actors import Actor
from kursvis.accounts.models import User
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.transitions import move
from kursvis.grades import document, messages, rules
from kursvis.grades.models import Catalogue, CatalogueEntry, Grade
from kursvis.grades.queries import against_creating_for, against_signature_of, printable_in, rows_of
from kursvis.grades.rules import CatalogueFacts, CatalogueStatus, GradeStatus, Verb
from kursvis.grades.services.history import catalogue_step, grade_step, one_at_a_time
from kursvis.grades.services.unlocking import open_again
from kursvis.organisation.models import Authority
from kursvis.studies.models import Group

_REPLACEABLE = [CatalogueStatus.RETURNED.value, CatalogueStatus.REPLACED.value]


@transaction.atomic
def create_catalogue(*, group: Group, by: Actor, now: datetime) -> Catalogue:
    """Make the decider's catalogue of her locked grades in the group that stand in no valid one, and keep its PDF.

    It gets the authority's next number, and names the ended catalogues of the same group and decider that it replaces;
    grades that were already approved are carried over, marked. Raises `Refused` when there is nothing to print or the
    decider's title is missing (SKOLFS 2012:8 7–8 §§).
    """
    group = one_at_a_time(group.pk)
    if by.user_id is None:
        raise Refused(Reason("grades.only_the_groups_teacher_decides"))
    decider = User.objects.get(pk=by.user_id)
    rows = rows_of(group)
    refuse_if(against_creating_for(rows, decider))
    catalogue = Catalogue.objects.create(
        authority_id=group.authority_id,
        group=group,
        decider=decider,
        decider_name=decider.full_name,
        decider_title=decider.title,
        number=_next_number(group.authority_id),
        created_at=now,
        pdf=b"",
    )
    grades = printable_in(rows, decider.pk)
    _enter(catalogue, grades, by=by, now=now)
    replaced = _replace_ended(catalogue, by=by, now=now)
    catalogue.pdf = document.render(catalogue, grades, replaced=replaced)
    catalogue.save(update_fields=["pdf"])
    catalogue_step(
        catalogue,
        Verb.CREATED,
        by=by,
        now=now,
        grades=[grade.pk for grade in grades],
        replaces=[c.number for c in replaced],
    )
    return catalogue


@transaction.atomic
def mark_sent(*, catalogue: Catalogue, by: Actor, now: datetime) -> Catalogue:
    """Mark that the decider has signed the paper and that it is on its way to the municipality."""
    catalogue = moved(catalogue, CatalogueStatus.SENT, by=by, sent_at=now)
    tell(catalogue, Verb.SENT, by=by, now=now)
    return catalogue


@transaction.atomic
def receive(*, catalogue: Catalogue, by: Actor, now: datetime) -> Catalogue:
    """Mark that the signed paper has come, or that the municipality has seen the electronic signature.

    Raises `Refused` also when that is of another document than the one that is kept.
    """
    refuse_if(against_signature_of(catalogue))
    catalogue = moved(catalogue, CatalogueStatus.RECEIVED, by=by, received_at=now)
    tell(catalogue, Verb.RECEIVED, by=by, now=now)
    return catalogue


@transaction.atomic
def approve(*, catalogue: Catalogue, by: Actor, now: datetime) -> Catalogue:
    """Approve a received catalogue and with it every grade in it that is not approved before; tell their students.

    Raises `Refused` as `receive` does.
    """
    refuse_if(against_signature_of(catalogue))
    catalogue = moved(catalogue, CatalogueStatus.APPROVED, by=by, approved_at=now)
    catalogue_step(catalogue, Verb.APPROVED, by=by, now=now)
    for grade in _grades_of(catalogue):
        if grade.status == GradeStatus.LOCKED:
            changes = move(grade, GradeStatus.APPROVED, approved_at=now)
            student_id, number = grade.enrolment.student_id, catalogue.number
            grade_step(grade, Verb.APPROVED, student_id=student_id, by=by, now=now, changes=changes, catalogue=number)
            messages.tell_approved(grade.enrolment, now=now)
    return catalogue


@transaction.atomic
def return_catalogue(*, catalogue: Catalogue, reason: str, by: Actor, now: datetime) -> Catalogue:
    """Send a catalogue back to the school, with a reason. Its locked grades unlock; those that were already approved
    and carried over stay so, and are carried over again."""
    reason = reason.strip()
    catalogue = moved(catalogue, CatalogueStatus.RETURNED, by=by, reason=reason, status_reason=reason[:500])
    grades = _grades_of(catalogue)
    catalogue.entries.filter(valid=True).update(valid=False)
    catalogue_step(catalogue, Verb.RETURNED, by=by, now=now, note=reason)
    for grade in grades:
        if grade.status == GradeStatus.LOCKED:
            open_again(grade, reason=reason, by=by, now=now)
        else:
            grade_step(grade, Verb.CATALOGUE_REPLACED, student_id=grade.enrolment.student_id, by=by, now=now)
    return catalogue


def _next_number(authority_id: int) -> int:
    """Return the authority's next number; the authority's row stays locked until the transaction ends."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority_id)
    highest = Catalogue.objects.filter(authority_id=authority_id).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _enter(catalogue: Catalogue, grades: list[Grade], *, by: Actor, now: datetime) -> None:
    for grade in grades:
        CatalogueEntry.objects.create(
            catalogue=catalogue,
            grade=grade,
            value=grade.value,
            grade_date=grade.enrolment.ends_on,
            carried_over=grade.status != GradeStatus.LOCKED,
        )
        grade_step(
            grade, Verb.IN_CATALOGUE, student_id=grade.enrolment.student_id, by=by, now=now, catalogue=catalogue.number
        )


def _replace_ended(catalogue: Catalogue, *, by: Actor, now: datetime) -> list[Catalogue]:
    """Let the new catalogue take the place of the group's and decider's ended ones that nothing has replaced yet."""
    ended = Catalogue.objects.filter(
        group_id=catalogue.group_id, decider_id=catalogue.decider_id, status__in=_REPLACEABLE, replaced_by__isnull=True
    )
    replaced = list(ended.defer("pdf").order_by("number"))
    for old in replaced:
        if old.status == CatalogueStatus.RETURNED:
            move(old, CatalogueStatus.REPLACED)
        old.replaced_by = catalogue
        old.save(update_fields=["replaced_by"])
        catalogue_step(old, Verb.REPLACED, by=by, now=now, replaced_by=catalogue.number)
    return replaced


def moved(catalogue: Catalogue, new: CatalogueStatus, *, by: Actor, reason: str = "", **also: Any) -> Catalogue:
    """Move the catalogue, when the rules allow it, with its group locked. Raises `Refused`."""
    one_at_a_time(catalogue.group_id)
    catalogue = Catalogue.objects.defer("pdf").get(pk=catalogue.pk)
    students = catalogue.entries.values_list("grade__enrolment__student__user_id", flat=True)
    facts = CatalogueFacts(CatalogueStatus(catalogue.status), frozenset(students))
    refuse_if(rules.against_moving_catalogue(facts, new, actor_user_id=by.user_id, reason=reason))
    move(catalogue, new, **also)
    return catalogue


def _grades_of(catalogue: Catalogue) -> list[Grade]:
    entries = catalogue.entries.filter(valid=True).order_by("pk")
    rows = entries.select_related(
        "grade__enrolment__student",
        "grade__enrolment__group__authority",
        "grade__enrolment__group__course",
        "grade__enrolment__group__school",
    )
    return [entry.grade for entry in rows]


def tell(catalogue: Catalogue, verb: Verb, *, by: Actor, now: datetime) -> None:
    """Write a step to the paths of a catalogue and of every grade in it."""
    catalogue_step(catalogue, verb, by=by, now=now)
    for grade in _grades_of(catalogue):
        grade_step(grade, verb, student_id=grade.enrolment.student_id, by=by, now=now, catalogue=catalogue.number)
