"""What people see of results."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.merits.rules import ResultSource

LABELS = {
    "result_source": {
        ResultSource.OWN_GRADE: Label(_("Betyg satt här")),
        ResultSource.OTHER_SCHOOL: Label(_("Betyg från annan skola")),
        ResultSource.STATED: Label(_("Uppgivet av den sökande"), "warn"),
    },
}
