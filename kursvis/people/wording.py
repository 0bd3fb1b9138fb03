"""What people are told about protected identities."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.people.rules import Protection

REASONS = {
    "people.not_a_named_reader": _(
        "Personen har skyddade personuppgifter. Bara den som är utsedd att läsa just den personens uppgifter får "
        "öppna dem."
    ),
    "people.reason_missing": _("Skriv varför du behöver öppna uppgifterna. Det sparas i loggen."),
    "people.personnummer_missing": _("Ditt konto saknar personnummer. Logga in med e-legitimation."),
    "people.reader_of_herself": _("Ingen utses att läsa sina egna skyddade uppgifter; dem ser hon ändå."),
    "people.reader_dates": _("Slutdagen ligger före startdagen."),
}

LABELS = {
    "protection": {
        Protection.NONE: Label(_("Inget skydd")),
        Protection.SECRECY_MARK: Label(_("Sekretessmarkering"), "bad"),
        Protection.PROTECTED_REGISTRATION: Label(_("Skyddad folkbokföring"), "bad"),
    },
}
