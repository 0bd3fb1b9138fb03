"""Who reaches which grade, group and catalogue: an authority all of it, a school its own, a teacher her groups."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.core.models import as_sort_key
from kursvis.grades.models import Catalogue, Grade
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.people import queries as people
from kursvis.studies.models import Group, GroupTeacher

K = CatalogueStatus
_ON_ITS_WAY = (K.SIGNED.value, K.SENT.value)
CATALOGUE_STATES: dict[str, Q] = {
    "vantar": Q(status__in=[*_ON_ITS_WAY, K.RECEIVED.value]),
    "created": Q(status=K.CREATED.value),
    "sent": Q(status__in=_ON_ITS_WAY),
    "received": Q(status=K.RECEIVED.value),
    "returned": Q(status=K.RETURNED.value),
    "approved": Q(status=K.APPROVED.value),
    "alla": Q(),
}
"""The states of the list's address, `?lage=`: whom a catalogue waits for, rather than what a column holds."""


def _within(actor: Actor, permission: Permission, *, group: str) -> Q:
    """Return the condition on rows whose group is reached by the path `group`.

    A school role without SEE_STUDENTS is a teacher's: it reaches her own groups only.
    """
    schools = actor.schools(permission)
    whole = schools & actor.schools(Permission.SEE_STUDENTS)
    own = GroupTeacher.objects.filter(user_id=actor.user_id or 0, group__school_id__in=schools).values("group_id")
    prefix = f"{group}__" if group else ""
    return (
        Q(authority_id__in=actor.authorities(permission))
        | Q(**{f"{prefix}school_id__in": whole})
        | Q(**{f"{prefix}pk__in": own})
    )


def grades_where(actor: Actor, permission: Permission) -> QuerySet[Grade]:
    """Return the grades at whose place the actor holds the permission. One that was taken back is no grade."""
    return Grade.objects.filter(_within(actor, permission, group="enrolment__group")).exclude(value="")


def readable_by(actor: Actor) -> QuerySet[Grade]:
    """Return the grades that the actor may read as staff."""
    return grades_where(actor, Permission.SEE_GRADES)


def get_grade(actor: Actor, uuid: UUID) -> Grade:
    """Return one grade that the actor reaches, with what its page shows, or raise Http404."""
    return get_object_or_404(
        readable_by(actor).select_related(
            "decider", "enrolment__student", "enrolment__group__course", "enrolment__group__school"
        ),
        uuid=uuid,
    )


def get_group(actor: Actor, uuid: UUID) -> Group:
    """Return one group whose grades the actor may read, or raise Http404."""
    groups = Group.objects.filter(_within(actor, Permission.SEE_GRADES, group=""))
    return get_object_or_404(groups.select_related("course", "school", "authority"), uuid=uuid)


def catalogues_where(actor: Actor, permission: Permission) -> QuerySet[Catalogue]:
    """Return the catalogues at whose place the actor holds the permission. The PDF is left in the database."""
    return Catalogue.objects.filter(_within(actor, permission, group="group")).defer("pdf")


def catalogues_readable_by(actor: Actor) -> QuerySet[Catalogue]:
    """Return the catalogues that the actor may read."""
    return catalogues_where(actor, Permission.SEE_GRADES)


def catalogues_of(group: Group) -> QuerySet[Catalogue]:
    """Return the catalogues of a group that was reached through `get_group`, newest first."""
    return Catalogue.objects.filter(group=group).defer("pdf").select_related("replaced_by").order_by("-number")


def get_catalogue(actor: Actor, uuid: UUID) -> Catalogue:
    """Return one catalogue that the actor reaches, or raise Http404."""
    rows = catalogues_readable_by(actor).select_related("authority", "group__course", "group__school", "replaced_by")
    return get_object_or_404(rows, uuid=uuid)


def search_grades(rows: QuerySet[Grade], *, state: str = "", text: str = "") -> QuerySet[Grade]:
    """Narrow grades to a state, and to a name as lists show it, or a personnummer that lists show."""
    if state in set(GradeStatus):
        rows = rows.filter(status=state)
    return rows.filter(people.found_by(text, student="enrolment__student__"))


def search_catalogues(
    rows: QuerySet[Catalogue], *, state: str = "", school: str = "", text: str = ""
) -> QuerySet[Catalogue]:
    """Narrow catalogues to a state of the list, a school (its uuid), and a number or a word of group, course or
    decider."""
    rows = rows.filter(CATALOGUE_STATES.get(state, Q()))
    if school:
        rows = rows.filter(group__school__uuid=school)
    if text.isdigit():
        return rows.filter(number=int(text))
    if text:
        word = as_sort_key(text)
        rows = rows.filter(
            Q(group__name_key__contains=word)
            | Q(group__course__name_key__contains=word)
            | Q(group__course__code__istartswith=text)
            | Q(decider_name__icontains=text)
        )
    return rows


@dataclass(frozen=True)
class CatalogueTab:
    """One state of the list of catalogues, and how many stand in it."""

    name: str
    count: int
    is_on: bool


def catalogue_tabs(rows: QuerySet[Catalogue], *, chosen: str) -> list[CatalogueTab]:
    """Return the states of the list with the numbers among these catalogues, in one query."""
    counted = rows.aggregate(**{name: Count("pk", filter=state) for name, state in CATALOGUE_STATES.items()})
    return [CatalogueTab(name, counted[name], name == chosen) for name in CATALOGUE_STATES]
