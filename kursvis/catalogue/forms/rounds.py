"""Parsing what the municipality enters about periods and rounds."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.models import Period, Round
from kursvis.catalogue.rules.rounds import Continuous
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

    def given(self) -> dict[str, Any]:
        """Return what was entered, as the services take it."""
        return dict(self.cleaned_data)


class PeriodChangeForm(PeriodForm):
    """A period that stands: its municipality stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, authorities=Authority.objects.none(), **kwargs)
        del self.fields["authority"]


class ContinuousPeriodForm(PeriodForm):
    """A season with continuous admission: a course starts on a day that its school chooses."""

    offer_by: Any = None
    """The schools enter their offer all the time."""
    last_start_on = forms.DateField(
        label=_("Sista dag en kurs kan starta"),
        widget=DateInput(),
        help_text=_(
            "Skolorna väljer själva vilka dagar deras kurser startar, måndag till fredag, till och med den dagen."
        ),
    )
    apply_days = forms.IntegerField(
        label=_("Sista ansökningsdag, så många dagar före kursstart"), min_value=2, max_value=180, initial=42
    )
    basis_days = forms.IntegerField(
        label=_("Underlag till skolan, så många dagar före kursstart"),
        min_value=1,
        max_value=179,
        initial=28,
        help_text=_("Färre dagar än till sista ansökningsdag."),
    )

    def given(self) -> dict[str, Any]:
        """Return what was entered, as the services take it."""
        given = dict(self.cleaned_data)
        continuous = Continuous(given.pop("last_start_on"), given.pop("apply_days"), given.pop("basis_days"))
        return {**given, "offer_by": given["opens_on"], "continuous": continuous}


class ContinuousPeriodChangeForm(ContinuousPeriodForm):
    """A period with continuous admission that stands: its municipality stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, authorities=Authority.objects.none(), **kwargs)
        del self.fields["authority"]


def change_form_of(period: Period, typed: Any) -> "PeriodChangeForm | ContinuousPeriodChangeForm":
    """Return the form that changes a period, by its kind."""
    form = ContinuousPeriodChangeForm if period.continuous else PeriodChangeForm
    return form(typed, initial=initial_of(period))


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
    of_period = ("name", "offer_by", "opens_on", "last_start_on", "apply_days", "basis_days")
    of_round = ("apply_by", "basis_on", "call_by", "starts_on")
    return {name: getattr(row, name) for name in (of_round if isinstance(row, Round) else of_period)}
