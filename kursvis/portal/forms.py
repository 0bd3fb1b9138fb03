"""What is asked before a protected person's card is opened."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.portal.queries.outbox import MessageFilter
from kursvis.post.rules import Channel, MessageStatus


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


class OutboxFilterForm(forms.Form):
    """The filters in the address of the outbox. What cannot be read narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    lage = forms.ChoiceField(required=False, choices=[(status.value, status.value) for status in MessageStatus])
    satt = forms.ChoiceField(required=False, choices=[(channel.value, channel.value) for channel in Channel])
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
