"""Reading users and what they hold."""

from datetime import date

from django.db.models import Q

from kursvis.access.actors import Held, Person
from kursvis.access.rules import Role
from kursvis.accounts.models import Assignment, User


def actor_of(user: User, *, today: date) -> Person:
    """Return the user as actor, with the roles that she holds today."""
    held = Assignment.objects.filter(user=user, starts_on__lte=today).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return Person(
        user_id=user.pk,
        name=user.full_name,
        held=tuple(Held(Role(a.role), a.authority_id, a.school_id) for a in held.order_by("pk")),
    )


def with_role_at(school_id: int, role: Role, *, today: date) -> "list[User]":
    """Return the active users who hold a role at a school today, by name."""
    holders = Assignment.objects.filter(school_id=school_id, role=role.value, starts_on__lte=today).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    )
    return list(
        User.objects.filter(is_active=True, pk__in=holders.values("user_id")).order_by("last_name", "first_name", "pk")
    )
