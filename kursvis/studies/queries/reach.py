"""Who reaches which group, enrolment, student and letter."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions import queries as admissions
from kursvis.admissions.models import Choice
from kursvis.letters.models import Letter
from kursvis.people.models import Student
from kursvis.studies.models import Enrolment, Group, GroupTeacher
from kursvis.studies.rules import EnrolmentOutcome

NOBODYS_ID = 0
"""What an actor without user (nobody, the system itself) is looked up as: it fits no row."""
NOT_IN_CLASS = [EnrolmentOutcome.REPLACED.value, EnrolmentOutcome.REGISTERED_IN_ERROR.value]
"""Outcomes of rows that another row has taken the place of."""
WITH_TEACHERS = Prefetch("teachers", GroupTeacher.objects.select_related("user").order_by("user__last_name", "pk"))


def groups_readable_by(actor: Actor) -> QuerySet[Group]:
    """Return the groups the actor reaches: an authority's or a school's; a teacher only those she teaches."""
    schools = actor.schools(Permission.SEE_GROUPS)
    own = GroupTeacher.objects.filter(user_id=actor.user_id or NOBODYS_ID, group__school_id__in=schools).values(
        "group_id"
    )
    return Group.objects.filter(
        Q(authority_id__in=actor.authorities(Permission.SEE_GROUPS))
        | Q(school_id__in=schools & actor.schools(Permission.SEE_STUDENTS))
        | Q(pk__in=own)
    )


def group_for(actor: Actor, uuid: UUID) -> Group:
    """Return one group that the actor reaches with what its page shows, or raise Http404."""
    rows = groups_readable_by(actor).prefetch_related(WITH_TEACHERS)
    rows = rows.select_related("course", "course_start", "school", "industry", "economy_mark")
    return get_object_or_404(rows, uuid=uuid)


def enrolments_readable_by(actor: Actor) -> QuerySet[Enrolment]:
    """Return the enrolments in the groups that the actor reaches."""
    return Enrolment.objects.filter(group__in=groups_readable_by(actor))


def enrolment_for(actor: Actor, uuid: UUID) -> Enrolment:
    """Return one enrolment that the actor reaches, or raise Http404."""
    rows = enrolments_readable_by(actor).select_related("student", "group__school", "group__course", "choice")
    return get_object_or_404(rows, uuid=uuid)


def students_of_schools(actor: Actor, permission: Permission = Permission.SEE_STUDENTS) -> "QuerySet[Student, Any]":
    """Return the ids of the students whom the actor reaches through a school: given to it, or studying there."""
    schools = actor.schools(permission)
    given = Choice.objects.filter(course_start__school_id__in=schools, status__in=admissions.AT_SCHOOL)
    studying = Enrolment.objects.filter(group__school_id__in=schools)
    return Student.objects.filter(
        Q(pk__in=given.values("student_id")) | Q(pk__in=studying.values("student_id"))
    ).values("pk")


def letters_readable_by(actor: Actor) -> QuerySet[Letter]:
    """Return the letters the actor reaches: her own, her authority's, and those that her school has sent."""
    permission = Permission.SEE_STUDENTS
    return Letter.objects.filter(
        Q(student__user_id=actor.user_id or NOBODYS_ID)
        | Q(student__authority_id__in=actor.authorities(permission))
        | Q(school_id__in=actor.schools(permission))
    ).select_related("student")


def letter_for(actor: Actor, uuid: UUID) -> Letter:
    """Return one letter that the actor reaches, or raise Http404."""
    return get_object_or_404(letters_readable_by(actor), uuid=uuid)


def own_letters(user_id: int | None) -> QuerySet[Letter]:
    """Return a student's own letters, newest first, without their PDF."""
    return (
        Letter.objects.filter(student__user_id=user_id or NOBODYS_ID)
        .select_related("school")
        .defer("pdf")
        .order_by("-id")
    )


def own_enrolments(user_id: int | None) -> QuerySet[Enrolment]:
    """Return a student's own enrolments at every authority, latest start first."""
    rows = Enrolment.objects.filter(student__user_id=user_id or NOBODYS_ID).exclude(outcome__in=NOT_IN_CLASS)
    return rows.select_related("student", "group__course", "group__school").order_by("-starts_on", "pk")
