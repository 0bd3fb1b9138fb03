"""The grade table as a form, and the small forms with a reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kursvis.catalogue.rules.scales import DASH
from kursvis.core.reasons import Reason, Refused
from kursvis.core.wording import sentence
from kursvis.grades import rules
from kursvis.grades.queries import GradingRow
from kursvis.grades.rules import KINDS_WITH_A_TITLE, GradeStatus
from kursvis.organisation.models import RegisterEntry

Result = TypeVar("Result")
KEPT = "="
"""What the field of a reason posts when the reason stays, though its entry has ended."""


def normalised(typed: str) -> str:
    """Return a grade as the scale writes it: "c" is C, a hyphen is the dash."""
    text = typed.strip().upper()
    return DASH if text in ("-", "—", "−", DASH) else text


@dataclass(frozen=True)
class Line:
    """One line of the table on the page: the row, its fields when it may be edited, and what stops the lock."""

    row: GradingRow
    field: forms.BoundField | None
    seen: forms.BoundField | None
    information: forms.BoundField | None
    reason: forms.BoundField | None
    lock_reasons: list[Reason]
    may_move_end: bool

    @property
    def lock_value(self) -> str:
        """Return what the row's lock button posts."""
        return f"lock:{self.row.enrolment.uuid}"


class GradesForm(forms.Form):
    """The fields of each line that may be edited: the grade, what was seen, other information, and why a dash."""

    def __init__(
        self,
        rows: list[GradingRow],
        *args: Any,
        no_grade_reasons: list[RegisterEntry],
        actor_user_id: int | None,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.actor_user_id, self.today = rows, actor_user_id, today
        self._entries = {entry.code: entry for entry in no_grade_reasons}
        for row in rows:
            if self._editable(row):
                self._add(row)

    def _editable(self, row: GradingRow) -> bool:
        against = rules.against_setting(row.facts, value=row.value, today=self.today, actor_user_id=self.actor_user_id)
        return not against and (row.value != "" or not row.facts.enrolment_ended)

    def _add(self, row: GradingRow) -> None:
        uuid, name = row.enrolment.uuid, row.enrolment.student.listed_name
        about = {"name": name}
        self.fields[f"grade-{uuid}"] = forms.CharField(
            required=False,
            initial=row.value,
            max_length=20,
            label=_("Betyg för %(name)s") % about,
            widget=forms.TextInput(
                {
                    "class": "grade-input",
                    "size": 3,
                    "autocomplete": "off",
                    "autocapitalize": "characters",
                    "spellcheck": "false",
                }
            ),
        )
        self.fields[f"seen-{uuid}"] = forms.CharField(required=False, initial=row.value, widget=forms.HiddenInput)
        self.fields[f"information-{uuid}"] = forms.CharField(
            required=False,
            initial=row.information,
            max_length=200,
            label=_("Övriga upplysningar för %(name)s") % about,
            widget=forms.TextInput({"autocomplete": "off", "size": 12}),
        )
        if self._says_dash(row) and (self._entries or row.no_grade_reason):
            self._add_reason(row)

    def _says_dash(self, row: GradingRow) -> bool:
        """Say whether the line has a dash, as it stands or as it was typed: only then it is asked why."""
        typed = self.data.get(f"grade-{row.enrolment.uuid}") if self.is_bound else None
        return DASH in (row.value, normalised(str(typed or "")))

    def _add_reason(self, row: GradingRow) -> None:
        """Ask why there is no grade, in the municipality's words; a reason that has ended stays where it stands."""
        now = next((code for code, entry in self._entries.items() if entry.name == row.no_grade_reason), KEPT)
        kept = [(KEPT, row.no_grade_reason)] if row.no_grade_reason and now == KEPT else []
        offered = [(code, entry.name) for code, entry in self._entries.items()]
        self.fields[f"reason-{row.enrolment.uuid}"] = forms.ChoiceField(
            required=False,
            choices=[("", _("Inget skäl angivet")), *kept, *offered],
            initial=now if row.no_grade_reason else "",
            label=_("Skäl till streck för %(name)s") % {"name": row.enrolment.student.listed_name},
            widget=forms.Select({"class": "grade-reason"}),
        )

    def _typed(self, prefix: str) -> dict[UUID, str]:
        return {
            UUID(name.removeprefix(prefix)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and name in self.data
        }

    def values(self) -> dict[UUID, str]:
        """Return the grades that were typed, by enrolment."""
        return {uuid: normalised(value) for uuid, value in self._typed("grade-").items()}

    def seen(self) -> dict[UUID, str]:
        """Return the grades that the page was shown with."""
        return self._typed("seen-")

    def information(self) -> dict[UUID, str]:
        """Return the other information that was typed."""
        return self._typed("information-")

    def no_grade_reasons(self) -> dict[UUID, RegisterEntry | None]:
        """Return the reasons that were chosen for dashes, None for none; a reason that is kept is left out."""
        values = self.values()
        chosen = {uuid: code for uuid, code in self._typed("reason-").items() if code != KEPT}
        return {uuid: self._entries.get(code) for uuid, code in chosen.items() if values.get(uuid) == DASH}

    def attempt(self, step: Callable[[], Result]) -> Result | None:
        """Do the step; when it is refused, put each reason at its row and return None."""
        try:
            return step()
        except Refused as refusal:
            for reason in refusal.reasons:
                name = f"grade-{reason.values.get('row')}"
                self.add_error(name if name in self.fields else None, sentence(reason))
            return None

    @cached_property
    def lines(self) -> list[Line]:
        """Return the lines of the table."""
        return list(self._lines())

    def _lines(self) -> Iterator[Line]:
        for row in self.rows:
            uuid = row.enrolment.uuid
            is_field = f"grade-{uuid}" in self.fields
            yield Line(
                row=row,
                field=self[f"grade-{uuid}"] if is_field else None,
                seen=self[f"seen-{uuid}"] if is_field else None,
                information=self[f"information-{uuid}"] if is_field else None,
                reason=self[f"reason-{uuid}"] if f"reason-{uuid}" in self.fields else None,
                lock_reasons=self._against_locking(row),
                may_move_end=row.facts.status is GradeStatus.SET and not self._against_locking(row, self.today),
            )

    def _against_locking(self, row: GradingRow, end_moved_to: date | None = None) -> list[Reason]:
        return rules.against_locking(
            row.facts, today=self.today, end_moved_to=end_moved_to, actor_user_id=self.actor_user_id
        )

    @cached_property
    def reasons_against_locking_all(self) -> list[Reason]:
        """Return why *Lås alla satta* has nothing to do: no grade is set, or what stops the first one."""
        own = [
            line
            for line in self.lines
            if line.row.facts.status is GradeStatus.SET
            and line.row.grade
            and line.row.grade.decider_id == self.actor_user_id
        ]
        if not own:
            return [Reason("grades.nothing_set")]
        return [] if any(not line.lock_reasons for line in own) else own[0].lock_reasons[:1]

    @property
    def may_edit(self) -> bool:
        """Say whether any line may be edited."""
        return bool(self.fields)

    @property
    def sentences_against_editing(self) -> list[str]:
        """Return why no line may be edited, each sentence once."""
        against = (
            rules.against_setting(row.facts, value=row.value, today=self.today, actor_user_id=self.actor_user_id)
            for row in self.rows
        )
        found = [reason for reasons in against for reason in reasons]
        if [reason.code for reason in found].count("grades.already_locked") == 1:
            return list(dict.fromkeys(sentence(reason) for reason in found))
        of_many = {"grades.already_locked": _("Betygen är låsta. Kommunen kan låsa upp ett betyg i taget, med skäl.")}
        return list(dict.fromkeys(of_many.get(reason.code) or sentence(reason) for reason in found))

    @property
    def needs_titles(self) -> bool:
        """Say whether the course is one whose work has a title that the catalogue shows (R52)."""
        return any(row.enrolment.group.course.kind in KINDS_WITH_A_TITLE for row in self.rows)


class ReasonForm(forms.Form):
    """A reason, in words."""

    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Står kvar i historiken och läses av skolan."),
        error_messages={"required": gettext_lazy("Skriv skälet: det står kvar i historiken och läses av skolan.")},
    )


class MoveEndForm(forms.Form):
    """The day that the page showed as today."""

    to = forms.DateField(widget=forms.HiddenInput)
