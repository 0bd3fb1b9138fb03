"""User name and password, as typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PasswordForm(forms.Form):
    """Who, and the secret that only she knows."""

    user_name = forms.CharField(
        label=_("Användarnamn"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Lösenord"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_name"].error_messages["required"] = _("Skriv ditt användarnamn.")
        self.fields["password"].error_messages["required"] = _("Skriv ditt lösenord.")

    def refuse(self) -> None:
        """Say that it was wrong, without saying which of the two."""
        self.add_error(None, _("Användarnamnet eller lösenordet stämmer inte, eller så är kontot låst."))

    def ask_to_wait(self) -> None:
        """Say that too many have tried from the same place."""
        self.add_error(None, _("Det har varit för många felaktiga försök härifrån. Vänta en kvart och försök igen."))
