"""Swedish texts of letters."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.letters.rules import LetterKind

LABELS = {"letter": {LetterKind.CALL: Label(_("Kallelse"), "neutral")}}
