"""Swedish texts of organisation."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.organisation.rules import AgreementKind, ProviderKind
from kursvis.organisation.rules.registers import Register
from kursvis.organisation.rules.settings import Group, Setting, Unit

REASONS = {
    "organisation.authority_prefix": _("Kommunens prefix har två till sex bokstäver a–z, till exempel mal."),
    "organisation.no_agreement": _("Skolan har inget avtal som gäller den {day}. Kommunen lägger in avtal."),
    "organisation.temporary_agreement": _(
        "Skolan har ett tillfälligt avtal: utbildningen måste vara slut senast {day}. Välj ett tidigare slutdatum."
    ),
    "organisation.agreement_has_ended": _(
        "Skolans avtal slutade {day}. Den som redan är placerad får gå klart och få betyg, men ingen ny tas emot."
    ),
    "organisation.temporary_needs_an_end": _("Ett tillfälligt avtal behöver en sista dag."),
    "organisation.ends_before_start": _("Sista dagen är före den första."),
    "organisation.entry_needs_code_and_name": _("Skriv både kod och namn."),
    "organisation.entry_needs_a_meaning": _("Välj vad posten står för."),
    "organisation.entry_needs_a_text": _("Skriv den text som den studerande får läsa."),
    "organisation.entry_code_taken": _("Koden {code} finns redan i registret. Välj en annan kod."),
    "organisation.end_has_been": _("Sista dagen kan vara i dag ({day}) eller senare."),
    "organisation.entry_has_no_end": _("Posten har ingen sista dag att ta tillbaka."),
    "organisation.meaning_is_taken": _("{name} står redan för samma sak under en del av tiden. Avsluta den först."),
    "organisation.entry_of_another_register": _("Valet hör till ett annat register."),
    "organisation.entry_not_in_force": _("{name} gäller inte i dag. Välj något annat."),
    "organisation.not_a_day_of_the_year": _("Det är ingen dag på året. Skriv MM-DD, till exempel 06-16."),
    "organisation.setting_outside_limits": _("Värdet ska vara mellan {least} och {most}."),
    "organisation.setting_in_the_past": _(
        "Ett nytt värde kan gälla från i dag eller senare. Det som har varit ändras inte."
    ),
    "organisation.price_lists_overlap": _(
        "Det finns redan en prislista som gäller under en del av tiden (från {day}). Avsluta den först."
    ),
    "organisation.price_outside_limits": _("Priset ska vara mellan 0 och {most} kronor per poäng."),
    "organisation.price_list_has_begun": _(
        "Prislistan började gälla {day} och ändras inte. Avsluta den och lägg in en ny."
    ),
}
LABELS = {
    "register": {
        Register.INDUSTRY: Label(_("Branscher")),
        Register.ECONOMY_MARK: Label(_("Ekonomimärken")),
        Register.STUDY_FORM: Label(_("Studieformer")),
        Register.RETURN_REASON: Label(_("Skäl till retur")),
        Register.REFUSAL_REASON: Label(_("Skäl till avslag")),
        Register.NO_GRADE_REASON: Label(_("Skäl till att betyg inte sätts")),
        Register.CONDITION: Label(_("Villkor")),
    },
    "setting": {
        Setting.CALL_DAYS: Label(_("Kallelsen är framme före kursstart")),
        Setting.GRADES_AHEAD_DAYS: Label(_("Läraren påminns om betyg före kursslut")),
        Setting.CATALOGUE_DAYS: Label(_("Betygskatalogen är hos kommunen efter kursslut")),
        Setting.CATALOGUE_LAST_DAY: Label(_("Vårens sista dag för betygskataloger")),
        Setting.ASSIGNMENT_ENDS_DAYS: Label(_("Roller som tar slut visas i förväg")),
        Setting.FAILED_ATTEMPTS: Label(_("Felaktiga inloggningar innan kontot låses")),
        Setting.INACTIVE_DAYS: Label(_("Dagar utan inloggning innan kontot låses")),
        Setting.IDLE_MINUTES: Label(_("Minuter utan att något händer innan man loggas ut")),
        Setting.INVITATION_DAYS: Label(_("En inbjudan gäller")),
        Setting.RESET_MINUTES: Label(_("En länk för nytt lösenord gäller")),
    },
    "setting_unit": {
        Unit.DAYS: Label(_("dagar")),
        Unit.MINUTES: Label(_("minuter")),
        Unit.ATTEMPTS: Label(_("försök")),
        Unit.DAY_OF_YEAR: Label(_("dag på året")),
    },
    "setting_group": {
        Group.DEADLINES: Label(_("Tider")),
        Group.LIMITS: Label(_("Gränser")),
    },
    "provider": {
        ProviderKind.OWN: Label(_("Kommunens egen"), "info"),
        ProviderKind.CONTRACTED: Label(_("På entreprenad"), "neutral"),
    },
    "agreement": {
        AgreementKind.ORDINARY: Label(_("Ordinarie avtal"), "ok"),
        AgreementKind.TEMPORARY: Label(_("Tillfälligt avtal"), "warn"),
    },
}
