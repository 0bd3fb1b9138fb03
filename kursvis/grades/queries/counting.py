"""Counts: how far a group's grades have come, and what waits for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.grades.models import CatalogueEntry, Grade
from kursvis.grades.queries.reach import catalogues_where
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.studies.models import Enrolment, GroupTeacher
from kursvis.studies.rules import EnrolmentOutcome

_IN_CATALOGUE = Exists(CatalogueEntry.objects.filter(grade=OuterRef("pk"), valid=True))
_OPEN = EnrolmentOutcome.NONE.value


@dataclass(frozen=True)
class GroupGrades:
    """How many grades of a group are set, locked, approved; and how many locked ones stand in no valid catalogue."""

    set: int = 0
    locked: int = 0
    approved: int = 0
    without_catalogue: int = 0


def of_groups(group_ids: Iterable[int]) -> dict[int, GroupGrades]:
    """Return the counts of groups that were reached through their own queryset, by group id, for one query."""
    rows = (
        Grade.objects.filter(enrolment__group_id__in=list(group_ids))
        .exclude(value="")
        .annotate(in_catalogue=_IN_CATALOGUE)
        .values("enrolment__group_id")
        .annotate(
            set_count=Count("pk", filter=Q(status=GradeStatus.SET.value)),
            locked_count=Count("pk", filter=Q(status=GradeStatus.LOCKED.value)),
            approved_count=Count("pk", filter=Q(status__in=[GradeStatus.APPROVED.value, GradeStatus.EXPORTED.value])),
            free_count=Count("pk", filter=Q(in_catalogue=False) & ~Q(status=GradeStatus.SET.value)),
        )
    )
    return {
        row["enrolment__group_id"]: GroupGrades(
            row["set_count"], row["locked_count"], row["approved_count"], row["free_count"]
        )
        for row in rows
    }


def waiting(actor: Actor, *, today: date) -> dict[str, int]:
    """Return how much waits for the actor, by what is to be done, for *Att göra*; only what is not nothing.

    Keys: set, lock, create_catalogue (the teacher's own), send, receive, approve.
    """
    counts = _of_teacher(actor, today) if actor.holds(Permission.GRADE) else {}
    steps = (
        ("send", Permission.SEND_CATALOGUES, CatalogueStatus.CREATED),
        ("receive", Permission.RECEIVE_CATALOGUES, CatalogueStatus.SENT),
        ("approve", Permission.RECEIVE_CATALOGUES, CatalogueStatus.RECEIVED),
    )
    for name, permission, status in steps:
        if actor.holds(permission):
            counts[name] = catalogues_where(actor, permission).filter(status=status.value).count()
    return {name: count for name, count in counts.items() if count}


def _of_teacher(actor: Actor, today: date) -> dict[str, int]:
    own = GroupTeacher.objects.filter(user_id=actor.user_id).values("group_id")
    ended = Enrolment.objects.filter(group__in=own, outcome=_OPEN, ends_on__lte=today)
    has_grade = Exists(Grade.objects.filter(enrolment=OuterRef("pk")).exclude(value=""))
    grades = Grade.objects.filter(enrolment__group__in=own, decider_id=actor.user_id).exclude(value="")
    return {
        "set": ended.exclude(has_grade).count(),
        "lock": grades.filter(
            status=GradeStatus.SET.value, enrolment__outcome=_OPEN, enrolment__ends_on__lte=today
        ).count(),
        "create_catalogue": grades.exclude(status=GradeStatus.SET.value).exclude(_IN_CATALOGUE).count(),
    }
