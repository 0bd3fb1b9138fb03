"""What people are told about protected identities."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.people.rules import Protection
from kursvis.people.rules.protection import Oddity

REASONS = {
    "people.not_a_named_reader": _(
        "Personen har skyddade personuppgifter. Bara den som är utsedd att läsa just den personens uppgifter får "
        "öppna dem."
    ),
    "people.reason_missing": _("Skriv varför du behöver öppna uppgifterna. Det sparas i loggen."),
    "people.personnummer_missing": _("Ditt konto saknar personnummer. Logga in med e-legitimation."),
    "people.reader_of_herself": _("Ingen utses att läsa sina egna skyddade uppgifter; dem ser hon ändå."),
    "people.reader_by_herself": _("Ingen utser sig själv. Be en annan rektor, eller kommunens rektor, att utse dig."),
    "people.reader_dates": _("Slutdagen ligger före startdagen."),
    "people.reader_starts_earlier": _("Första dagen har redan varit. Ingen utses i efterhand."),
    "people.reader_already_named": _("Personen är redan utsedd läsare någon av de dagarna. Avsluta den tiden först."),
    "people.reader_why_missing": _("Skriv varför personen behöver läsa uppgifterna."),
    "people.reader_has_ended": _("Tiden som läsare är redan slut."),
    "people.not_protected": _("Personen har inga skyddade personuppgifter, så ingen läsare behövs."),
    "people.own_protection": _("Ingen beslutar om skyddet av sina egna uppgifter."),
    "people.municipality_unmarks": _("Bara kommunen tar bort eller minskar ett skydd. Kontakta kommunens rektor."),
    "people.protection_reason_missing": _("Skriv varför skyddet ändras. Det sparas i loggen."),
    "people.own_readings": _("Du har själv öppnat uppgifterna. Någon annan granskar de läsningarna."),
    "people.forwarding_address_missing": _(
        "Kommunen har inte sagt vart brev till skyddade personer ska skickas. Systemadministratören skriver in "
        "adressen under Inställningar, Huvudman."
    ),
}

LABELS = {
    "oddity": {
        Oddity.OUTSIDE_PERIOD: Label(_("utanför sin tid som läsare"), "bad"),
        Oddity.OFTEN_IN_A_DAY: Label(_("ovanligt ofta på en dag"), "warn"),
        Oddity.OFTEN_IN_A_WEEK: Label(_("ovanligt ofta på en vecka"), "warn"),
    },
    "protection": {
        Protection.NONE: Label(_("Inget skydd")),
        Protection.SECRECY_MARK: Label(_("Sekretessmarkering"), "bad"),
        Protection.PROTECTED_REGISTRATION: Label(_("Skyddad folkbokföring"), "bad"),
    },
}
