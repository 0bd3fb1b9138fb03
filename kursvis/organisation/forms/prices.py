"""What is typed about price lists. Prices are written as Swedes write them: 12,50."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kursvis.core.forms import DateInput
from kursvis.organisation.models import PriceList, Provider, RegisterEntry


class PriceField(forms.DecimalField):
    """Kronor a point: a comma or a point before the decimals, spaces between thousands."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Return the number that was typed."""
        typed = "".join(str(value or "").split()).replace(",", ".")
        return super().to_python(typed)

    def prepare_value(self, value: Any) -> Any:
        """Return a price with a comma; what was typed stays as it was typed."""
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value


class PriceListForm(forms.Form):
    """A price list: whose, when, and a price for each industry that has one."""

    provider = forms.ModelChoiceField(
        label=_("Gäller för"),
        queryset=Provider.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label=_("Alla som inte har en egen prislista"),
    )
    name = forms.CharField(label=_("Namn"), max_length=120, help_text=_("Till exempel Priser 2027."))
    starts_on = forms.DateField(label=_("Gäller från"), widget=DateInput())
    ends_on = forms.DateField(
        label=_("Sista dag"), widget=DateInput(), required=False, help_text=_("Lämna tomt för tills vidare.")
    )

    def __init__(
        self,
        *,
        industries: Sequence[RegisterEntry],
        providers: "QuerySet[Provider] | None" = None,
        price_list: PriceList | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(data, initial=_initial_of(price_list) if price_list else {})
        self._industries = {f"pris_{industry.uuid}": industry for industry in industries}
        if providers is None:
            del self.fields["provider"]
        else:
            self.fields["provider"].queryset = providers  # type: ignore[attr-defined]
            self.fields["provider"].optional_note = _("(en anordnare eller alla andra)")  # type: ignore[attr-defined]
        for name, industry in self._industries.items():
            self.fields[name] = PriceField(
                label=industry.name,
                required=False,
                max_digits=8,
                decimal_places=2,
                error_messages={"invalid": _("Skriv priset i kronor, till exempel 12,50.")},
            )
            self.fields[name].optional_note = _("(kr per poäng)")  # type: ignore[attr-defined]

    def price_fields(self) -> list[Any]:
        """Return the fields for the prices, one an industry."""
        return [self[name] for name in self._industries]

    def values(self) -> dict[str, Any]:
        """Return what the service is told; an industry without a price is left out."""
        given = dict(self.cleaned_data)
        typed = {industry: given.pop(name) for name, industry in self._industries.items()}
        return given | {"prices": {industry: price for industry, price in typed.items() if price is not None}}


class CopyForm(forms.Form):
    """The name and first day of a list that goes on from another."""

    name = forms.CharField(label=_("Namn på den nya prislistan"), max_length=120)
    starts_on = forms.DateField(label=_("Gäller från"), widget=DateInput())


def _initial_of(price_list: PriceList) -> dict[str, Any]:
    prices = {f"pris_{price.industry.uuid}": price.per_point for price in price_list.prices.select_related("industry")}
    dates: dict[str, date | None] = {"starts_on": price_list.starts_on, "ends_on": price_list.ends_on}
    return {"name": price_list.name, **dates, **prices}
