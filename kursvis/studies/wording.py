"""Swedish texts of studies."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.studies.rules import EnrolmentOutcome, GroupKind, Phase

REASONS = {
    "studies.already_ended": _("Studierna har redan ett avslut: {outcome}."),
    "studies.has_locked_grade": _("Betyget är låst. Kommunen låser upp det om något ska ändras."),
    "studies.not_begun_yet": _("Kan markeras från kursstarten {day}."),
    "studies.was_not_marked_not_started": _("Den studerande är inte markerad som ej påbörjad."),
    "studies.was_not_completed": _("Studierna är inte avslutade med betyg."),
    "studies.completed_on_the_end_date": _("Betygsdatum ska vara slutdatum, {day}. Flytta slutdatumet i samma steg."),
    "studies.end_before_start": _("Slutdatum kan inte ligga före startdatum, {day}."),
    "studies.group_ends_before_start": _("Gruppens slutdatum ligger före startdatum."),
    "studies.provning_is_one_day": _("En prövning börjar och slutar samma dag. Sätt samma datum på båda."),
    "studies.group_needs_name": _("Ge gruppen ett namn."),
    "studies.group_name_taken": _("Skolan har redan en grupp som heter {name}. Välj ett annat namn."),
    "studies.course_is_not_offered": _("Kursen får inte läggas ut som grupp. Välj en kurs som finns i katalogen."),
    "studies.group_does_not_fit_the_course_start": _("Gruppen måste ha kursstartens skola och kurs."),
    "studies.teacher_is_not_at_the_school": _("Alla lärare måste ha lärarroll på skolan i dag."),
    "studies.group_of_another_course": _("Gruppen läser en annan kurs eller hör till en annan skola."),
    "studies.group_of_another_start": _("Gruppen hör till en annan kursstart."),
    "studies.group_has_ended": _("Gruppen slutade {day}. Placera i en annan grupp, eller returnera till kommunen."),
    "studies.start_has_ended": _("Kursen slutade {day} och kan inte få fler grupper. Returnera till kommunen."),
    "studies.too_late_to_call": _(
        "Kursen startade {day}, så en kallelse kommer för sent. Kontakta den sökande direkt, och placera i en grupp "
        "som pågår eller returnera till kommunen."
    ),
    "studies.already_in_group": _("Den studerande finns redan i gruppen."),
    "studies.no_group": _("Det finns ingen grupp för kursstarten som går att placera i. Skapa en grupp först."),
    "studies.agreement_is_over": _("Skolans avtal med kommunen har slutat, så skolan tar inte emot någon ny."),
    "studies.already_called": _("Redan kallad {day}."),
    "studies.too_many_chosen": _("Välj högst {most} rader åt gången."),
    "studies.nothing_chosen": _("Välj minst en rad först."),
}
LABELS = {
    "enrolment": {
        EnrolmentOutcome.NONE: Label(_("Pågående"), "ok"),
        EnrolmentOutcome.COMPLETED: Label(_("Avslutad"), "ok"),
        EnrolmentOutcome.NOT_STARTED: Label(_("Ej påbörjat"), "neutral"),
        EnrolmentOutcome.INTERRUPTED: Label(_("Avbrott"), "warn"),
        EnrolmentOutcome.ENDED_BY_DECISION: Label(_("Avslutad genom beslut"), "warn"),
        EnrolmentOutcome.REPLACED: Label(_("Gruppen är ersatt"), "neutral"),
        EnrolmentOutcome.DECEASED: Label(_("Avliden"), "neutral"),
        EnrolmentOutcome.REGISTERED_IN_ERROR: Label(_("Felregistrerad"), "neutral"),
    },
    "phase": {
        Phase.PLANNED: Label(_("Planerad"), "info"),
        Phase.ONGOING: Label(_("Pågår"), "ok"),
        Phase.AWAITING_GRADE: Label(_("Väntar på betyg"), "warn"),
        Phase.ENDED: Label(_("Slut"), "neutral"),
    },
    "group_kind": {
        GroupKind.ORDINARY: Label(_("Ordinarie"), "neutral"),
        GroupKind.PROVNING: Label(_("Prövning"), "info"),
        GroupKind.ORIENTATION: Label(_("Orienteringskurs"), "info"),
    },
}
