"""Bulk runs and their rows. A row names what it is about by key alone: whom, the process says when it is shown."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kursvis.accounts.models import User
from kursvis.core.models import Row, choices, one_of
from kursvis.organisation.models import Authority, School
from kursvis.work.rules import WITH_REASONS, RowStatus, RunStatus

_GOES_ON = ["preparing", "ready", "running"]


class Run(Row):
    """One step for many rows of one authority, or of a school of it, made and started by one person.

    `kind` names the step (`bulk.py`).
    """

    kind = models.CharField(max_length=40)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Whose run it is; null: the authority's.",
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField(default=dict, help_text="What was said once for all rows; the kind knows what it means.")
    status = models.CharField(max_length=12, choices=choices(RunStatus), default=RunStatus.PREPARING.value)
    reasons = models.JSONField(default=list, help_text="Why it stopped by itself: codes and values.")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField(null=True, help_text="In real time, however the demo's date is moved.")
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Run"]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["authority", "-id"], name="run_newest")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("status", RunStatus, "run_status"),
            models.CheckConstraint(
                condition=~Q(status__in=["running", "done", "undoing", "undone"]) | Q(started_at__isnull=False),
                name="run_started_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, undo_until__isnull=True, status__in=_GOES_ON)
                | Q(finished_at__isnull=False, undo_until__isnull=False) & ~Q(status__in=_GOES_ON),
                name="run_ended_has_its_times",
            ),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True) & ~Q(status__in=["undoing", "undone"])
                | Q(undone_by__isnull=False, status__in=["undoing", "undone"]),
                name="run_undone_by_somebody",
            ),
        ]


class RunRow(models.Model):
    """One row of a run: what it is about, where it stands, why it did not go, and what taking it back needs."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    subject_id = models.BigIntegerField()
    status = models.CharField(max_length=12, choices=choices(RowStatus), default=RowStatus.WAITING.value)
    reasons = models.JSONField(default=list)
    undo = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["RunRow"]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["run", "status", "position"], name="run_row_by_state")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("status", RowStatus, "run_row_status"),
            models.UniqueConstraint(fields=["run", "position"], name="run_row_place"),
            models.UniqueConstraint(fields=["run", "subject_id"], name="run_row_once"),
            models.CheckConstraint(
                condition=Q(status__in=sorted(WITH_REASONS)) & ~Q(reasons=[])
                | ~Q(status__in=sorted(WITH_REASONS)) & Q(reasons=[]),
                name="run_row_says_why_not",
            ),
        ]
