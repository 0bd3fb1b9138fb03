"""Students: a natural person's record at one authority."""

from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Cast, Concat

from kursvis.accounts.models import User
from kursvis.core import personnummer
from kursvis.core.models import Row, choices, one_of, sort_key
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority
from kursvis.people.rules import SCHOOL_ALIAS, Protection
from kursvis.people.rules.protection import Naming

_OPEN = Q(protection=Protection.NONE.value)


def _shown_name() -> Case:
    """Return the name for lists, decided by the database: a protected person is her alias."""
    text = models.CharField()
    return Case(
        When(_OPEN, then=Concat("last_name", Value(", "), "first_name", output_field=text)),
        default=Concat(Value(f"{SCHOOL_ALIAS} "), Cast("alias_number", text), output_field=text),
        output_field=text,
    )


class Student(Row):
    """A student's record at one authority; her user may have records at several.

    Lists, searches, letters in queues and exports use `listed_name` and `listed_personnummer` only: for a protected
    person they are alias and nothing, in the database itself. Other personal fields are shown after `services.opened`.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    personnummer = models.CharField(max_length=12)
    birth_date = models.DateField()
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    protection = models.CharField(max_length=30, choices=choices(Protection), default=Protection.NONE.value)
    protected_at = models.DateTimeField(null=True, help_text="Since when, without a break, the data are protected.")
    alias_number = models.PositiveIntegerField()
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    locality = models.CharField(max_length=80, blank=True)
    home_municipality = models.CharField(max_length=4, blank=True)
    synthetic = models.BooleanField(default=False, help_text="An invented person with an official test number.")

    listed_name = models.GeneratedField(
        expression=_shown_name(), output_field=models.CharField(max_length=200), db_persist=True
    )
    listed_personnummer = models.GeneratedField(
        expression=Case(When(_OPEN, then="personnummer"), default=Value(""), output_field=models.CharField()),
        output_field=models.CharField(max_length=12),
        db_persist=True,
    )
    name_key = sort_key(_shown_name())

    objects: ClassVar[models.Manager["Student"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("protection", Protection, "student_protection"),
            models.UniqueConstraint(fields=["authority", "personnummer"], name="student_once_an_authority"),
            models.UniqueConstraint(fields=["authority", "user"], name="student_record_once_a_user"),
            models.UniqueConstraint(fields=["authority", "alias_number"], name="student_alias_once"),
            models.CheckConstraint(
                condition=Q(personnummer__regex=r"^[0-9]{12}$"), name="student_personnummer_is_12_digits"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["authority", "name_key"], name="student_by_name")]

    @property
    def is_protected(self) -> bool:
        """Say whether the person's data are protected."""
        return self.protection != Protection.NONE.value

    @property
    def shown_personnummer(self) -> str:
        """Return the personnummer as people write it. For a protected person only after `services.opened`."""
        return personnummer.shown(self.personnummer)

    @property
    def shown_listed_personnummer(self) -> str:
        """Return the personnummer as lists show it: nothing for a protected person."""
        return personnummer.shown(self.listed_personnummer)


class ProtectedReader(Row):
    """A named user who may open one protected person's data, for a period; `ended_at` when it was cut short.

    The database keeps one user's periods apart (protected_reader_does_not_overlap).
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    why = models.CharField(max_length=300, blank=True)
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ProtectedReader"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="protected_reader_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(named_by__isnull=True) | ~Q(named_by=models.F("user")),
                name="protected_reader_named_by_another",
            ),
        ]

    def facts(self) -> Naming:
        """Return what the rules need."""
        ended_on = swedish_date(self.ended_at) if self.ended_at else None
        return Naming(self.user_id, self.starts_on, self.ends_on, ended_on)
