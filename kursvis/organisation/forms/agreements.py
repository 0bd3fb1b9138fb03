"""Parsing what is typed about an agreement; the rules decide in the services."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.core.forms import DateInput, labelled
from kursvis.organisation.rules import AgreementFacts, AgreementKind
from kursvis.organisation.rules.levels import Level


class AgreementForm(forms.Form):
    """An agreement between the municipality and the provider about one school."""

    kind = forms.ChoiceField(
        label=_("Slag"),
        widget=forms.RadioSelect,
        help_text=_(
            "Med ett tillfälligt avtal ska det som läggs upp vara slut samma år som det börjar, "
            "och senast avtalets sista dag."
        ),
    )
    starts_on = forms.DateField(label=_("Första dag"), widget=DateInput())
    ends_on = forms.DateField(
        label=_("Sista dag"),
        widget=DateInput(),
        required=False,
        help_text=_("Lämna tomt för tills vidare. Ett tillfälligt avtal behöver en sista dag."),
    )

    levels = forms.MultipleChoiceField(
        label=_("Nivåer"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Vad skolan får lägga upp. Välj ingen om avtalet gäller alla nivåer."),
    )
    industries = forms.MultipleChoiceField(
        label=_("Branscher"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Välj ingen om avtalet gäller alla. Med valda branscher anger skolan bransch på varje kursstart."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        facts: AgreementFacts | None = None,
        industries: list[tuple[str, str]],
        today: date,
    ) -> None:
        super().__init__(data, initial=vars(facts) if facts else {"kind": AgreementKind.ORDINARY})
        self.fields["kind"].choices = labelled("agreement", AgreementKind)  # type: ignore[attr-defined]
        self.fields["levels"].choices = labelled("level", Level)  # type: ignore[attr-defined]
        self.fields["industries"].choices = industries  # type: ignore[attr-defined]
        if not industries:
            del self.fields["industries"]
        if facts is not None and facts.starts_on <= today:
            for name in ("kind", "starts_on"):
                self.fields[name].disabled = True
                self.fields[name].help_text = ""
