"""A new password, typed twice."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.models import User


def secret_input(autocomplete: str) -> forms.PasswordInput:
    """Return a field for a password, which the browser's keeper of passwords knows."""
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class NewPasswordForm(forms.Form):
    """Chosen anew, and once more against a slip."""

    password = forms.CharField(
        label=_("Nytt lösenord"),
        strip=False,
        max_length=200,
        help_text=_("Minst 12 tecken. Flera ord efter varandra är lätta att minnas."),
        widget=secret_input("new-password"),
    )
    again = forms.CharField(
        label=_("Nytt lösenord igen"), strip=False, max_length=200, widget=secret_input("new-password")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].error_messages["required"] = _("Välj ett lösenord.")
        self.fields["again"].error_messages["required"] = _("Skriv lösenordet en gång till.")

    def clean_password(self) -> str:
        """Return the password when it is long and unusual enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean_again(self) -> str:
        """Return the second when it is like the first."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("Lösenorden är inte lika. Skriv samma lösenord två gånger."))
        return again
