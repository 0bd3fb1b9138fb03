"""Who has forgotten her password, as typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ForgottenForm(forms.Form):
    """A user name, or an e-mail address."""

    typed = forms.CharField(
        label=_("Användarnamn eller e-postadress"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["typed"].error_messages["required"] = _("Skriv ditt användarnamn eller din e-postadress.")

    def ask_to_wait(self) -> None:
        """Say that too many have asked from the same place."""
        self.add_error(None, _("Det har varit för många försök härifrån. Vänta en timme och försök igen."))
