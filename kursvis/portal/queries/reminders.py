"""What waits at each unit for a day that is near, and who is reminded of it."""

from datetime import date

from django.db.models import Count, F, Q

from kursvis.access.actors import Person
from kursvis.access.rules import ROLES, Permission
from kursvis.accounts.models import User
from kursvis.accounts.queries import actor_of, assignments_on
from kursvis.catalogue.models import CourseStart
from kursvis.organisation.models import School
from kursvis.organisation.queries import active_schools
from kursvis.portal.queries.waiting import EVERYTHING, Waiting, periods_to_offer_in
from kursvis.portal.rules.reminders import Due

PERMISSIONS = {kind.code: kind.permission for _model, kinds in EVERYTHING for kind in kinds}
PERMISSIONS["without_offer"] = Permission.EDIT_OFFER


def dues(*, today: date, until: date) -> list[Due]:
    """Return what waits at each unit of the installation for a day up to `until`: a query for each kind."""
    found = [due for model, kinds in EVERYTHING for kind in kinds for due in _of_kind(model, kind, today, until)]
    return found + _without_offer(today, until)


def _of_kind(model: type, kind: Waiting, today: date, until: date) -> list[Due]:
    due = F(kind.due) if isinstance(kind.due, str) else kind.due
    rows = model.objects.filter(kind.rows(today)).annotate(due=due)  # type: ignore[attr-defined]
    near = rows.filter(due__range=(today, until)).order_by()
    counted = near.values("authority_id", "due", unit=F(kind.unit)).annotate(number=Count("pk", distinct=True))
    at_school = kind.unit.endswith("school_id")
    return [
        Due(kind.code, row["authority_id"], row["unit"] if at_school else None, row["due"], row["number"])
        for row in counted
    ]


def _without_offer(today: date, until: date) -> list[Due]:
    periods = list(periods_to_offer_in(today=today).filter(offer_by__lte=until))
    if not periods:
        return []
    starts = CourseStart.objects.filter(round__period__in=periods).order_by()
    entered = set(starts.values_list("school_id", "round__period_id").distinct())
    schools = active_schools(School.objects.all(), today=today)
    return [
        Due("without_offer", period.authority_id, school.pk, period.offer_by, 1)
        for period in periods
        for school in schools
        if school.authority_id == period.authority_id and (school.pk, period.pk) not in entered
    ]


def receivers(found: list[Due], *, today: date) -> list[tuple[User, Person]]:
    """Return the staff at units where something waits who want reminders, have an address and may log in."""
    schools = {due.school_id for due in found if due.school_id is not None}
    authorities = {due.authority_id for due in found if due.school_id is None}
    wanted = set(PERMISSIONS.values())
    roles = [role.value for role, permissions in ROLES.items() if permissions & wanted]
    at_units = Q(school_id__in=schools) | Q(school__isnull=True, authority_id__in=authorities)
    working = assignments_on(today).filter(at_units, role__in=roles)
    users = User.objects.filter(pk__in=working.values("user_id"), is_active=True, locked_at=None, reminders=True)
    return [(user, actor_of(user, today=today)) for user in users.exclude(email="").order_by("pk")]


def waiting_for(actor: Person, found: list[Due]) -> list[Due]:
    """Return what of it waits for a person: at her schools, or at her municipality."""
    return [due for due in found if _does(actor, due)]


def _does(actor: Person, due: Due) -> bool:
    permission = PERMISSIONS[due.code]
    if due.school_id is not None:
        return due.school_id in actor.schools(permission)
    return due.authority_id in actor.authorities(permission)
