"""Swedish texts of accounts."""

from django.utils.translation import gettext_lazy as _

from kursvis.access.rules import Role
from kursvis.core.wording import Label

REASONS = {
    "accounts.name_missing": _("Skriv både förnamn och efternamn."),
    "accounts.has_account_already": _("{personnummer} har redan ett konto. En person har ett enda konto, med flera roller."),
    "accounts.role_does_not_fit_unit": _("Rollen {role} kan inte ges där. Skolroller ges på en skola, kommunroller i kommunen."),
    "accounts.ends_before_start": _("Rollens sista dag är före dess första."),
    "accounts.unit_missing": _("Välj den skola eller kommun där rollen gäller."),
    "accounts.holds_role_already": _("Personen har redan rollen där under den tiden."),
}
LABELS = {
    "role": {
        Role.SYSTEM_ADMINISTRATOR: Label(_("systemadministratör")),
        Role.ADMISSIONS_OFFICER: Label(_("antagningshandläggare")),
        Role.MUNICIPAL_COUNSELLOR: Label(_("studie- och yrkesvägledare (kommunen)")),
        Role.GRADE_REGISTRAR: Label(_("betygsregistrator")),
        Role.MUNICIPAL_PRINCIPAL: Label(_("rektor (kommunen)")),
        Role.ECONOMIST: Label(_("ekonom")),
        Role.RECORDS_OFFICER: Label(_("arkivarie")),
        Role.FRONT_DESK: Label(_("reception")),
        Role.SCHOOL_ADMINISTRATOR: Label(_("skoladministratör")),
        Role.TEACHER: Label(_("lärare")),
        Role.SCHOOL_PRINCIPAL: Label(_("rektor")),
        Role.SCHOOL_COUNSELLOR: Label(_("studie- och yrkesvägledare")),
    },
}
