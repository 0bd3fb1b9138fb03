"""The paper grade catalogue: what it says, and its PDF."""

from typing import Any

from django.utils.translation import gettext as _

from kursvis.core import pdf
from kursvis.core.personnummer import shown
from kursvis.core.time import swedish_date
from kursvis.grades.models import Catalogue, Grade
from kursvis.studies.rules import GroupKind

TEMPLATE = "kursvis/grades/typst/catalogue.typ"


def render(catalogue: Catalogue, grades: list[Grade], *, replaced: list[Catalogue]) -> bytes:
    """Return the catalogue as PDF. Reads the group's course, school and authority."""
    return pdf.render(TEMPLATE, data_of(catalogue, grades, replaced=replaced))


def given_out(catalogue: Catalogue) -> bytes:
    """Return the PDF that is given out: the catalogue as it was made.

    Somebody in it may have been protected since: then a transcript, where she stands with her alias. The record itself
    is kept as it was made; paper that has left already is fetched back by hand (ADR 0009).
    """
    entries = catalogue.entries.select_related("grade__enrolment__student", "grade__enrolment__group").order_by("pk")
    grades = [entry.grade for entry in entries]
    if not any(_protected_since(grade, catalogue) for grade in grades):
        return bytes(catalogue.pdf)
    replaced = list(catalogue.replaced.defer("pdf").order_by("number"))
    note = _("Avskrift: någon i katalogen har fått skyddade personuppgifter efter att den gjordes.")
    return pdf.render(TEMPLATE, data_of(catalogue, grades, replaced=replaced) | {"transcript": note})


def _protected_since(grade: Grade, catalogue: Catalogue) -> bool:
    student = grade.enrolment.student
    return student.is_protected and (student.protected_at is None or student.protected_at > catalogue.created_at)


def data_of(catalogue: Catalogue, grades: list[Grade], *, replaced: list[Catalogue]) -> dict[str, Any]:
    """Return what the catalogue says (SKOLFS 2012:8; rules.md 3.24); the template's header describes the keys."""
    group, authority = catalogue.group, catalogue.authority
    return {
        "title": _("Betygskatalog {number}").format(number=catalogue.number),
        "number": str(catalogue.number),
        "created_on": swedish_date(catalogue.created_at).isoformat(),
        "authority": authority.name,
        "authority_address": authority.catalogue_address.splitlines(),
        "school": group.school.name,
        "unit_code": group.school.unit_code,
        "group": group.name,
        "course_code": group.course.code,
        "course_name": group.course.name,
        "points": str(group.points),
        "decider_name": catalogue.decider_name,
        "decider_title": catalogue.decider_title,
        "replaces": [str(old.number) for old in replaced],
        "rows": [_line(grade) for grade in grades],
    }


def _line(grade: Grade) -> dict[str, Any]:
    """Return one line. A protected person stands with her alias and no number (rules.md 3.24)."""
    student = grade.enrolment.student
    return {
        "personnummer": shown(student.listed_personnummer),
        "name": student.listed_name,
        "grade": grade.value,
        "grade_date": grade.grade_date.isoformat() if grade.grade_date else "",
        "provning": grade.enrolment.group.kind == GroupKind.PROVNING,
        "carried_over": grade.approved_at is not None,
        "information": _information(grade),
    }


def _information(grade: Grade) -> str:
    remarks = [grade.other_information] if grade.other_information else []
    if grade.enrolment.student.is_protected:
        remarks.append(_("Uppgifterna lämnas i rekommenderat brev, enligt rutinen för skyddade personuppgifter."))
    return " ".join(remarks)
