"""Parsing what people say about a file of offers: which file, whose, and what its columns mean."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.rules.imports.columns import CONSTANTS, MOST_WEEKS, NEEDED, Column, Reading, missing
from kursvis.catalogue.rules.imports.limits import MOST_BYTES, MOST_ROWS
from kursvis.catalogue.rules.offer import MOST_SEATS, StudyForm
from kursvis.core.forms import labelled
from kursvis.core.wording import label, sentence
from kursvis.organisation.models import School

_NAMELESS = _("Kolumn {number}, utan rubrik")
_CHOOSE_A_FILE = _("Välj en fil som är högst {most} MB.")


class UploadForm(forms.Form):
    """The file, and the school whose offer it is."""

    school = forms.ModelChoiceField(
        label=_("Skola"),
        queryset=School.objects.none(),
        to_field_name="uuid",
        empty_label=None,
        help_text=_("Raderna läggs upp här, om filen inte har en kolumn med skola."),
    )
    file = forms.FileField(
        label=_("Fil"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("Excel (.xlsx) eller CSV, högst {most} MB och {rows} rader.").format(
            most=MOST_BYTES // 1024 // 1024, rows=f"{MOST_ROWS:,}".replace(",", "\N{NO-BREAK SPACE}")
        ),
    )

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        too_large = str(_CHOOSE_A_FILE).format(most=MOST_BYTES // 1024 // 1024)
        self.fields["file"].error_messages |= {"required": too_large, "empty": too_large}

    def clean_file(self) -> Any:
        """Return the file. Raises ValidationError when it is too large to be read."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(self.fields["file"].error_messages["required"])
        return file


class ReadingForm(forms.Form):
    """What each column means, what is said once for all rows, and by how many weeks every day is moved."""

    weeks = forms.IntegerField(
        label=_("Flytta alla datum, antal veckor"),
        min_value=-MOST_WEEKS,
        max_value=MOST_WEEKS,
        required=False,
        help_text=_("Hela veckor, så att veckodagarna står kvar. Till exempel 52 för förra årets fil, eller -1."),
    )

    year = forms.IntegerField(
        label=_("Årtal, där datumen inget säger"),
        min_value=2000,
        max_value=2099,
        required=False,
        help_text=_("För datum som v. 34 eller 17/8. Ett slut före starten är året efter."),
    )

    def __init__(
        self, *args: Any, headings: Sequence[str], study_forms: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places = [
            (str(place), heading or str(_NAMELESS).format(number=place + 1)) for place, heading in enumerate(headings)
        ]
        for column in Column:
            self.fields[f"column_{column.value}"] = forms.ChoiceField(
                label=label("import_column", column).text,
                choices=[("", _("Välj kolumn …") if column in NEEDED else _("Finns inte i filen")), *places],
                required=column in NEEDED,
                error_messages={"required": sentence(missing(column))},
            )
        self.fields["all_seats"] = forms.IntegerField(
            label=_("Antal platser, där raden inget säger"), min_value=1, max_value=MOST_SEATS, required=False
        )
        self.fields["all_study_form"] = forms.ChoiceField(
            label=_("Studieform, där raden ingen säger"), choices=[("", _("Ingen")), *study_forms], required=False
        )
        self.fields["all_place"] = forms.CharField(
            label=_("Lokal eller adress, där raden ingen säger"), max_length=120, required=False
        )

    def columns(self) -> list[Any]:
        """Return the fields of the columns, for the page: those first that every file needs."""
        ordered = sorted(Column, key=lambda column: column not in NEEDED)
        return [self[f"column_{column.value}"] for column in ordered]

    def constants(self) -> list[Any]:
        """Return the fields of what is said once for all rows."""
        return [self[f"all_{column.value}"] for column in CONSTANTS]

    def reading(self) -> Reading:
        """Return how the file is read."""
        given = self.cleaned_data
        said = {column: given.get(f"all_{column.value}") for column in CONSTANTS}
        chosen = {column: given.get(f"column_{column.value}") for column in Column}
        return Reading(
            columns={column: int(place) for column, place in chosen.items() if place},
            constants={column: str(value) for column, value in said.items() if value},
            weeks=given.get("weeks") or 0,
            year=given.get("year"),
        )


def initial_of(reading: Reading) -> dict[str, Any]:
    """Return what the form shows of how a file is read."""
    columns = {f"column_{column.value}": str(place) for column, place in reading.columns.items()}
    constants = {f"all_{column.value}": value for column, value in reading.constants.items()}
    return {**columns, **constants, "weeks": reading.weeks or None, "year": reading.year}


def all_study_forms() -> list[tuple[str, str]]:
    """Return the kinds of study form; whether the municipality uses one when a course starts is asked row by row."""
    return labelled("study_form", list(StudyForm))
