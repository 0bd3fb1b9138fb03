"""Reading grades and catalogues."""

from kursvis.grades.models import Catalogue, Grade
from kursvis.grades.queries.catalogues import (
    catalogue_facts,
    catalogue_path_of,
    entries_in,
    entries_of,
    others_in,
    with_counts,
)
from kursvis.grades.queries.grading import GradingRow, against_creating_for, printable, printable_in, row_of, rows_of
from kursvis.grades.queries.paths import GradeView, own_grades, path_of, trackers_for_student, view_of, who_and_when
from kursvis.grades.queries.reach import (
    CATALOGUE_STATES,
    catalogue_tabs,
    catalogues_of,
    catalogues_readable_by,
    catalogues_where,
    get_catalogue,
    get_grade,
    get_group,
    grades_where,
    readable_by,
    search_catalogues,
    search_grades,
)

__all__ = [
    "CATALOGUE_STATES",
    "Catalogue",
    "Grade",
    "GradeView",
    "GradingRow",
    "against_creating_for",
    "catalogue_facts",
    "catalogue_path_of",
    "catalogue_tabs",
    "catalogues_of",
    "catalogues_readable_by",
    "catalogues_where",
    "entries_in",
    "entries_of",
    "get_catalogue",
    "get_grade",
    "get_group",
    "grades_where",
    "others_in",
    "own_grades",
    "path_of",
    "printable",
    "printable_in",
    "readable_by",
    "row_of",
    "rows_of",
    "search_catalogues",
    "search_grades",
    "trackers_for_student",
    "view_of",
    "who_and_when",
    "with_counts",
]
