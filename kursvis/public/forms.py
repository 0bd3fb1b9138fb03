"""What somebody who meets an obstacle fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.organisation.queries import all_authorities


class FeedbackForm(forms.Form):
    """What does not work, where, and an address for the answer."""

    authority: Any = forms.ModelChoiceField(
        label=_("Kommun"), queryset=None, to_field_name="uuid", empty_label=_("Välj kommun")
    )
    text = forms.CharField(
        label=_("Vad fungerar inte?"),
        help_text=_("Beskriv hindret och vad du ville göra. Skriv inte personnummer eller annat känsligt."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    page = forms.CharField(
        label=_("På vilken sida?"), help_text=_("Sidans namn eller adress."), max_length=300, required=False
    )
    email = forms.EmailField(
        label=_("Din e-postadress"),
        help_text=_("Bara om du vill ha svar. Vi tar bort adressen när du har fått det."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authorities = all_authorities()
        chosen: Any = self.fields["authority"]
        chosen.queryset = authorities
        only = authorities.first()
        if only and len(authorities) == 1:
            chosen.widget, chosen.initial, chosen.required = forms.HiddenInput(), only.uuid, False
            self.only = only

    only: Any = None

    def clean_authority(self) -> Any:
        """Return the municipality that was chosen, or the only one."""
        return self.cleaned_data["authority"] or self.only

    def ask_to_wait(self) -> None:
        """Say that too much has come from the same place."""
        self.add_error(None, _("Du har skickat flera synpunkter nyss. Vänta en timme, eller skriv till kommunen."))
