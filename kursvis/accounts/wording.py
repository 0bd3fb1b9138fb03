"""Swedish texts of accounts."""

from django.utils.translation import gettext_lazy as _

from kursvis.access.rules import Permission, Role
from kursvis.core.wording import Label

REASONS = {
    "accounts.name_missing": _("Skriv både förnamn och efternamn."),
    "accounts.has_account_already": _(
        "{personnummer} har redan ett konto. En person har ett enda konto, med flera roller."
    ),
    "accounts.role_does_not_fit_unit": _(
        "Rollen {role} kan inte ges där. Skolroller ges på en skola, kommunroller i kommunen."
    ),
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
    "permission": {
        Permission.SEE_OFFER: Label(_("se utbudet")),
        Permission.EDIT_OFFER: Label(_("lägga in och ändra kursstarter")),
        Permission.PUBLISH_OFFER: Label(_("publicera kursstarter och skicka tillbaka dem")),
        Permission.EDIT_ROUNDS: Label(_("lägga in ansökningsomgångar")),
        Permission.SEE_STUDENTS: Label(_("se studerande")),
        Permission.SEE_APPLICATIONS: Label(_("se ansökningar")),
        Permission.DECIDE_RECEPTION: Label(_("besluta om mottagande")),
        Permission.DISTRIBUTE: Label(_("fördela sökande till skolor")),
        Permission.PLACE: Label(_("kalla och placera sökande")),
        Permission.RETURN_CHOICES: Label(_("återsända sökande till kommunen")),
        Permission.RECORD_EVIDENCE: Label(_("intyga att ett villkor är uppfyllt")),
        Permission.SEE_GROUPS: Label(_("se grupper")),
        Permission.EDIT_GROUPS: Label(_("skapa och ändra grupper")),
        Permission.CHANGE_ENROLMENTS: Label(_("ändra studerandes kurser")),
        Permission.GRADE: Label(_("sätta och låsa betyg i egna grupper")),
        Permission.SEE_GRADES: Label(_("se betyg")),
        Permission.SEND_CATALOGUES: Label(_("skapa och skicka betygskataloger")),
        Permission.RECEIVE_CATALOGUES: Label(_("ta emot och godkänna betygskataloger")),
        Permission.UNLOCK_GRADES: Label(_("låsa upp betyg")),
        Permission.SEE_OUTBOX: Label(_("se utskick")),
    },
    "assignment_state": {
        "in_force": Label(_("Gäller"), "ok"),
        "coming": Label(_("Kommande"), "info"),
        "ended": Label(_("Avslutad"), "neutral"),
    },
}
