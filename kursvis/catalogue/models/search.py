"""Columns that PostgreSQL computes for the search of the open catalogue: words, pace, times of day."""

from typing import Any

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, Expression, F, Func, GeneratedField, IntegerField, Q, Value, When
from django.db.models.functions import Greatest, Left

from kursvis.catalogue.models.weekly_pattern import HasPath
from kursvis.catalogue.rules.facets import NO_FIXED_TIMES, TIME_BITS
from kursvis.catalogue.rules.pace import PACES
from kursvis.catalogue.rules.weekly_pattern import EVENING, NOON, TimeOfDay

LANGUAGE = "swedish"
"""PostgreSQL's own stemming of Swedish; no extension."""
MOST_CHARACTERS = 20_000
"""PostgreSQL refuses to take the words of a text of a megabyte."""
_WORKDAY = "@.day < 6 && @.starts"
_PATHS = {
    TimeOfDay.MORNING: f"$[*] ? ({_WORKDAY} < {NOON})",
    TimeOfDay.AFTERNOON: f"$[*] ? ({_WORKDAY} >= {NOON} && {_WORKDAY} < {EVENING})",
    TimeOfDay.EVENING: f"$[*] ? ({_WORKDAY} >= {EVENING})",
    TimeOfDay.WEEKEND: "$[*] ? (@.day >= 6)",
}


class DaysBetween(Func):
    """The days from one date to another, as a number."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


def words_column(*fields: str) -> GeneratedField:
    """Return a generated column with the stems of the words of text fields, to be searched; of each its beginning."""
    beginnings = [Left(field, MOST_CHARACTERS) for field in fields]
    return GeneratedField(
        expression=SearchVector(*beginnings, config=LANGUAGE), output_field=SearchVectorField(), db_persist=True
    )


def pace_column() -> GeneratedField:
    """Return a generated column with the pace of a course start, as `rules.pace.pace` computes it."""
    days = DaysBetween(F("ends_on"), F("starts_on"))
    weeks = Greatest(Value(1), (days * 2 + 9) / 14)
    steps = [
        When(Q(points__lte=weeks * (slower + faster) / 10), then=Value(slower))
        for slower, faster in zip(PACES, PACES[1:], strict=False)
    ]
    return _small(Case(*steps, default=Value(PACES[-1])))


def times_of_day_column(field: str) -> GeneratedField:
    """Return a generated column with `rules.facets.time_bits` of a weekly pattern."""
    bits: Any = Case(When(HasPath(F(field), Value("$[*]")), then=Value(0)), default=Value(NO_FIXED_TIMES))
    for time, path in _PATHS.items():
        bits += Case(When(HasPath(F(field), Value(path)), then=Value(TIME_BITS[time])), default=Value(0))
    return _small(bits)


def _small(expression: Expression) -> GeneratedField:
    return GeneratedField(expression=expression, output_field=models.PositiveSmallIntegerField(), db_persist=True)
