"""What `manage.py create_authority` is told: a municipality, and its first administrator."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.forms.staff import PersonnummerField
from kursvis.accounts.services.installation import Administrator


class FirstAuthorityForm(forms.Form):
    """The municipality and its first administrator, in the order in which they are asked for."""

    name = forms.CharField(label=_("Kommunens namn"), max_length=120)
    adult_education_name = forms.CharField(label=_("Vuxenutbildningens namn"), max_length=120)
    municipality_code = forms.RegexField(
        r"^[0-9]{4}$", label=_("Kommunkod"), error_messages={"invalid": _("Kommunkoden har fyra siffror.")}
    )
    organisation_number = forms.CharField(label=_("Organisationsnummer"), max_length=20)
    catalogue_address = forms.CharField(label=_("Postadress för betygskataloger på papper"), max_length=500)
    email = forms.EmailField(label=_("Kommunens e-post"))
    phone = forms.CharField(label=_("Kommunens telefon"), max_length=40, required=False)
    prefix = forms.CharField(  # type: ignore[assignment]  # the form's own prefix is not used
        label=_("Prefix för kommunens användarnamn"), max_length=6, required=False
    )
    personnummer = PersonnummerField(label=_("Den första administratörens personnummer"), max_length=20)
    first_name = forms.CharField(label=_("Förnamn"), max_length=80)
    last_name = forms.CharField(label=_("Efternamn"), max_length=80)
    administrator_email = forms.EmailField(label=_("Administratörens e-post"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["personnummer"].today = today  # type: ignore[attr-defined]

    def clean_catalogue_address(self) -> str:
        """Return the address with a line for each part; on one line they are parted by commas."""
        return "\n".join(part.strip() for part in str(self.cleaned_data["catalogue_address"]).split(","))

    def told(self) -> dict[str, Any]:
        """Return what was told, as the service takes it."""
        given = dict(self.cleaned_data)
        administrator = Administrator(
            personnummer=given.pop("personnummer"),
            first_name=given.pop("first_name"),
            last_name=given.pop("last_name"),
            email=given.pop("administrator_email"),
        )
        return {"administrator": administrator, "authority": given}
