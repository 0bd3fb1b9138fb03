"""Swedish texts of access."""

from django.utils.translation import gettext_lazy as _

from kursvis.access.rules import Action
from kursvis.core.wording import Label

REASONS = {
    "access.not_confirmed": _("Bekräfta först att det är du: {action}. Det gäller sedan i fem minuter."),
}

LABELS = {
    "action": {
        Action.LOCK_GRADES: Label(_("låsa betyg")),
        Action.SIGN_CATALOGUE: Label(_("skriva under en betygskatalog")),
        Action.CHANGE_ACCOUNTS: Label(_("ändra konton och roller")),
        Action.PROTECT_STUDENTS: Label(_("ändra skyddet av en persons uppgifter")),
    },
}
