"""A weekly pattern as a column: lessons in Python, a list of objects in PostgreSQL, checked there too."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import BooleanField, Func, Value

from kursvis.catalogue.rules.weekly_pattern import Lesson, Pattern


class HasPath(Func):
    """Say whether a JSON value has anything at a path (PostgreSQL's jsonb_path_exists, immutable)."""

    function = "jsonb_path_exists"
    template = "%(function)s(%(expressions)s::jsonpath)"
    output_field = BooleanField()


class WeeklyPatternField(models.JSONField):
    """The lessons of a course in a week, `kursvis.catalogue.rules.weekly_pattern.Pattern`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"default": tuple, "blank": True, **options})

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Pattern:
        """Return the lessons that the database holds."""
        return self.to_python(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Pattern:
        """Return lessons, from lessons or from how they are stored."""
        return tuple(one if isinstance(one, Lesson) else Lesson(**one) for one in value or ())

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return what the database stores; an expression is its own."""
        if isinstance(value, tuple | list):
            value = [lesson.__dict__ if isinstance(lesson, Lesson) else lesson for lesson in value]
        return super().get_db_prep_value(value, connection, prepared)


class PatternCheck(models.CheckConstraint):
    """A check that every lesson is on a day of the week and ends after it begins, on the same day."""

    WRONG: ClassVar[str] = (
        "$[*] ? (!(@.day >= 1 && @.day <= 7 && @.starts >= 0 && @.starts < @.ends && @.ends <= 1440))"
    )

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(condition=models.Q(HasPath(field, Value(self.WRONG)), _negated=True), name=name)
        self.field = field

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Tell migrations how to make it again."""
        return f"{type(self).__module__}.{type(self).__qualname__}", (), {"field": self.field, "name": self.name}
