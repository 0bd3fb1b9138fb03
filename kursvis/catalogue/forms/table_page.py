"""The whole table: the rows that are there, the new ones, and what is asked of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kursvis.catalogue.forms.table import AddedRowForm, Choices, EditedRowForm, seen_in
from kursvis.catalogue.models import CourseStart, Round
from kursvis.catalogue.rules.table import COLUMNS
from kursvis.catalogue.services.table import RowAdded, RowEdit, TableSaved
from kursvis.core.wording import sentence
from kursvis.organisation.models import School

MOST_NEW = 20
"""New rows on one page."""
_MORE = 3
_NOT_COPIED = frozenset({"seen", "round", "starts_on", "ends_on"})
OVERWRITES = "catalogue.changed_by_another"


class OfferTable:
    """The table as it is shown and as it comes back. Each row is a form of its own, known by its prefix."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        rows: Sequence[CourseStart],
        schools: Sequence[School],
        rounds: Sequence[Round],
        study_forms: Choices,
        last_own_day: date | None = None,
    ) -> None:
        self._data, self._rows = data, {str(row.uuid): row for row in rows}
        self._study_forms = study_forms
        self._choices: dict[str, Any] = {
            "schools": {str(school.uuid): school for school in schools},
            "rounds": {str(round_.uuid): round_ for round_ in rounds},
            "sources": self._rows,
            "last_own_day": last_own_day,
        }
        asked = data.get("do", "") if data else ""
        self.is_to_be_saved = asked == "save"
        self.lines = [self._line(row, data) for row in rows]
        posted = [n for n in range(_number(data)) if data and f"n-{n}-code" in data]
        self.new = [form for form in (self._new(n, data) for n in posted) if not form.is_empty]
        self.next = max(posted, default=-1) + 1
        if asked.startswith("copy:"):
            self._copy(asked.removeprefix("copy:"))
        if asked == "more" or data is None:
            self._add(*[{} for _more in range(_MORE if data else 1)])

    def _line(self, row: CourseStart, data: Mapping[str, Any] | None) -> EditedRowForm:
        prefix = f"r-{row.uuid}"
        return EditedRowForm(
            data if data and f"{prefix}-seen" in data else None,
            prefix=prefix,
            row=row,
            study_forms=self._study_forms,
        )

    def _new(self, number: int, data: Mapping[str, Any] | None, **initial: Any) -> AddedRowForm:
        named = _("ny rad {number}").format(number=number + 1)
        given: dict[str, Any] = {"prefix": f"n-{number}", "named": named, "study_forms": self._study_forms}
        return AddedRowForm(data, initial=initial, **given, **self._choices)

    def _add(self, *initials: dict[str, Any]) -> None:
        for initial in initials:
            if len(self.new) < MOST_NEW:
                self.new.append(self._new(self.next, None, **initial))
                self.next += 1

    def _copy(self, key: str) -> None:
        """Put a new row below with what a row says, as it was typed; its start is chosen anew."""
        found = next((form for form in (*self.lines, *self.new) if form.prefix == key), None)
        if found is None:
            return
        typed = {name: found[name].value() for name in found.fields if name not in _NOT_COPIED}
        if isinstance(found, EditedRowForm):
            row = found.row
            shown = {name: getattr(row, name) for name in COLUMNS if name not in _NOT_COPIED}
            typed = shown | typed | {"code": row.course.code, "school": str(row.school.uuid), "copy_of": row.uuid}
        self._add(typed)

    def rows_to_save(self) -> dict[str, RowEdit | RowAdded]:
        """Return the rows that were changed or added and can be read; the others say what is wrong with them."""
        edits = {str(form.prefix): form.edit() for form in self.lines if form.is_bound and form.is_valid()}
        added: dict[str, RowEdit | RowAdded] = {str(form.prefix): form.added() for form in self.new if form.is_valid()}
        return {key: row for key, row in edits.items() if row} | added

    def take(self, saved: TableSaved) -> None:
        """Show what became of each row: those that were saved as they stand, the others as typed, with why not."""
        for form in (*self.lines, *self.new):
            for reason in saved.refused.get(str(form.prefix), []):
                form.add_error(None, sentence(reason))
        told = {key for key, reasons in saved.refused.items() if any(reason.code == OVERWRITES for reason in reasons)}
        self.lines = [self._standing(form, saved, is_told=str(form.prefix) in told) for form in self.lines]
        self.new = [form for form in self.new if form.prefix not in saved.added]

    def _standing(self, form: EditedRowForm, saved: TableSaved, *, is_told: bool) -> EditedRowForm:
        """Let a row that told of another's change be saved over it the next time; show a saved one as it stands."""
        if is_told:
            form.data = {**form.data.dict(), form.add_prefix("seen"): seen_in(form.row)}  # type: ignore[attr-defined]
        if form.errors:
            return form
        return self._line(saved.edited.get(str(form.prefix), form.row), None)

    @property
    def wrong(self) -> int:
        """Return how many rows say what is wrong with them."""
        return sum(bool(form.errors) for form in (*self.lines, *self.new))


def _number(data: QueryDict | None) -> int:
    text = data.get("ny", "") if data else ""
    return min(int(text), 10 * MOST_NEW) if text.isdecimal() else 0
