"""What every table shares, and the demo's clock."""

import uuid
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import CharField, Func, GeneratedField, Value
from django.db.models.functions import Lower

_PLAIN = "åäöæøéèêëáàâãíìîïóòôõúùûüýÿñçčćšśžźżłńğışß"
_SORTS = "{|}|}eeeeaaaaiiiioooouuuuyyncccsszzzlngiss"
"""Swedish order: å ä ö after z ('{' '|' '}' follow z in ASCII), æ as ä, ø as ö, other accents as their letter."""


class Row(models.Model):
    """A row with a bigint key inside and a UUID in addresses."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Translate(Func):
    """PostgreSQL's translate(): letter by letter, immutable, the same on every server."""

    function = "TRANSLATE"
    output_field = CharField()


class ByteOrder(Func):
    """An expression ordered by its bytes, so that the order is the same on every server."""

    template = '(%(expressions)s) COLLATE "C"'
    output_field = CharField()


def sort_key(expression: Any) -> GeneratedField:
    """Return a generated column that sorts, and is searched by prefix, in Swedish order."""
    return GeneratedField(
        expression=ByteOrder(Translate(Lower(expression), Value(_PLAIN), Value(_SORTS))),
        output_field=models.CharField(max_length=400, db_collation="C"),
        db_persist=True,
    )


def as_sort_key(text: str) -> str:
    """Return a text as `sort_key` stores it, to search with."""
    return text.lower().translate(str.maketrans(_PLAIN, _SORTS))


def one_of(field: str, enum: type[StrEnum], name: str) -> models.CheckConstraint:
    """Return a check that the field holds one of the enum's values, so that the database knows it too."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": [member.value for member in enum]}), name=name)


def not_over(day: date) -> models.Q:
    """Return the condition that a row's last day has not been (`core.spans`)."""
    return models.Q(ends_on=None) | models.Q(ends_on__gte=day)


def covering(day: date) -> models.Q:
    """Return the condition that a day is within a row's first and last (`core.spans.covers`)."""
    return models.Q(starts_on__lte=day) & not_over(day)


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """Return an enum as Django choices; what people see stands in wording.py."""
    return [(member.value, member.value) for member in enum]


class ClockOffset(models.Model):
    """How many days the demo is ahead of the real date. One row at most, and only in demo and test mode."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    days = models.IntegerField(default=0)

    objects: ClassVar[models.Manager["ClockOffset"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="clock_offset_is_one_row")
        ]


class RateLimit(models.Model):
    """How often something was tried by somebody, or from somewhere, in a period. Whom and where is only a hash."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["RateLimit"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(count__gte=0), name="rate_limit_count_is_not_negative")
        ]
