"""Users, and the roles that they hold where and when."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from kursvis.access.rules import SCHOOL_ROLES, Role
from kursvis.core.models import Row, choices, one_of
from kursvis.organisation.models import Authority, School


class User(Row, AbstractBaseUser):
    """One natural person, staff or student or both. Who she is at an authority stands in people.Student."""

    personnummer = models.CharField(max_length=12, unique=True, null=True)  # noqa: DJ001  (unique where there is one)
    user_name = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001  (unique where there is one)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    title = models.CharField(max_length=80, blank=True, help_text="Printed on grade catalogues (SKOLFS 2012:8).")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    demo_note = models.CharField(max_length=200, blank=True, help_text="Shown by the demo's test e-ID.")
    last_login = None

    USERNAME_FIELD = "user_name"
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(personnummer__isnull=True) | Q(personnummer__regex=r"^[0-9]{12}$"),
                name="user_personnummer_is_12_digits",
            ),
            models.CheckConstraint(
                condition=Q(personnummer__isnull=False) | Q(user_name__isnull=False), name="user_can_log_in_somehow"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return first name and surname."""
        return f"{self.first_name} {self.last_name}"


class Assignment(Row):
    """A role held by a user at an authority, or at one school of it, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40, choices=choices(Role))
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Assignment"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("role", Role, "assignment_role"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="assignment_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(SCHOOL_ROLES), school__isnull=False)
                | (~Q(role__in=sorted(SCHOOL_ROLES)) & Q(school__isnull=True)),
                name="assignment_role_fits_unit",
            ),
        ]
