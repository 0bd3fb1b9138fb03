"""Parsing what the municipality enters about periods and rounds."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.models import Period, Round
from kursvis.core.forms import DateInput
from kursvis.organisation.forms.municipality import offer_authorities
from kursvis.organisation.models import Authority


class PeriodForm(forms.Form):
    """A season of the catalogue."""

    authority = forms.ModelChoiceField(
        label=_("Kommun"), queryset=Authority.objects.none(), to_field_name="uuid", empty_label=None
    )
    name = forms.CharField(label=_("Namn"), max_length=60, help_text=_("Till exempel Hösten 2027."))
    offer_by = forms.DateField(
        label=_("Skolornas utbud ska vara inlagt"), widget=DateInput(), help_text=_("Senast den dag katalogen öppnar.")
    )
    opens_on = forms.DateField(label=_("Katalogen öppnar för ansökningar"), widget=DateInput())

    def __init__(self, *args: Any, authorities: "QuerySet[Authority]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_authorities(self.fields["authority"], authorities)


class PeriodChangeForm(PeriodForm):
    """A period that stands: its municipality stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, authorities=Authority.objects.none(), **kwargs)
        del self.fields["authority"]


class RoundForm(forms.Form):
    """One row of the table: four dates, of which the call's follows from the start when left empty."""

    apply_by = forms.DateField(label=_("Sista ansökningsdag"), widget=DateInput())
    basis_on = forms.DateField(label=_("Underlag till skolorna"), widget=DateInput())
    call_by = forms.DateField(
        label=_("Kallelse till den sökande"),
        widget=DateInput(),
        required=False,
        help_text=_("Lämna tomt, så räknas den fram från kursstarten."),
    )
    starts_on = forms.DateField(label=_("Kursstart"), widget=DateInput())


def initial_of(row: Period | Round) -> dict[str, Any]:
    """Return what the form shows when a period or a round is changed."""
    of_round, of_period = ("apply_by", "basis_on", "call_by", "starts_on"), ("name", "offer_by", "opens_on")
    return {name: getattr(row, name) for name in (of_round if isinstance(row, Round) else of_period)}
