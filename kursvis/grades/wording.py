"""Swedish texts of grades."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.grades.rules import CatalogueStatus, GradeStatus, Step, Verb

REASONS = {
    "grades.only_the_groups_teacher_decides": _("Bara gruppens lärare sätter och låser betyg (3 kap. 16 § skollagen)."),
    "grades.already_locked": _("Betyget är redan låst. Kommunen kan låsa upp det, med skäl."),
    "grades.enrolment_ended": _("Studierna är avslutade på annat sätt. Ta tillbaka den händelsen först."),
    "grades.not_started": _("Studierna börjar {day}. Betyg kan sättas när den studerande har börjat."),
    "grades.no_scale": _("Kursen har ingen betygsskala: den avslutas med intyg."),
    "grades.not_on_scale": _("{value} finns inte på kursens betygsskala. Välj bland {scale}."),
    "grades.not_in_group": _("Den studerande finns inte i gruppen. Läs om sidan."),
    "grades.changed_meanwhile": _(
        "Någon annan har ändrat betyget till ”{value}” medan du hade sidan öppen. Läs om sidan."
    ),
    "grades.information_too_long": _("Övriga upplysningar får vara högst 200 tecken."),
    "grades.information_without_grade": _("Skriv betyget också: övriga upplysningar hör till ett satt betyg."),
    "grades.reason_without_dash": _("Skälet hör till ett streck. Skriv streck, eller ta bort skälet."),
    "grades.not_set": _("Betyget är inte satt. Sätt det först."),
    "grades.nothing_set": _("Det finns inget satt betyg att låsa."),
    "grades.end_has_not_come": _("Slutdatum {day} har inte kommit."),
    "grades.end_has_come": _("Slutdatum {day} har kommit: lås utan att flytta det."),
    "grades.end_moves_to_today_only": _("Slutdatumet flyttas till i dag, ingen annan dag. Läs om sidan."),
    "grades.title_of_work_missing": _(
        "Skriv arbetets titel och beskrivning i Övriga upplysningar innan betyget låses."
    ),
    "grades.not_locked": _("Betyget är inte låst."),
    "grades.unlocking_needs_reason": _("Skriv varför betyget låses upp: skälet står kvar i historiken."),
    "grades.nothing_to_print": _("Du har inga låsta betyg som saknar katalog i gruppen."),
    "grades.locks_first": _("Betyg som är satta men inte låsta: {number}. Lås först."),
    "grades.title_missing": _(
        "Din titel saknas i personalregistret. Den ska stå i katalogen (SKOLFS 2012:8). Be skolan skriva in den."
    ),
    "grades.catalogue_wrong_state": _("Katalogens läge är ”{state}”: steget kan inte göras nu."),
    "grades.catalogue_not_sent": _("Skolan har inte skickat katalogen ännu."),
    "grades.catalogue_not_received": _("Markera katalogen som mottagen först."),
    "grades.only_the_decider_signs": _("Bara den som har beslutat betygen skriver under katalogen."),
    "grades.signing_needs_electronic_id": _(
        "Elektronisk underskrift görs med BankID, och det kan du inte använda här. Skriv under på papper i stället."
    ),
    "grades.signed_another_document": _(
        "Underskriften gäller inte dokumentet som är sparat: det har ändrats. Returnera katalogen."
    ),
    "grades.returning_needs_reason": _("Skriv varför katalogen returneras: skolan behöver veta vad som ska rättas."),
}

LABELS = {
    "grade": {
        GradeStatus.SET: Label(_("Satt"), "warn"),
        GradeStatus.LOCKED: Label(_("Låst"), "info"),
        GradeStatus.APPROVED: Label(_("Godkänt av kommunen"), "ok"),
        GradeStatus.EXPORTED: Label(_("Exporterat"), "ok"),
    },
    "grade_catalogue": {
        CatalogueStatus.CREATED: Label(_("Skapad"), "warn"),
        CatalogueStatus.SIGNED: Label(_("Underskriven"), "info"),
        CatalogueStatus.SENT: Label(_("Skickad"), "info"),
        CatalogueStatus.RECEIVED: Label(_("Mottagen"), "info"),
        CatalogueStatus.APPROVED: Label(_("Godkänd"), "ok"),
        CatalogueStatus.RETURNED: Label(_("Returnerad"), "bad"),
        CatalogueStatus.REPLACED: Label(_("Ersatt"), "neutral"),
    },
    "catalogue_list": {
        "vantar": Label(_("Väntar på kommunen")),
        "created": Label(_("Att skicka")),
        "sent": Label(_("På väg")),
        "received": Label(_("Att godkänna")),
        "returned": Label(_("Returnerade")),
        "approved": Label(_("Godkända")),
        "alla": Label(_("Alla")),
    },
    "grade_step": {
        Step.SET: Label(_("Satt")),
        Step.LOCKED: Label(_("Låst")),
        Step.IN_CATALOGUE: Label(_("Katalog skapad")),
        Step.SENT: Label(_("Underskriven och skickad")),
        Step.APPROVED: Label(_("Mottagen och godkänd")),
        Step.EXPORTED: Label(_("Exporterat till Beda")),
        Step.FETCHED: Label(_("Hämtat")),
    },
    "own_grade_step": {
        Step.SET: Label(_("Läraren har satt betyget")),
        Step.LOCKED: Label(_("Läraren har låst betyget")),
        Step.IN_CATALOGUE: Label(_("Skolan har skrivit ut betyget")),
        Step.SENT: Label(_("På väg till kommunen")),
        Step.APPROVED: Label(_("Godkänt av kommunen")),
        Step.EXPORTED: Label(_("Skickat till den nationella betygsdatabasen")),
        Step.FETCHED: Label(_("Hämtat därifrån")),
    },
    "grade_event": {
        Verb.SET: Label(_("Betyget sattes")),
        Verb.CHANGED: Label(_("Betyget ändrades")),
        Verb.CLEARED: Label(_("Betyget togs bort")),
        Verb.LOCKED: Label(_("Betyget låstes")),
        Verb.IN_CATALOGUE: Label(_("Togs med i en betygskatalog")),
        Verb.SENT: Label(_("Katalogen skickades")),
        Verb.SIGNED: Label(_("Katalogen skrevs under elektroniskt och skickades")),
        Verb.RECEIVED: Label(_("Kommunen tog emot katalogen")),
        Verb.APPROVED: Label(_("Kommunen godkände betyget")),
        Verb.UNLOCKED: Label(_("Betyget låstes upp")),
        Verb.RETURNED: Label(_("Katalogen returnerades")),
        Verb.CATALOGUE_REPLACED: Label(_("Katalogen upphörde att gälla; betyget förs över till nästa")),
    },
    "grade_catalogue_event": {
        Verb.CREATED: Label(_("Katalogen skapades")),
        Verb.SENT: Label(_("Underskriven på papper och skickad")),
        Verb.SIGNED: Label(_("Underskriven elektroniskt och skickad")),
        Verb.RECEIVED: Label(_("Mottagen av kommunen")),
        Verb.APPROVED: Label(_("Godkänd av kommunen")),
        Verb.RETURNED: Label(_("Returnerad till skolan")),
        Verb.CATALOGUE_REPLACED: Label(_("Upphörde att gälla: ett betyg låstes upp")),
        Verb.REPLACED: Label(_("Ersatt av en ny katalog")),
    },
}
