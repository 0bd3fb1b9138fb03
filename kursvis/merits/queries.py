"""Reading results."""

from django.db.models import QuerySet

from kursvis.merits.models import Result


def results_of(student_id: int) -> QuerySet[Result]:
    """Return a student's valid results, newest first, with their courses. The student must have been reached first."""
    return (
        Result.objects.filter(student_id=student_id, withdrawn_at__isnull=True)
        .select_related("course")
        .order_by("-dated", "course__name_key", "pk")
    )


def passing_results(*, student_id: int, course_id: int) -> QuerySet[Result]:
    """Return the valid passed results of a student in one course, oldest first."""
    return Result.objects.filter(
        student_id=student_id, course_id=course_id, passed=True, withdrawn_at__isnull=True
    ).order_by("pk")
