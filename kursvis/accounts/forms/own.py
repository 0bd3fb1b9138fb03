"""What somebody changes of her own account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.forms.passwords import NewPasswordForm, secret_input
from kursvis.accounts.models import User


class ChangePasswordForm(NewPasswordForm):
    """The password that she has, and the one that she wants."""

    old = forms.CharField(
        label=_("Lösenordet du har"), strip=False, max_length=200, widget=secret_input("current-password")
    )
    field_order = ("old", "password", "again")

    def __init__(self, *args: Any, asks_old: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old"].error_messages["required"] = _("Skriv lösenordet du har.")
        if not asks_old:
            del self.fields["old"]


class ChangeEmailForm(forms.Form):
    """Where mail about the account goes. The address is a key to it, so who has a password shows it."""

    address = forms.EmailField(
        label=_("E-postadress"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Ditt lösenord"), strip=False, max_length=200, widget=secret_input("current-password")
    )

    def __init__(self, *args: Any, user: User, asks_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"address": user.email}, **kwargs})
        self.fields["address"].error_messages["required"] = _("Skriv en e-postadress.")
        self.fields["password"].error_messages["required"] = _("Skriv ditt lösenord.")
        if not asks_password:
            del self.fields["password"]


class RemindersForm(forms.Form):
    """Her own setting of reminders by e-mail (R14)."""

    wants = forms.BooleanField(
        label=_("Påminn mig med e-post"),
        required=False,
        help_text=_("När något som väntar på dig snart har sin sista dag. Kommunen bestämmer hur många dagar innan."),
    )


class ShowInactiveForm(forms.Form):
    """Her own setting *Visa inaktiva* (R09)."""

    shows = forms.BooleanField(
        label=_("Visa inaktiva"),
        required=False,
        help_text=_("Listor och val visar också det som inte gäller längre: skolor, perioder, skäl och kollegor."),
    )
