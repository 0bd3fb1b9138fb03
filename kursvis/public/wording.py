"""Swedish texts of public."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label

REASONS = {"public.handled_already": _("Synpunkten är redan hanterad.")}
LABELS = {
    "feedback": {
        "waiting": Label(_("Väntar på svar"), "warn"),
        "late": Label(_("Svaret är försenat"), "bad"),
        "handled": Label(_("Hanterad"), "ok"),
    },
}
