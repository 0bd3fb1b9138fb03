"""What is asked on the pages of portal: searches, filters, why a protected person's data are opened, who reads them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.models import User
from kursvis.core.forms import DateInput, labelled
from kursvis.people.rules import Protection
from kursvis.portal.queries.outbox import OUTBOX_CHANNELS, MessageFilter
from kursvis.post.rules import MessageStatus


class SearchForm(forms.Form):
    """What is typed in the search box of every page."""

    q = forms.CharField(
        label=_("Namn, personnummer, grupp, kurs eller ansökans nummer"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Skriv högst 100 tecken.")},
    )

    def text(self) -> str:
        """Return what to search for; nothing where it cannot be read."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


class ReasonForm(forms.Form):
    """Why the card must be opened: kept in the log."""

    reason = forms.CharField(
        label=_("Varför behöver du öppna uppgifterna?"),
        help_text=_("Skälet sparas i loggen tillsammans med ditt namn."),
        max_length=300,
    )


class ProtectionForm(forms.Form):
    """How a person is protected from now on, and why."""

    protection = forms.ChoiceField(
        label=_("Skydd"), widget=forms.RadioSelect, choices=lambda: labelled("protection", Protection)
    )
    reason = forms.CharField(
        label=_("Varför ändras skyddet?"),
        help_text=_("Till exempel vem som har meddelat det, och när. Skriv inget om hotet. Sparas i loggen."),
        max_length=300,
    )

    def wanted(self) -> dict[str, Any]:
        """Return what the service is told."""
        given = self.cleaned_data
        return {"protection": Protection(given["protection"]), "reason": given["reason"]}


class ReaderForm(forms.Form):
    """Who may read a protected person's data, from when to when, and why."""

    user = forms.ModelChoiceField(
        label=_("Läsare"), queryset=User.objects.none(), to_field_name="uuid", empty_label=_("Välj")
    )
    starts_on = forms.DateField(label=_("Från och med"), widget=DateInput())
    ends_on = forms.DateField(label=_("Till och med"), widget=DateInput())
    why = forms.CharField(
        label=_("Varför behöver hon eller han läsa uppgifterna?"),
        help_text=_("Till exempel: kallar och placerar. Sparas i loggen."),
        max_length=300,
    )

    def __init__(self, *args: Any, candidates: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = candidates
        field.label_from_instance = _with_title


def _with_title(user: User) -> str:
    return ", ".join(filter(None, [user.full_name, user.title]))


class ReviewForm(forms.Form):
    """What a review of the readings found."""

    note = forms.CharField(
        label=_("Vad visade granskningen?"), help_text=_("Sparas i loggen med ditt namn."), max_length=300
    )


class LetterForm(forms.Form):
    """Why a letter to a protected person is opened, and what is wanted of it."""

    reason = forms.CharField(
        label=_("Varför behöver du öppna brevet?"),
        help_text=_("Skälet sparas i loggen tillsammans med ditt namn."),
        max_length=300,
    )
    do = forms.ChoiceField(required=False, choices=[(part, part) for part in ("text", "kuvert", "brev")])


class OutboxFilterForm(forms.Form):
    """The filters in the address of the outbox. What cannot be read narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    lage = forms.ChoiceField(required=False, choices=[(status.value, status.value) for status in MessageStatus])
    satt = forms.ChoiceField(required=False, choices=[(channel.value, channel.value) for channel in OUTBOX_CHANNELS])
    egna = forms.CharField(required=False, max_length=2)

    def wanted(self) -> MessageFilter:
        """Return what the list is narrowed to."""
        self.is_valid()
        given = self.cleaned_data
        return MessageFilter(
            text=given.get("q", ""),
            state=given.get("lage", ""),
            channel=given.get("satt", ""),
            own=given.get("egna") == "ja",
        )
