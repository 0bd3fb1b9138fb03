"""Grades, their path, and the catalogues that carry them to the municipality."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kursvis.accounts.confirm.rules import ELECTRONIC_IDS, ConfirmWay
from kursvis.accounts.models import User
from kursvis.catalogue.rules.scales import DASH
from kursvis.core.models import Row, choices, one_of
from kursvis.grades.rules import CatalogueStatus, GradeStatus, Verb
from kursvis.organisation.models import Authority
from kursvis.studies.models import Enrolment, Group


class Grade(Row):
    """The grade of one enrolment. From the lock on, its date is the enrolment's end date, by a foreign key on both."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=4, blank=True, help_text="Empty: taken back before the lock, no grade.")
    status = models.CharField(max_length=20, choices=choices(GradeStatus), default=GradeStatus.SET.value)
    decider = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(help_text="When the grade was set; may be after its date (R51).")
    grade_date = models.DateField(null=True)
    locked_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    other_information = models.CharField(max_length=200, blank=True)
    no_grade_reason = models.CharField(
        max_length=120, blank=True, help_text="Why there is a dash, as the municipality's register called it then."
    )

    objects: ClassVar[models.Manager["Grade"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("status", GradeStatus, "grade_status"),
            models.CheckConstraint(
                condition=Q(status="set", grade_date__isnull=True, locked_at__isnull=True)
                | (~Q(status="set") & Q(grade_date__isnull=False, locked_at__isnull=False)),
                name="locked_grade_is_dated",
            ),
            models.CheckConstraint(condition=Q(status="set") | ~Q(value=""), name="locked_grade_has_a_value"),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "exported"]) | Q(approved_at__isnull=False),
                name="approved_grade_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(no_grade_reason="") | Q(value=DASH), name="only_a_dash_has_a_no_grade_reason"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["authority", "status"], name="grade_by_state")]


class GradeStep(models.Model):
    """The path of a grade: one row a step. Append-only by privilege."""

    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=30, choices=choices(Verb))
    value = models.CharField(max_length=4, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["GradeStep"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [one_of("verb", Verb, "grade_step_verb")]


class Catalogue(Row):
    """A grade catalogue (betygskatalog): one decider's locked grades of one group, kept as it was printed."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    decider = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decider_name = models.CharField(max_length=200)
    decider_title = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=choices(CatalogueStatus), default=CatalogueStatus.CREATED.value)
    status_reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced")
    pdf = models.BinaryField()

    objects: ClassVar[models.Manager["Catalogue"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("status", CatalogueStatus, "catalogue_status"),
            models.UniqueConstraint(fields=["authority", "number"], name="catalogue_number_once"),
            models.CheckConstraint(condition=~Q(decider_title=""), name="catalogue_names_a_title"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["authority", "status", "-id"], name="catalogue_by_state"),
            models.Index(fields=["group"], name="catalogue_by_group"),
        ]


class CatalogueStep(models.Model):
    """The path of a catalogue: one row a step. Append-only by privilege."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=30, choices=choices(Verb))
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["CatalogueStep"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [one_of("verb", Verb, "catalogue_step_verb")]


class CatalogueSignature(models.Model):
    """The decider's electronic signature of a catalogue, as the electronic ID gave it. Append-only by privilege.

    What is signed is `text`, which she saw, and `digest`: the SHA-256 of the PDF that is kept.
    """

    catalogue = models.OneToOneField(Catalogue, on_delete=models.PROTECT, related_name="signature")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=20, choices=choices(ConfirmWay))
    digest = models.CharField(max_length=64)
    text = models.TextField()
    signature = models.TextField()
    ocsp = models.TextField()
    signed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["CatalogueSignature"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(way__in=sorted(way.value for way in ELECTRONIC_IDS)), name="catalogue_signature_by_e_id"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="catalogue_signature_digest"),
            models.CheckConstraint(
                condition=~Q(signature="") & ~Q(ocsp="") & ~Q(text=""), name="catalogue_signature_is_whole"
            ),
        ]


class CatalogueEntry(models.Model):
    """One grade in one catalogue, as printed. `valid` ends when the catalogue is returned or replaced."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="entries")
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=4)
    grade_date = models.DateField()
    carried_over = models.BooleanField(
        default=False, help_text="Already approved in a catalogue that this one replaces."
    )
    valid = models.BooleanField(default=True)

    objects: ClassVar[models.Manager["CatalogueEntry"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["grade"], condition=Q(valid=True), name="grade_in_one_valid_catalogue"),
            models.UniqueConstraint(fields=["catalogue", "grade"], name="grade_once_a_catalogue"),
        ]
