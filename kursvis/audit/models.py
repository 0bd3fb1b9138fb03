"""Who did what, and who read what: append-only by privilege in the database, without foreign keys."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One step, or one reading, by one actor. Plain ids, so that the log never holds live data back."""

    at = models.DateTimeField()
    authority_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    subject_id = models.BigIntegerField(null=True)
    student_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["Event"]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "subject_id", "id"], name="event_by_subject"),
            models.Index(fields=["student_id", "id"], name="event_by_student"),
            models.Index(fields=["authority_id", "at"], name="event_by_authority"),
        ]
