"""Letters for tests, made by the services."""

from datetime import timedelta
from typing import Any

from kursvis.access.actors import SYSTEM, Actor
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.core import time
from kursvis.letters import services
from kursvis.letters.models import Letter
from kursvis.letters.rules import CallFacts
from kursvis.organisation.models import School
from kursvis.people.models import Student


def make_letter(*, student: Student, school: School, by: Actor = SYSTEM, **given: Any) -> Letter:
    """Return a call to a course that starts in four weeks."""
    starts_on = time.today() + timedelta(days=28)
    values: dict[str, Any] = {
        "email": "elev@example.org",
        "course_name": "Matematik, nivå 1a",
        "course_code": "MATE1A00X",
        "points": 100,
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=67),
        "study_form": StudyForm.DISTANCE.value,
        "place": "Björkgatan 3, sal 12",
        "weekly_pattern": "tisdag 18.00–20.00",
        "condition": "",
        "condition_text": "",
        "required_course": "",
    }
    return services.make_call(
        student=student, school=school, facts=CallFacts(**(values | given)), by=by, now=time.now()
    )
