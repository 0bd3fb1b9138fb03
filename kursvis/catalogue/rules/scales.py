"""Which grades a course is given: by its part of komvux, its kind, and the day it starts (20 kap. skollagen)."""

from dataclasses import dataclass, field
from datetime import date

from kursvis.catalogue.rules.register import CourseFacts, CourseKind

DASH = "–"
"""Streck: the decision that there is no basis for a grade (20 kap. 39 § skollagen)."""

LETTERS_FROM = date(2012, 7, 1)
"""A–F for what begins from this day; before it, MVG–IG (rules.md 3.10)."""
PASSED_OR_NOT_FROM = date(2022, 1, 1)
"""G and IG on basic level and in sfi, adapted basic too, for what begins from this day."""


@dataclass(frozen=True)
class Scale:
    """The values that may be given, best first, those that are passed, and a name. No values: a certificate instead."""

    values: tuple[str, ...]
    passing: frozenset[str] = field(default_factory=frozenset)
    label: str = ""

    def without_dash(self) -> "Scale":
        """Return the scale of a prövning: a no-show gets no grade, and no dash (rules.md 2.24)."""
        return Scale(tuple(value for value in self.values if value != DASH), self.passing, self.label)


def _scale(values: str, passing: str, label: str) -> Scale:
    return Scale(tuple(values.split()), frozenset(passing.split()), label)


NONE = Scale((), frozenset(), "Inget betyg, intyg")
A_TO_F = _scale(f"A B C D E F {DASH}", "A B C D E", "A–F")
A_TO_E = _scale("A B C D E", "A B C D E", "A–E")
G_OR_IG = _scale(f"G IG {DASH}", "G", "G, IG")
G_ONLY = _scale("G", "G", "G")
E_OR_F = _scale("E F", "E", "E, F")
MVG_TO_IG = _scale("MVG VG G IG", "MVG VG G", "MVG–IG")
VG_TO_IG = _scale("VG G IG", "VG G", "VG–IG")

_BY_SCHOOL_FORM: dict[str, tuple[tuple[date, Scale], ...]] = {
    "VUXGY": ((LETTERS_FROM, A_TO_F), (date.min, MVG_TO_IG)),
    "VUXGR": ((PASSED_OR_NOT_FROM, G_OR_IG), (LETTERS_FROM, A_TO_F), (date.min, MVG_TO_IG)),
    "VUXSFI": ((PASSED_OR_NOT_FROM, G_OR_IG), (LETTERS_FROM, A_TO_F), (date.min, VG_TO_IG)),
    "VUXGRAN": ((PASSED_OR_NOT_FROM, G_ONLY), (date.min, A_TO_E)),
    "VUXGYAN": ((date.min, A_TO_E),),
}
"""School form → (first day, scale), latest first. Who does not pass an adapted course gets a certificate instead."""
_WORKS = frozenset({CourseKind.KOMVUX_WORK, CourseKind.UPPER_SECONDARY_WORK})
_WITHOUT_GRADE = frozenset({CourseKind.ORIENTATION, CourseKind.INDIVIDUAL, CourseKind.CONTAINER})
_SUBJECT_AREAS = ("SGRIND", "SGRNAT", "SGRSPR")
"""Ämnesområden of the adapted basic education: certificate, no grade (rules.md 3.10)."""


def scale_for(course: CourseFacts, starts_on: date) -> Scale:
    """Return the scale of a course that starts on a day: chosen by that day and the course's system, never by today.

    Old values stay on old results: a basic course begun in 2021 is graded A–F, also when it is graded later.
    """
    if course.kind in _WITHOUT_GRADE or course.code.startswith(_SUBJECT_AREAS):
        return NONE
    if course.kind in _WORKS:
        return E_OR_F
    for first_day, scale in _BY_SCHOOL_FORM.get(course.school_form, ()):
        if starts_on >= first_day:
            return scale
    return NONE
