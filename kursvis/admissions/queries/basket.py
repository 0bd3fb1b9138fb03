"""What a basket of the open catalogue is for the person who applies from it."""

from datetime import date

from kursvis.accounts.models import User
from kursvis.admissions.models import Choice
from kursvis.admissions.queries import STATES
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries.basket import Basket
from kursvis.core.reasons import Reason


def against_each(user: User, found: Basket, *, today: date) -> list[tuple[CourseStart, list[Reason]]]:
    """Return each published course start of the basket, in its order, with every reason why she may not apply to it."""
    missing = [] if user.personnummer else [Reason("people.personnummer_missing")]
    starts = [row.course_start for row in found.rows]
    living = Choice.objects.filter(student__user_id=user.pk, course_start__in=starts).exclude(STATES["atertagna"])
    applied = set(living.values_list("course_start_id", flat=True))
    again = [Reason("admissions.already_applied")]
    return [
        (row.course_start, missing + (again if row.course_start.pk in applied else row.against)) for row in found.rows
    ]
