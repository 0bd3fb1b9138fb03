"""What is typed about who may decide for the board."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kursvis.access.rules import Role
from kursvis.accounts.queries.delegations import staff_member
from kursvis.accounts.rules.delegations import DelegatedDecision
from kursvis.core.forms import DateInput, labelled
from kursvis.organisation.forms.municipality import offer_authorities
from kursvis.organisation.models import Authority


class DelegationForm(forms.Form):
    """One delegation: what, to whom, on whose word, and when."""

    authority = forms.ModelChoiceField(
        label=_("Kommun"), queryset=Authority.objects.none(), to_field_name="uuid", empty_label=None
    )
    decision = forms.ChoiceField(label=_("Beslut om"))
    role = forms.ChoiceField(
        label=_("Alla med rollen"),
        required=False,
        help_text=_("Delegationen gäller en roll eller en person: välj rollen här, eller skriv personen nedan."),
    )
    person = forms.CharField(
        label=_("Eller en person"),
        required=False,
        max_length=150,
        help_text=_("För- och efternamn, användarnamn eller personnummer. Lämna tomt när delegationen gäller en roll."),
    )
    reference = forms.CharField(
        label=_("Var delegationen står"),
        max_length=200,
        help_text=_("Till exempel Delegationsordning 2026, punkt 4.3. Skrivs på besluten."),
    )
    starts_on = forms.DateField(label=_("Första dag"), widget=DateInput())
    ends_on = forms.DateField(
        label=_("Sista dag"), widget=DateInput(), required=False, help_text=_("Lämna tomt för tills vidare.")
    )

    def __init__(self, *args: Any, authorities: "QuerySet[Authority]", today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        offer_authorities(self.fields["authority"], authorities)
        decisions = [("", _("Välj …")), *labelled("delegated_decision", DelegatedDecision)]
        self.fields["decision"].choices = decisions  # type: ignore[attr-defined]
        nobody = [("", _("Ingen roll: en person"))]
        self.fields["role"].choices = nobody + labelled("role", Role)  # type: ignore[attr-defined]
        for name in ("role", "person"):
            self.fields[name].optional_note = _("(en av de två behövs)")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the person among the authority's staff."""
        given = super().clean() or {}
        text, authority = given.get("person", "").strip(), given.get("authority")
        given["user"] = staff_member(authority.pk, text, today=self.today) if text and authority else None
        if text and given["user"] is None:
            self.add_error("person", _("Ingen i kommunens personal heter så. Heter flera så: skriv användarnamnet."))
        return given

    def delegation(self) -> dict[str, Any]:
        """Return the delegation, as the services take it."""
        given = dict(self.cleaned_data)
        given.pop("person")
        given["decision"] = DelegatedDecision(given["decision"])
        given["role"] = Role(given["role"]) if given["role"] else None
        return given


class EndDelegationForm(forms.Form):
    """The last day of a delegation."""

    ends_on = forms.DateField(label=_("Sista dag"), widget=DateInput(), help_text=_("I dag eller senare."))
