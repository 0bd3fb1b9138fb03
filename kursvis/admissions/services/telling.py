"""Telling those who have applied what has changed in a course start (R16): when it is, or where."""

from datetime import datetime

from django.db import transaction

from kursvis.admissions import messages, queries
from kursvis.catalogue.rules.editing import merged
from kursvis.catalogue.services import offer


@transaction.atomic
def tell_changes(*, course_start_id: int, now: datetime) -> int:
    """Tell each applicant with a living choice, once, what has changed since she was told last; return how many.

    Several changes are told as one, and what was changed back is not told. A second run finds nothing to tell.
    """
    untold = offer.lock_untold(course_start_id=course_start_id)
    if not untold:
        return 0
    changes = merged(change.changes for change in untold)
    choices = list(queries.living_choices_of(course_start_id)) if changes else []
    for choice in choices:
        messages.send_change(choice, changes, now=now)
    offer.mark_told(changes=untold, told=len(choices), now=now)
    return len(choices)
