"""What visitors tell us about the open pages."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from kursvis.core.models import Row
from kursvis.organisation.models import Authority


class Feedback(Row):
    """An obstacle that somebody has met. Who it was is not kept; her address only until she has been answered."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    answer_by = models.DateField()
    text = models.TextField()
    page = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["Feedback"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something"),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by="") | Q(handled_at__isnull=False, email="") & ~Q(handled_by=""),
                name="handled_feedback_has_no_address",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["authority", "handled_at", "answer_by"], name="feedback_by_day")
        ]

    def state(self, *, today: date) -> str:
        """Return where it stands, for its label."""
        if self.handled_at:
            return "handled"
        return "late" if self.answer_by < today else "waiting"
