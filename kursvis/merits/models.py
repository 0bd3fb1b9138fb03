"""Results per person, course and source. Written by the processes above; a withdrawn result is kept, marked."""

from typing import ClassVar

from django.db import models

from kursvis.catalogue.models import NationalCourse
from kursvis.core.models import Row, choices, one_of
from kursvis.merits.rules import ResultSource
from kursvis.people.models import Student


class Result(Row):
    """One result of a student in a course. `source_id` is the grade's id where the source is an own grade."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(NationalCourse, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=4)
    passed = models.BooleanField()
    dated = models.DateField()
    source = models.CharField(max_length=20, choices=choices(ResultSource))
    source_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Result"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("source", ResultSource, "result_source"),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=models.Q(withdrawn_at__isnull=True, source_id__isnull=False),
                name="result_valid_once_a_source",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["student", "course"], name="result_by_student")]
