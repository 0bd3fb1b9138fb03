"""Who did what, and who read what: append-only by privilege in the database, without foreign keys."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One step, or one reading, by one actor. Plain ids, so that the log never holds live data back.

    What may name a person (`actor_name`, `detail`) can be erased; its salted digest stays, and with it the seal. The
    database lets two things happen to an event: it gets its batch, and it is erased. The other fields never change.
    """

    at = models.DateTimeField()
    authority_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, help_text="Empty when erased.")
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    subject_id = models.BigIntegerField(null=True)
    student_id = models.BigIntegerField(null=True)
    is_creation = models.BooleanField(default=False, help_text="The step made the subject.")
    changed_fields = ArrayField(
        models.CharField(max_length=63),
        default=list,
        help_text="The subject's columns that the step changed; from what to what stands in the detail.",
    )
    detail = models.JSONField(default=dict, help_text="Empty when erased.")
    salt = models.CharField(max_length=64, null=True)  # noqa: DJ001  (null: erased)
    detail_digest = models.CharField(max_length=64)
    batch_number = models.BigIntegerField(null=True, help_text="The batch that seals it; null until then.")

    objects: ClassVar[models.Manager["Event"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(salt__isnull=False) | Q(detail={}, actor_name=""), name="erased_event_names_nobody"
            ),
            models.CheckConstraint(condition=Q(detail_digest__regex="^[0-9a-f]{64}$"), name="event_has_a_digest"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "subject_id", "id"], name="event_by_subject"),
            models.Index(fields=["student_id", "id"], name="event_by_student"),
            models.Index(fields=["authority_id", "at"], name="event_by_authority"),
            models.Index(fields=["actor_id", "at"], name="event_by_actor"),
            GinIndex(
                fields=["detail"],
                opclasses=["jsonb_path_ops"],
                condition=Q(verb="student.searched"),
                name="event_by_whom_it_showed",
            ),
            models.Index(fields=["id"], condition=Q(batch_number__isnull=True), name="event_to_seal"),
        ]

    @property
    def is_erased(self) -> bool:
        """Say whether what named persons has been erased."""
        return self.salt is None


class Batch(models.Model):
    """A link of the chain: the digest of a number of events over the previous link's. Append-only by privilege."""

    number = models.BigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    sealed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Batch"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(number__gte=1, count__gte=1), name="batch_holds_something"),
        ]
