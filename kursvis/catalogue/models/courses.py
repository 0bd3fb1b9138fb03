"""The national register, and the courses that a municipality has decided for itself."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from kursvis.catalogue.models.search import words_column
from kursvis.catalogue.rules.register import CourseFacts, CourseKind
from kursvis.core.models import Row, sort_key
from kursvis.organisation.models import Authority


class NationalCourse(Row):
    """A course or level of the national register (Skolverket); with an authority one of that municipality's own."""

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, related_name="+", help_text="Whose own; null: national."
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    points = models.PositiveIntegerField(null=True, help_text="Null where the register gives none (sfi, orientation).")
    level = models.CharField(max_length=30)
    subject_code = models.CharField(max_length=20, blank=True)
    subject_name = models.CharField(max_length=160, blank=True)
    school_form = models.CharField(max_length=10)
    curriculum = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=30)
    level_name = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    cancelled_from = models.DateField(null=True)
    status = models.CharField(max_length=30, blank=True)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    alias_of = models.CharField(max_length=20, blank=True)
    searchable = models.BooleanField(default=True, help_text="False: never in the catalogue or a picker (R17, R33).")
    source = models.CharField(max_length=300)
    name_key = sort_key("name")
    search_key = sort_key(Concat("name", Value(" "), "code", Value(" "), "subject_name"))
    words = words_column("name", "code", "subject_name", "level", "level_name")

    objects: ClassVar[models.Manager["NationalCourse"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], condition=Q(authority=None), name="national_course_code_once"),
            models.UniqueConstraint(
                fields=["authority", "code"], condition=~Q(authority=None), name="local_course_code_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="course_validity_in_order",
            ),
            models.CheckConstraint(
                condition=Q(authority=None)
                | Q(kind=CourseKind.LOCAL_PART.value, part_of__isnull=False, points__gt=0)
                | Q(kind=CourseKind.INDIVIDUAL.value, part_of=None, points__gt=0),
                name="local_course_is_part_or_individual",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["level", "name_key"], name="course_by_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def facts(self) -> CourseFacts:
        """Return what the rules of the register need."""
        return CourseFacts(
            code=self.code,
            kind=self.kind,
            level=self.level,
            school_form=self.school_form,
            curriculum=self.curriculum,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            cancelled_from=self.cancelled_from,
            searchable=self.searchable,
        )


class Prerequisite(models.Model):
    """The register's "Kursen bygger på": advice, never a block. Met when all rows of one alternative are met."""

    course = models.ForeignKey(NationalCourse, on_delete=models.CASCADE, related_name="prerequisites")
    alternative = models.PositiveSmallIntegerField()
    required = models.ForeignKey(NationalCourse, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300)

    objects: ClassVar[models.Manager["Prerequisite"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "alternative", "required"], name="prerequisite_once"),
        ]


class RegisterEdition(Row):
    """An edition of the national register that was applied: when, by whom, and what it did. Never rewritten."""

    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=150)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the files.")
    courses = models.PositiveIntegerField(help_text="How many courses the files hold.")
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    prerequisites = models.PositiveIntegerField(help_text="How many courses build on something else than before.")
    correspondences = models.PositiveIntegerField(default=0, help_text="How many courses correspond to another level.")
    packages = models.PositiveIntegerField(default=0, help_text="How many packages are new, changed or ended.")

    objects: ClassVar[models.Manager["RegisterEdition"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="edition_digest_is_sha256"),
        ]


class Correspondence(models.Model):
    """Which level of Gy25 corresponds to a course of Gy11 (rules.md 4.20): a proposal, never a grade's transfer."""

    course = models.OneToOneField(NationalCourse, on_delete=models.CASCADE, related_name="corresponds")
    level = models.ForeignKey(NationalCourse, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=300)

    objects: ClassVar[models.Manager["Correspondence"]] = models.Manager()
