"""Seats and applicants of a course start, counted under a lock on its row; the caller writes the event."""

from django.db import transaction

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.services.offer.row import locked_row
from kursvis.core.reasons import refuse_if


@transaction.atomic
def take_seat(*, course_start_id: int) -> None:
    """Take one seat under a lock on the course start; placing calls this in its transaction and writes the event."""
    locked = locked_row(course_start_id)
    refuse_if(rules.against_taking_a_seat(locked.facts()))
    CourseStart.objects.filter(pk=course_start_id).update(seats_taken=locked.seats_taken + 1)


@transaction.atomic
def free_seat(*, course_start_id: int) -> None:
    """Give a seat back when a placing ends; the caller writes the event."""
    locked = locked_row(course_start_id)
    CourseStart.objects.filter(pk=course_start_id).update(seats_taken=max(locked.seats_taken - 1, 0))


@transaction.atomic
def count_applicant(*, course_start_id: int, delta: int) -> None:
    """Add to the number of applicants that the offer shows; admissions keeps it right and writes the event."""
    locked = locked_row(course_start_id)
    CourseStart.objects.filter(pk=course_start_id).update(applicants=max(locked.applicants + delta, 0))
