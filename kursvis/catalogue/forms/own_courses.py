"""What is typed about a municipality's own courses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.models import NationalCourse
from kursvis.catalogue.rules.own_courses import LEVELS
from kursvis.core.forms import DateInput
from kursvis.core.wording import label

FIELDS = {
    "catalogue.course_code_shape": "code",
    "catalogue.course_code_taken": "code",
    "catalogue.own_course_needs_name": "name",
    "catalogue.own_course_needs_points": "points",
    "catalogue.parts_exceed_whole": "points",
    "catalogue.own_course_last_day_has_passed": "valid_to",
}
"""Which field a refusal is about."""


class PartForm(forms.Form):
    """A new local part of a course or level."""

    code = forms.CharField(
        label=_("Kod"), max_length=20, help_text=_("Förslaget är ledigt. Koden ändras inte sedan."), strip=True
    )
    name = forms.CharField(label=_("Namn"), max_length=160)
    points = forms.IntegerField(label=_("Poäng"), min_value=1, max_value=2000)


class IndividualForm(PartForm):
    """A new individual course."""

    school_form = forms.ChoiceField(label=_("Del av komvux"))
    field_order = ("school_form", "code", "name", "points")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["school_form"].choices = [(form, label("level", level).text) for form, level in LEVELS.items()]  # type: ignore[attr-defined]
        self.fields["points"].help_text = _("Beslutas av rektorn.")


class OwnCourseForm(forms.Form):
    """What may be changed: the name, and from when it is not offered any more."""

    name = forms.CharField(label=_("Namn"), max_length=160)
    valid_to = forms.DateField(
        label=_("Sista dag"),
        widget=DateInput(),
        required=False,
        help_text=_(
            "Kurser kan inte läggas ut så att de slutar efter den dagen. Lämna tomt så gäller den tills vidare."
        ),
    )

    def __init__(self, *, course: NationalCourse, **kwargs: Any) -> None:
        super().__init__(initial={"name": course.name, "valid_to": course.valid_to}, **kwargs)
