"""Packages (sammanhållen yrkesutbildning): courses in an order, with alternatives, and what a school offers of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kursvis.catalogue.models.courses import NationalCourse
from kursvis.catalogue.models.offer import CourseStart
from kursvis.core.models import Row, sort_key
from kursvis.organisation.models import Authority, School


class Package(Row):
    """An education of several courses. Without an authority it is national, and then nobody here changes it."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    programme = models.CharField(max_length=20, blank=True)
    description = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    points = models.PositiveIntegerField(null=True, help_text="What the source says; null: what its courses add up to.")
    ended_on = models.DateField(null=True, help_text="Not offered from this day.")
    name_key = sort_key("name")

    objects: ClassVar[models.Manager["Package"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], condition=Q(authority=None), name="national_package_code_once"),
            models.UniqueConstraint(
                fields=["authority", "code"], condition=~Q(authority=None), name="local_package_code_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class PackageCourse(models.Model):
    """One course of a package. Those with the same alternative (not 0) stand for each other: one of them is read."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="courses")
    position = models.PositiveSmallIntegerField()
    course = models.ForeignKey(NationalCourse, on_delete=models.PROTECT, related_name="+")
    alternative = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["PackageCourse"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["package", "position"], name="package_course_place"),
            models.UniqueConstraint(fields=["package", "course"], name="package_course_once"),
        ]


class PackageStart(Row):
    """A package that a school offers: course starts of its own, in the package's order."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="starts")
    description = models.TextField(blank=True)

    objects: ClassVar[models.Manager["PackageStart"]] = models.Manager()


class PackageStartCourse(models.Model):
    """A course start in a package that a school offers."""

    package_start = models.ForeignKey(PackageStart, on_delete=models.CASCADE, related_name="courses")
    position = models.PositiveSmallIntegerField()
    course_start = models.ForeignKey(CourseStart, on_delete=models.PROTECT, related_name="in_packages")

    objects: ClassVar[models.Manager["PackageStartCourse"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["package_start", "position"], name="package_start_course_place"),
            models.UniqueConstraint(fields=["package_start", "course_start"], name="package_start_course_once"),
        ]
