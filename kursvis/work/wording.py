"""What people are told about bulk runs."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.work.rules import RowStatus, RunStatus

REASONS = {
    "work.nothing_chosen": _("Inga rader är valda. Kryssa för minst en rad."),
    "work.too_many": _("{chosen} rader är fler än vad en körning kan ta: högst {most}. Dela upp urvalet."),
    "work.not_permitted": _(
        "Den som kör får inte göra det här hos kommunen: rollen gäller inte, eller kontot är låst."
    ),
    "work.wrong_state": _("Körningen är i läget ”{state}”."),
    "work.not_yours": _(
        "Den som har förberett körningen startar den. Gör ett eget urval om du vill köra i hens ställe."
    ),
    "work.nothing_to_do": _("Ingen av raderna går."),
    "work.nothing_done": _("Inget hann göras, så det finns inget att ångra."),
    "work.too_late_to_undo": _("En körning kan ångras i {minutes} minuter, och de har gått."),
    "work.gone": _("Raden finns inte längre."),
    "work.failed": _("Något gick fel i Kursvis. Felet är antecknat i systemets logg; försök med raden igen, för sig."),
}
R, W = RunStatus, RowStatus
LABELS = {
    "run": {
        R.PREPARING: Label(_("Kontrolleras"), "info"),
        R.READY: Label(_("Redo att starta"), "warn"),
        R.RUNNING: Label(_("Pågår"), "info"),
        R.DONE: Label(_("Klar"), "ok"),
        R.STOPPED: Label(_("Avbruten"), "warn"),
        R.UNDOING: Label(_("Ångras"), "info"),
        R.UNDONE: Label(_("Ångrad")),
    },
    "run_row": {
        W.WAITING: Label(_("Väntar på kontroll")),
        W.READY: Label(_("Går"), "info"),
        W.AGAINST: Label(_("Går inte"), "warn"),
        W.DONE: Label(_("Gjord"), "ok"),
        W.REFUSED: Label(_("Blev inte gjord"), "bad"),
        W.UNDONE: Label(_("Ångrad")),
        W.NOT_UNDONE: Label(_("Kunde inte ångras"), "bad"),
    },
    "run_rows": {
        "gar": Label(_("Går")),
        "gar_inte": Label(_("Går inte")),
        "gjorda": Label(_("Gjorda")),
        "angrade": Label(_("Ångrade")),
        "vantar": Label(_("Väntar")),
        "alla": Label(_("Alla")),
    },
}
