"""Events by what they are about. The rows must have been reached through their own querysets."""

from django.db import models

from kursvis.audit.models import Event


def about(subject: models.Model) -> "models.QuerySet[Event]":
    """Return the events about one row, oldest first. The row must have been reached through its own queryset."""
    return Event.objects.filter(subject=subject._meta.label_lower, subject_id=subject.pk).order_by("id")


def about_student(student_id: int) -> "models.QuerySet[Event]":
    """Return the events about one student's record, newest first."""
    return Event.objects.filter(student_id=student_id).order_by("-id")
