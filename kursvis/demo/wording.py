"""Swedish texts of the demo."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "demo.only_forward": _("Demodatum är {day}. Det går bara att gå framåt; `make demo-reset` börjar om från början."),
    "demo.too_far": _("Gå högst {days} dagar framåt i taget."),
    "demo.not_empty": _("Databasen är inte tom. `make demo-reset` börjar om från början."),
    "demo.not_in_production": _("Demodatum finns inte i skarp drift."),
}
