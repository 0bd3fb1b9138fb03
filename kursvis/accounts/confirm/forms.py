"""The password, asked for once more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.forms.passwords import secret_input


class ConfirmPasswordForm(forms.Form):
    """Her own password; who she is, is known."""

    password = forms.CharField(
        label=_("Ditt lösenord"), strip=False, max_length=200, widget=secret_input("current-password")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].error_messages["required"] = _("Skriv ditt lösenord.")
