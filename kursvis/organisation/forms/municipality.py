"""Which municipality a page or a form is about: for nearly everybody there is only one, and nothing is asked."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from kursvis.organisation.models import Authority


class MunicipalityForm(forms.Form):
    """Which municipality an address asks for, where somebody works for several."""

    kommun = forms.UUIDField(required=False)

    def authority(self) -> Any:
        """Return the uuid of the municipality that is asked for, if any is."""
        self.is_valid()
        return self.cleaned_data.get("kommun")


def offer_authorities(field: Any, authorities: "QuerySet[Authority]") -> None:
    """Let the field choose among the authorities; hide it, filled in, where there is only one."""
    field.queryset = authorities
    if len(authorities) == 1:
        field.widget, field.initial = forms.HiddenInput(), authorities[0].uuid
