"""What is typed about a directory, and about a colleague in it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.login.directory.rules import NamedBy
from kursvis.accounts.models import Directory
from kursvis.core.forms import labelled
from kursvis.core.wording import label

_PLAIN = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false", "autocomplete": "off"}


class DirectoryForm(forms.Form):
    """An OpenID provider: where it is, what we are there, and how it names people."""

    name = forms.CharField(
        label=_("Vad katalogen heter"),
        max_length=80,
        help_text=_("Står på knappen vid inloggningen, till exempel Mälarviks kommun."),
    )
    issuer = forms.CharField(
        label=_("Katalogens adress (issuer)"),
        max_length=300,
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "url"}),
        help_text=_("Precis som katalogen själv skriver den, till exempel https://login.kommunen.example."),
    )
    client_id = forms.CharField(
        label=_("Vad Kursvis heter där (client ID)"), max_length=200, widget=forms.TextInput(attrs=_PLAIN)
    )
    named_by = forms.ChoiceField(
        label=_("Uppgift som säger vem personen är"),
        widget=forms.RadioSelect,
        initial=NamedBy.SUBJECT.value,
        help_text=_("Den ska vara unik och får aldrig gå vidare till någon annan."),
    )
    personnummer_claim = forms.CharField(
        label=_("Uppgift med personnummer"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text=_(
            "Lämnar katalogen personnummer kopplas kontot första gången personen loggar in. Annars skriver du in vad "
            "var och en heter i katalogen, på personens sida under Personal."
        ),
    )
    is_active = forms.BooleanField(
        label=_("Visa katalogen vid inloggningen"),
        required=False,
        help_text=_("Den visas när också hemligheten finns i driftmiljön."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(value, capfirst(text)) for value, text in labelled("directory_named_by", NamedBy)]
        self.fields["named_by"].choices = shown  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """What somebody is called in a directory; nothing when she is not to come in by it."""

    subject = forms.CharField(
        label=_("Namn i katalogen"), required=False, max_length=255, widget=forms.TextInput(attrs=_PLAIN)
    )

    def __init__(self, *args: Any, directory: Directory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = label("directory_named_by", directory.named_by).text
        about = _("{kind}. Den som loggar in i katalogen med det namnet kommer in på kontot. Lämna tomt för ingen.")
        self.fields["subject"].help_text = about.format(kind=capfirst(kind))
