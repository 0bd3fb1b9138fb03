"""What a school's agreements and its municipality's registers let it offer."""

from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.core.reasons import Reason
from kursvis.organisation import queries as organisation
from kursvis.organisation.models import Agreement, School
from kursvis.organisation.queries import registers
from kursvis.organisation.rules import AgreementFacts, AgreementKind, against_new_placements
from kursvis.organisation.rules.registers import Register

_OFFERED = (CourseStartStatus.SUBMITTED.value, CourseStartStatus.PUBLISHED.value)


def against_agreement(school: School, *, starts_on: date, ends_on: date, today: date) -> list[Reason]:
    """Return every reason why the school's agreements do not let it offer this now (R09, R12)."""
    agreements = organisation.agreements_of(school)
    return rules.against_agreement(agreements, starts_on=starts_on, ends_on=ends_on, today=today)


def agreement_against(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason why the school's agreements do not let this course start be offered now (R09, R12).

    What has started goes on: who is placed is finished and graded.
    """
    return _against(course_start, organisation.agreements_of(course_start.school), today)


def _against(course_start: CourseStart, agreements: list[AgreementFacts], today: date) -> list[Reason]:
    if course_start.starts_on <= today:
        return []
    dates = {"starts_on": course_start.starts_on, "ends_on": course_start.ends_on}
    return rules.against_agreement(agreements, **dates, today=today)


def against_applying(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason why nobody may apply now: the offer itself, or a school whose agreement has ended (R09)."""
    return against_applying_to([course_start], today=today)[course_start.pk]


def against_applying_to(rows: Iterable[CourseStart], *, today: date) -> dict[int, list[Reason]]:
    """Return the reasons against applying to each of the rows, for one query."""
    shown = list(rows)
    agreements = organisation.agreements_by_school({row.school_id for row in shown})
    return {
        row.pk: rules.against_applying(row.facts(), today=today) or _against(row, agreements[row.school_id], today)
        for row in shown
    }


def agreement_lacking(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return why a course start that is sent in or published can not take place: no agreement covers it."""
    return agreement_against(course_start, today=today) if course_start.status in _OFFERED else []


def schools_to_offer(schools: "QuerySet[School]", *, today: date) -> "QuerySet[School]":
    """Return the schools that may enter new offers: not those whose every agreement has ended, unless all have."""
    active = organisation.active_schools(schools, today=today)
    return active if active.exists() else schools


def against_any_offer(schools: "QuerySet[School]", *, today: date) -> list[Reason]:
    """Return why none of the schools may enter an offer now: every agreement has ended (R09)."""
    if organisation.active_schools(schools, today=today).exists():
        return []
    first = schools.first()
    return against_new_placements(organisation.agreements_of(first), today=today) if first else []


def with_agreement_missing(rows: "QuerySet[CourseStart]", *, today: date) -> "QuerySet[CourseStart]":
    """Mark the rows (`lacks_agreement`) that are sent in or published, to come, and not covered by any agreement."""
    in_force = Agreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("starts_on")),
        school=OuterRef("school"),
        starts_on__lte=OuterRef("starts_on"),
    )
    temporary = in_force.filter(kind=AgreementKind.TEMPORARY.value)
    within = Q(ends_on__year=ExtractYear("starts_on")) & ~Q(Exists(temporary.filter(ends_on__lt=OuterRef("ends_on"))))
    covered = Q(Exists(in_force.filter(kind=AgreementKind.ORDINARY.value))) | Q(Exists(temporary)) & within
    lacking = Q(status__in=_OFFERED, starts_on__gt=today) & ~covered
    return rows.annotate(
        lacks_agreement=Case(When(lacking, then=Value(True)), default=Value(False), output_field=BooleanField())
    )


def against_study_form(school: School, kind: StudyForm, *, starts_on: date) -> list[Reason]:
    """Return why a study form cannot be offered: the municipality's register has none of the kind in force then."""
    entry = registers.chosen(school.authority_id, Register.STUDY_FORM, kind.value, starts_on)
    return rules.against_study_form(kind, is_in_force=entry is not None, starts_on=starts_on)
