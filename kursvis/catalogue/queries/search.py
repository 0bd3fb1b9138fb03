"""The search of the open catalogue: what is found and how much each filter would leave, in one statement."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries import agreement, offer
from kursvis.catalogue.queries.words import matching
from kursvis.catalogue.rules.facets import TIME_NAMES, YES, Facet, Wanted
from kursvis.catalogue.rules.search import Query, understood
from kursvis.organisation.models import School

_TEXT = CharField()
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FOUND = "kurser"
"""The lines of the answer that are courses; the others are named by their facet."""


@dataclass(frozen=True)
class FoundCourse:
    """A course with the keys of its course starts that were found: those that one can apply for first, then by day."""

    course: int
    starts: list[int]


@dataclass
class Found:
    """What a search found: courses in order, and for each facet its values' counts when the others are respected."""

    query: Query
    courses: list[FoundCourse] = field(default_factory=list)
    counts: dict[Facet, dict[str, int]] = field(default_factory=dict)
    without: dict[Facet, int] = field(default_factory=dict)
    """How many would be found if nothing were chosen of a facet."""

    @property
    def starts(self) -> int:
        """Return how many course starts were found."""
        return sum(len(course.starts) for course in self.courses)


def search(wanted: Wanted, *, today: date) -> Found:
    """Return what a search finds among what is published and has not started."""
    found = Found(understood(wanted.typed, exact=wanted.exact))
    if found.query.finds_nothing:
        return found
    statement, parameters = _statement(found.query, wanted, today=today)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        lines = cursor.fetchall()
    for name, value, count, starts, _order in sorted(lines, key=lambda line: line[-1]):
        if name == _FOUND:
            found.courses.append(FoundCourse(int(value), starts))
        elif value is None:
            found.without[Facet(name)] = count
        elif value:
            found.counts.setdefault(Facet(name), {})[value] = count
    return found


def starts_of(keys: Iterable[int]) -> list[CourseStart]:
    """Return course starts by their keys, in that order."""
    wanted = list(keys)
    rows = CourseStart.objects.select_related("authority", "school", "course", "round__period").in_bulk(wanted)
    return [rows[key] for key in wanted if key in rows]


def school_names(found: Found, wanted: Wanted) -> dict[str, str]:
    """Return the names of the schools that one may narrow by, by their identity in the address."""
    keys = [key for key in {*found.counts.get(Facet.SCHOOL, {}), *wanted.of(Facet.SCHOOL)} if _UUID.fullmatch(key)]
    return {str(uuid): name for uuid, name in School.objects.filter(uuid__in=keys).values_list("uuid", "name")}


def published_names(*, today: date) -> list[str]:
    """Return the names of the courses and subjects that have something published, each once."""
    rows = offer.published(today=today).order_by().values_list("course__name", "course__subject_name").distinct()
    return sorted({name for names in rows for name in names})


def _rows(query: Query, *, today: date) -> "QuerySet[CourseStart, Any]":
    """Return what the words find, with a column for each facet."""
    rows = matching(agreement.with_agreement_missing(offer.published(today=today), today=today), query)
    takes_applications = Q(stopped=False, round__apply_by__gte=today, lacks_agreement=False)
    opens = Case(When(round__period__opens_on__gt=today, then=Value(1)), default=Value(0))
    return rows.annotate(shut=Case(When(takes_applications, then=opens), default=Value(2))).values(
        "pk",
        "course_id",
        "shut",
        "hit",
        first_day=F("starts_on"),
        name=F("course__name_key"),
        **{f"f_{facet.value}": expression for facet, expression in _COLUMNS.items()},
    )


def _text(expression: Any) -> Func:
    return Cast(expression, CharField())


_COLUMNS: dict[Facet, Any] = {
    Facet.AUTHORITY: _text("authority__uuid"),
    Facet.LEVEL: F("course__level"),
    Facet.SUBJECT: F("course__subject_name"),
    Facet.STUDY_FORM: F("study_form"),
    Facet.PACE: _text("pace"),
    Facet.TIME: F("times_of_day"),
    Facet.MONTH: Func(F("starts_on"), Value("YYYY-MM"), function="to_char", output_field=_TEXT),
    Facet.DAY: _text("starts_on"),
    Facet.PLACE: Func(
        Func(F("place"), Value("^.*,"), Value(""), function="regexp_replace"), function="btrim", output_field=_TEXT
    ),
    Facet.SCHOOL: _text("school__uuid"),
    Facet.SEATS: Case(When(seats_taken__lt=F("seats"), then=Value(YES)), default=Value("")),
    Facet.COURSE: F("course__code"),
}
"""The value of each facet, as text; of the times of day the bits. Whether one may apply follows from `shut`."""


_COURSES = f"""
SELECT '{_FOUND}', course_id::text, count(*), array_agg(pk ORDER BY shut, first_day, pk), row_number() OVER (
    ORDER BY min(shut), min(hit), min(first_day) FILTER (WHERE shut = 0), min(first_day), min(name), course_id)
FROM judged WHERE failed = 0 GROUP BY course_id"""
_BY_VALUE = """
SELECT '{facet}', f_{facet}, count(*), NULL::bigint[], 0
FROM judged WHERE failed & ~{bit} = 0 GROUP BY GROUPING SETS ((f_{facet}), ())"""
_BY_TIME = """
SELECT '{facet}', time, count(*), NULL::bigint[], 0
FROM judged, (VALUES {times}) AS times (time, part)
WHERE failed & ~{bit} = 0 AND f_{facet} & part <> 0 GROUP BY time
UNION ALL SELECT '{facet}', NULL, count(*), NULL::bigint[], 0 FROM judged WHERE failed & ~{bit} = 0"""


def _statement(query: Query, wanted: Wanted, *, today: date) -> tuple[str, list[Any]]:
    """Return one statement: the rows once, for each the bits of the facets that it fails, then courses and counts.

    A facet's counts pass over its own bit. Every name in it is the code's own; what people write are parameters.
    """
    rows, parameters = _rows(query, today=today).query.sql_with_params()
    bits = {facet: 1 << number for number, facet in enumerate(Facet)}
    fails = ["0"]
    given: list[Any] = list(parameters)
    for facet, values in wanted.chosen.items():
        fails.append(f"CASE WHEN {_holds(facet)} THEN 0 ELSE {bits[facet]} END")
        given.append(sum(TIME_NAMES.get(value, 0) for value in values) if facet is Facet.TIME else sorted(values))
    times = ", ".join(f"('{name}', {bit})" for name, bit in TIME_NAMES.items())
    counts = [
        (_BY_TIME if facet is Facet.TIME else _BY_VALUE).format(facet=facet.value, bit=bits[facet], times=times)
        for facet in Facet
    ]
    judged = f"SELECT *, {' + '.join(fails)} AS failed FROM found"
    is_open = f"CASE shut WHEN 0 THEN '{YES}' ELSE '' END AS f_{Facet.OPEN.value}"
    listed = f"WITH listed AS MATERIALIZED ({rows}), found AS (SELECT *, {is_open} FROM listed)"
    return f"{listed}, judged AS MATERIALIZED ({judged})" + " UNION ALL ".join([_COURSES, *counts]), given


def _holds(facet: Facet) -> str:
    return f"f_{facet.value} & %s <> 0" if facet is Facet.TIME else f"f_{facet.value} = ANY(%s)"
