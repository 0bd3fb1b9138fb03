"""The form that moves the demo's date."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.core.forms import DateInput


class GoToDay(forms.Form):
    """A day to go to."""

    day = forms.DateField(
        label=_("Gå till dag"), widget=DateInput(), help_text=_("Framåt i tiden. Varje dags tidsstyrda arbete körs.")
    )
