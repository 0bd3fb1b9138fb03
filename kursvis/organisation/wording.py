"""Swedish texts of organisation."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.organisation.rules import AgreementKind, ProviderKind

REASONS = {
    "organisation.no_agreement": _("Skolan har inget avtal som gäller den {day}. Kommunen lägger in avtal."),
    "organisation.temporary_agreement": _(
        "Skolan har ett tillfälligt avtal: utbildningen måste vara slut senast {day}. Välj ett tidigare slutdatum."
    ),
}
LABELS = {
    "provider": {
        ProviderKind.OWN: Label(_("Kommunens egen"), "info"),
        ProviderKind.CONTRACTED: Label(_("På entreprenad"), "neutral"),
    },
    "agreement": {
        AgreementKind.ORDINARY: Label(_("Ordinarie avtal"), "ok"),
        AgreementKind.TEMPORARY: Label(_("Tillfälligt avtal"), "warn"),
    },
}
