"""Parsing what is typed about a template of course starts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.forms.weekly_pattern import WeeklyPatternTextField
from kursvis.catalogue.models import OfferTemplate
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.core.forms import labelled


class TemplateNameForm(forms.Form):
    """The name that a course start is kept under."""

    name = forms.CharField(label=_("Mallens namn"), max_length=80, help_text=_("Till exempel Matematik kväll, sal 12."))


class TemplateForm(TemplateNameForm):
    """A template: its name, and what it fills a new course start with."""

    seats = forms.IntegerField(label=_("Antal platser"), min_value=1, max_value=2000, required=False)
    study_form = forms.ChoiceField(label=_("Studieform"))
    place = forms.CharField(label=_("Lokal eller adress"), max_length=120, required=False)
    weekly_pattern = WeeklyPatternTextField()
    schedule_note = forms.CharField(label=_("Mer om tiderna"), max_length=300, required=False)
    description = forms.CharField(
        label=_("Beskrivning"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5000, required=False
    )

    def __init__(self, data: Any, *, template: OfferTemplate) -> None:
        super().__init__(data, initial={name: getattr(template, name) for name in self.base_fields})
        self.fields["study_form"].choices = labelled("study_form", StudyForm)  # type: ignore[attr-defined]
