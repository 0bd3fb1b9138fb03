"""Swedish texts of post."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.post.rules import Channel, MessageStatus

REASONS = {
    "post.line_break_in_header": _("Mottagare, ämne och filnamn får inte innehålla radbrytningar."),
    "post.is_not_for_print": _("Meddelandet går med e-post och skrivs inte ut."),
    "post.wrong_state": _("Meddelandet har läget {state}, så steget går inte att göra."),
}
LABELS = {
    "message": {
        MessageStatus.QUEUED: Label(_("I kö"), "info"),
        MessageStatus.SENT: Label(_("Skickat"), "ok"),
        MessageStatus.FAILED: Label(_("Kom inte fram"), "bad"),
    },
    "channel": {
        Channel.EMAIL: Label(_("E-post"), "neutral"),
        Channel.PRINT: Label(_("Utskrift"), "neutral"),
        Channel.PROTECTED: Label(_("Skyddad post"), "bad"),
    },
}
