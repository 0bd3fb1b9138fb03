"""Parsing what is typed about the authority, its providers and its schools; the rules decide in the services."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kursvis.core.forms import labelled
from kursvis.core.reasons import Reason
from kursvis.core.wording import sentence
from kursvis.organisation.forms.municipality import offer_authorities
from kursvis.organisation.models import Authority, Provider, School
from kursvis.organisation.rules import ProviderKind
from kursvis.organisation.rules import units as rules


def _right(value: str, against: Callable[[str], list[Reason]]) -> str:
    reasons = against(value)
    if reasons:
        raise forms.ValidationError([sentence(reason) for reason in reasons])
    return value


class AuthorityForm(forms.Form):
    """What the municipality says of itself (R61)."""

    name = forms.CharField(label=_("Namn"), max_length=120, help_text=_("Huvudmannen, till exempel Mälarviks kommun."))
    adult_education_name = forms.CharField(
        label=_("Vuxenutbildningens namn"),
        max_length=120,
        help_text=_("Står på brev och beslut och överst på de öppna sidorna."),
    )
    email = forms.EmailField(label=_("E-post"), help_text=_("Dit svar på e-post från Kursvis går. Står i beslut."))
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    catalogue_address = forms.CharField(
        label=_("Postadress för betygskataloger på papper"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        help_text=_("Står på katalogerna och visas för den som ska posta dem."),
    )
    forwarding_address = forms.CharField(
        label=_("Adress för brev till skyddade personer"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        required=False,
        help_text=_("Skatteverkets förmedling. Dit skickas brev till den som har skyddade personuppgifter."),
    )
    prefix = forms.CharField(  # type: ignore[assignment]  # a field; the class keeps its own prefix of names
        label=_("Prefix för kommunens personal"),
        max_length=6,
        help_text=_("Början av deras användarnamn: 2–6 bokstäver a–z. Namn som redan finns ändras inte."),
    )

    def clean_catalogue_address(self) -> str:
        """Return the address with one kind of line break."""
        return "\n".join(str(self.cleaned_data["catalogue_address"]).splitlines())

    def clean_forwarding_address(self) -> str:
        """Return the address with one kind of line break."""
        return "\n".join(str(self.cleaned_data["forwarding_address"]).splitlines())


class ProviderForm(forms.Form):
    """Who runs schools."""

    authority = forms.ModelChoiceField(
        label=_("Kommun"), queryset=Authority.objects.none(), to_field_name="uuid", empty_label=None
    )
    name = forms.CharField(label=_("Namn"), max_length=120)
    organisation_number = forms.CharField(
        label=_("Organisationsnummer"), max_length=20, help_text=_("Tio siffror: NNNNNN-NNNN.")
    )
    kind = forms.ChoiceField(label=_("Slag"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, authorities: "QuerySet[Authority] | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = labelled("provider", ProviderKind)  # type: ignore[attr-defined]
        if authorities is None:
            del self.fields["authority"]
            return
        offer_authorities(self.fields["authority"], authorities)

    def clean_organisation_number(self) -> str:
        """Return the number as it is kept."""
        number = rules.as_organisation_number(self.cleaned_data["organisation_number"])
        return _right(number, rules.against_organisation_number)


class SchoolForm(forms.Form):
    """A school unit."""

    provider = forms.ModelChoiceField(
        label=_("Anordnare"), queryset=Provider.objects.none(), to_field_name="uuid", empty_label=_("Välj anordnare …")
    )
    name = forms.CharField(label=_("Namn"), max_length=120)
    unit_code = forms.CharField(
        label=_("Skolenhetskod"), max_length=8, help_text=_("Åtta siffror, ur Skolverkets skolenhetsregister.")
    )
    prefix = forms.CharField(  # type: ignore[assignment]  # a field; the class keeps its own prefix of names
        label=_("Prefix"),
        max_length=6,
        help_text=_("Början av personalens användarnamn: 2–6 bokstäver a–z. Namn som redan finns ändras inte."),
    )
    street = forms.CharField(label=_("Gatuadress"), max_length=120)
    postal_code = forms.CharField(label=_("Postnummer"), max_length=7)
    locality = forms.CharField(label=_("Ort"), max_length=80)
    email = forms.EmailField(label=_("E-post"), help_text=_("Står på kallelser; dit skickas det som rör skolan."))
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)

    def __init__(self, *args: Any, providers: "QuerySet[Provider]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers  # type: ignore[attr-defined]

    def clean_unit_code(self) -> str:
        """Return the code if it has its form."""
        return _right(self.cleaned_data["unit_code"].strip(), rules.against_unit_code)

    def clean_prefix(self) -> str:
        """Return the prefix in small letters."""
        return _right(self.cleaned_data["prefix"].strip().lower(), rules.against_prefix)

    def clean_postal_code(self) -> str:
        """Return the postal code as it is kept."""
        return _right(rules.as_postal_code(self.cleaned_data["postal_code"]), rules.against_postal_code)


def initial_of(row: Authority | Provider | School) -> dict[str, Any]:
    """Return what a form shows when a row is edited."""
    shown = {name: getattr(row, name) for name in vars(row) if not name.startswith("_")}
    return shown | ({"provider": row.provider.uuid} if isinstance(row, School) else {})
