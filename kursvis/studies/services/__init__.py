"""The steps of studies: groups, placing, and the course of an enrolment."""

from kursvis.studies.services.enrolments import (
    complete,
    did_not_start,
    move_end,
    take_back_completion,
    undo_did_not_start,
)
from kursvis.studies.services.groups import create_group
from kursvis.studies.services.placing import StepResult, call, call_each, place, place_each
from kursvis.studies.services.reading import open_group, open_letter

__all__ = [
    "StepResult",
    "call",
    "call_each",
    "complete",
    "create_group",
    "did_not_start",
    "move_end",
    "open_group",
    "open_letter",
    "place",
    "place_each",
    "take_back_completion",
    "undo_did_not_start",
]
