"""What a school's agreements and its municipality's registers let it offer."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, CharField, Exists, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear

from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.core.models import not_over
from kursvis.core.reasons import Reason
from kursvis.organisation import queries as organisation
from kursvis.organisation.models import Agreement, RegisterEntry, School
from kursvis.organisation.queries import registers
from kursvis.organisation.rules import AgreementFacts, AgreementKind, against_new_placements
from kursvis.organisation.rules.registers import Register

_OFFERED = (CourseStartStatus.SUBMITTED.value, CourseStartStatus.PUBLISHED.value)


def against_agreement(
    school: School,
    *,
    course: NationalCourse,
    industry: RegisterEntry | None,
    starts_on: date,
    ends_on: date,
    today: date,
) -> list[Reason]:
    """Return every reason why the school's agreements do not let it offer this now (R09, R11, R12)."""
    return rules.against_agreement(
        organisation.agreements_of(school),
        starts_on=starts_on,
        ends_on=ends_on,
        level=course.level,
        industry=industry.code if industry else "",
        today=today,
    )


def agreement_against(course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason why the school's agreements do not let this course start be offered now (R09, R12).

    What has started goes on: who is placed is finished and graded.
    """
    return _against(course_start, organisation.agreements_of(course_start.school), today)


def _against(course_start: CourseStart, agreements: list[AgreementFacts], today: date) -> list[Reason]:
    if course_start.starts_on <= today:
        return []
    return rules.against_agreement(
        agreements,
        starts_on=course_start.starts_on,
        ends_on=course_start.ends_on,
        level=course_start.course.level,
        industry=course_start.industry.code if course_start.industry else "",
        today=today,
    )


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
    """Mark the rows (`lacks_agreement`) that are sent in or published, to come, and not covered by any agreement.

    The same answer as `rules.offer.against_agreement`, asked of the database for a whole list; a test holds them equal.
    """
    of_level = Q(levels=[]) | Q(levels__contains=_array(OuterRef("course__level")))
    of_industry = Q(industries=[]) | Q(industries__contains=_array(OuterRef("industry__code")))
    in_time = Q(kind=AgreementKind.ORDINARY.value) | Q(ends_on__gte=OuterRef("ends_on"))
    agreed = Agreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("starts_on")),
        of_level,
        of_industry,
        in_time,
        school=OuterRef("school"),
        starts_on__lte=OuterRef("starts_on"),
    )
    ordinary = agreed.filter(kind=AgreementKind.ORDINARY.value)
    covered = Q(Exists(ordinary)) | Q(Exists(agreed)) & Q(ends_on__year=ExtractYear("starts_on"))
    lacking = Q(status__in=_OFFERED, starts_on__gt=today) & ~covered
    return rows.annotate(
        lacks_agreement=Case(When(lacking, then=Value(True)), default=Value(False), output_field=BooleanField())
    )


def _array(value: OuterRef) -> Func:
    """Return one value as an array of the database, to ask whether a column's array has it."""
    return Func(value, template="ARRAY[%(expressions)s]::varchar[]", output_field=ArrayField(CharField()))


def against_study_form(school: School, kind: StudyForm, *, starts_on: date) -> list[Reason]:
    """Return why a study form cannot be offered: the municipality's register has none of the kind in force then."""
    entry = registers.chosen(school.authority_id, Register.STUDY_FORM, kind.value, starts_on)
    return rules.against_study_form(kind, is_in_force=entry is not None, starts_on=starts_on)


def industries_to_offer(
    schools: "QuerySet[School]", *, today: date, chosen: UUID | None = None
) -> "QuerySet[RegisterEntry]":
    """Return the industries that the schools' municipalities use, now or later, by name; a draft's own stays (R09)."""
    rows = RegisterEntry.objects.filter(
        not_over(today) | Q(uuid=chosen),
        register=Register.INDUSTRY.value,
        authority_id__in=schools.order_by().values("authority_id"),
    )
    return rows.order_by("name_key", "pk")


def against_industry(school: School, industry: RegisterEntry | None, *, starts_on: date) -> list[Reason]:
    """Return why an industry cannot be told: it is another municipality's, or not in force when the course starts."""
    if industry is None:
        return []
    is_own = (industry.authority_id, industry.register) == (school.authority_id, Register.INDUSTRY.value)
    return rules.against_industry(industry.facts(), is_own=is_own, starts_on=starts_on)
