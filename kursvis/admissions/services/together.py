"""Applying to several course starts at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.accounts.models import User
from kursvis.admissions.models import Choice
from kursvis.admissions.services import applying
from kursvis.catalogue.models import CourseStart
from kursvis.core.reasons import Reason, Refused


@dataclass
class Together:
    """What came of applying to several course starts: the choices that were made, and why the others were not."""

    choices: list[Choice] = field(default_factory=list)
    refused: list[tuple[CourseStart, list[Reason]]] = field(default_factory=list)


@transaction.atomic
def apply_to_all(
    *,
    course_starts: Sequence[CourseStart],
    user: User,
    email: str,
    phone: str = "",
    goal: str,
    message: str = "",
    submits: bool,
    by: Actor,
    now: datetime,
) -> Together:
    """Send in, or save as drafts, an application to each of the course starts; numbered in the order that they come.

    What one is refused for keeps none of the others. Municipalities are taken one after the other, always in the same
    order, so that two who apply at once never wait for each other.
    """
    step = applying.apply if submits else applying.save_draft
    found = Together()
    for course_start in sorted(course_starts, key=lambda start: start.school.authority_id):
        try:
            with transaction.atomic():
                found.choices.append(
                    step(
                        course_start=course_start,
                        user=user,
                        email=email,
                        phone=phone,
                        goal=goal,
                        message=message,
                        by=by,
                        now=now,
                    )
                )
        except Refused as refusal:
            found.refused.append((course_start, list(refusal.reasons)))
    return found
