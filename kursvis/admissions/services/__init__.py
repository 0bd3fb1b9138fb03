"""The steps from an application to a distributed place. One function a step; each owns its transaction."""

from kursvis.admissions.services.applying import apply, edit_and_submit, edit_draft, save_draft, submit, withdraw
from kursvis.admissions.services.conditions import meet_conditions, record_evidence, reopen_conditions
from kursvis.admissions.services.deciding import decide
from kursvis.admissions.services.distributing import RUN, distribute, prepare_distribution, take_back
from kursvis.admissions.services.placing import mark_called, mark_placed, return_choice
from kursvis.admissions.services.reading import applicant_opened, opened
from kursvis.admissions.services.telling import tell_changes
from kursvis.admissions.services.together import apply_to_all

__all__ = [
    "RUN",
    "applicant_opened",
    "apply",
    "apply_to_all",
    "decide",
    "distribute",
    "edit_and_submit",
    "edit_draft",
    "mark_called",
    "mark_placed",
    "meet_conditions",
    "opened",
    "prepare_distribution",
    "record_evidence",
    "reopen_conditions",
    "return_choice",
    "save_draft",
    "submit",
    "take_back",
    "tell_changes",
    "withdraw",
]
