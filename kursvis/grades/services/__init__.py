"""The steps of grades and their catalogues."""

from kursvis.grades.services.catalogues import approve, create_catalogue, mark_sent, receive, return_catalogue
from kursvis.grades.services.locking import lock, lock_group
from kursvis.grades.services.reading import opened_catalogue, opened_grade
from kursvis.grades.services.saving import Saved, save_table
from kursvis.grades.services.setting import set_grade, set_grades
from kursvis.grades.services.signing import sign_catalogue, wanted_of
from kursvis.grades.services.unlocking import unlock

__all__ = [
    "Saved",
    "approve",
    "create_catalogue",
    "lock",
    "lock_group",
    "mark_sent",
    "opened_catalogue",
    "opened_grade",
    "receive",
    "return_catalogue",
    "save_table",
    "set_grade",
    "set_grades",
    "sign_catalogue",
    "unlock",
    "wanted_of",
]
