"""Letters that have been made: kept as they were sent."""

from typing import ClassVar

from django.db import models

from kursvis.core.models import Row
from kursvis.organisation.models import School
from kursvis.people.models import Student


class Letter(Row):
    """One letter to one student, with the PDF exactly as it went out. Never changed, by privilege."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    pdf = models.BinaryField()

    objects: ClassVar[models.Manager["Letter"]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["student", "-id"], name="letter_by_student")]
