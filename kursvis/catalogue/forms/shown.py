"""What may still be typed about a course start that is published or hidden: when, where, how many and in what words."""

from typing import Any

from kursvis.catalogue.forms.offer import CourseStartForm, initial_of
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.editing import CHANGEABLE
from kursvis.catalogue.rules.offer import CourseStartStatus


class ShownCourseStartForm(CourseStartForm):
    """A shown course start's harmless fields; those that stay (`rules.editing`) are not asked for."""

    def __init__(self, *args: Any, edited: CourseStart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": initial_of(edited)})
        self._row = edited
        may = CHANGEABLE[CourseStartStatus(edited.status)]
        for name in set(self.fields) - {field.value for field in may}:
            del self.fields[name]
        self.fields["ends_on"].required = True
        self.fields["ends_on"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Return what was typed; the round stays, so no day is asked for."""
        return self.cleaned_data

    def offer(self) -> dict[str, Any]:
        """Return the whole offer, as the services take it: what stays as it stands, the rest as it was typed."""
        stays = {name: getattr(self._row, name) for name in ("course", "round", "points", "study_form")}
        return {**stays, **self.cleaned_data}
