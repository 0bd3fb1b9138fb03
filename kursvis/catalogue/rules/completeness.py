"""How complete a course start is: what an applicant wants to know, and what of it is missing (help page R15)."""

from enum import StrEnum

from kursvis.catalogue.rules.offer import CourseStartFacts, StudyForm
from kursvis.core.reasons import Reason


class Part(StrEnum):
    """What a course start tells an applicant, in the order in which a page asks for it."""

    DESCRIPTION = "description"
    SCHEDULE = "schedule"
    TIMES = "times"
    PLACE = "place"
    CONTACT = "contact"


def missing(facts: CourseStartFacts) -> list[Part]:
    """Return what is missing of a course start. One at a distance needs neither lesson times nor a place.

    The times count apart from what is said about them: by them applicants search, and clashes are seen.
    """
    at_a_distance = facts.study_form is StudyForm.DISTANCE
    has = {
        Part.DESCRIPTION: bool(facts.description.strip()),
        Part.SCHEDULE: bool(facts.schedule.strip()),
        Part.TIMES: facts.has_times or at_a_distance,
        Part.PLACE: bool(facts.place.strip()) or at_a_distance,
        Part.CONTACT: facts.has_contact,
    }
    return [part for part in Part if not has[part]]


def against_incomplete(facts: CourseStartFacts) -> list[Reason]:
    """Return what must be filled in before the offer is sent to the municipality; the rest is only marked."""
    gone = missing(facts)
    reasons = [Reason("catalogue.description_missing")] if Part.DESCRIPTION in gone else []
    return reasons + ([Reason("catalogue.weekly_pattern_missing")] if Part.SCHEDULE in gone else [])
