"""Swedish texts of organisation."""

from django.utils.translation import gettext_lazy as _

from kursvis.core.wording import Label
from kursvis.organisation.rules import AgreementKind, ProviderKind
from kursvis.organisation.rules.agreements import AgreementState
from kursvis.organisation.rules.registers import Register
from kursvis.organisation.rules.settings import Group, Setting, Unit

REASONS = {
    "organisation.authority_prefix": _("Kommunens prefix har två till sex bokstäver a–z, till exempel mal."),
    "organisation.no_agreement": _("Skolan har inget avtal som gäller den {day}. Kommunen lägger in avtal."),
    "organisation.temporary_agreement": _(
        "Skolan har ett tillfälligt avtal: utbildningen måste vara slut senast {day}. Välj ett tidigare slutdatum."
    ),
    "organisation.level_not_agreed": _("Skolans avtal gäller inte {level}. Det gäller {levels}."),
    "organisation.industry_not_agreed": _("Skolans avtal gäller inte den branschen. Det gäller {industries}."),
    "organisation.industry_missing": _("Skolans avtal gäller bara vissa branscher: välj en av dem ({industries})."),
    "organisation.unknown_level": _("Det finns ingen nivå som heter ”{level}”."),
    "organisation.unknown_industry": _("Kommunens register har ingen bransch med koden {code}."),
    "organisation.agreement_has_ended": _(
        "Skolans avtal slutade {day}. Den som redan är placerad får gå klart och få betyg, men ingen ny tas emot."
    ),
    "organisation.agreement_has_begun": _("Avtalet började gälla {day}. Slag och första dag ändras inte längre."),
    "organisation.agreement_is_over": _("Avtalet tog slut {day} och ändras inte. Lägg in ett nytt avtal."),
    "organisation.last_day_has_been": _("Den sista dagen kan vara i dag ({day}) eller senare."),
    "organisation.agreements_overlap": _(
        "Skolan har redan ett avtal {first} – {last}. Två avtal kan inte gälla samma dag: välj andra datum."
    ),
    "organisation.agreement_without_end_overlaps": _(
        "Skolan har redan ett avtal som gäller från {first} tills vidare. Sätt en sista dag på det först."
    ),
    "organisation.name_missing": _("Skriv ett namn."),
    "organisation.organisation_number_form": _("Organisationsnumret har tio siffror: NNNNNN-NNNN."),
    "organisation.organisation_number_check_digit": _(
        "Organisationsnumrets kontrollsiffra stämmer inte. Något i numret är felskrivet."
    ),
    "organisation.provider_exists": _("Det finns redan en anordnare med organisationsnumret {number}."),
    "organisation.provider_of_another_authority": _("Anordnaren hör till en annan kommun."),
    "organisation.postal_code_form": _("Postnumret har fem siffror: NNN NN."),
    "organisation.unit_code_form": _("Skolenhetskoden har åtta siffror."),
    "organisation.unit_code_taken": _("En annan skola har redan skolenhetskoden {code}."),
    "organisation.prefix_form": _("Prefixet har två till sex bokstäver a–z, till exempel bjo."),
    "organisation.prefix_taken": _("En annan skola har redan prefixet {prefix}. Välj ett annat."),
    "organisation.authority_name_taken": _("Det finns redan en kommun som heter {name}."),
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
    "organisation.setting_has_begun": _("Värdet gäller sedan {day}. Lägg in ett nytt värde i stället."),
    "organisation.copy_begins_too_early": _(
        "Den gamla prislistan gäller då och slutar dagen före den nya. Välj en dag efter {day}."
    ),
    "organisation.price_lists_overlap": _(
        "Det finns redan en prislista under en del av tiden: {name} (från {day}). "
        "Avsluta den först, eller välj andra dagar."
    ),
    "organisation.price_outside_limits": _("Priset ska vara mellan 0 och {most} kronor per poäng."),
    "organisation.price_list_is_over": _("Prislistan tog slut {day} och ändras inte. Lägg in en ny."),
    "organisation.price_list_has_begun": _(
        "Prislistan började gälla {day} och ändras inte. Avsluta den och lägg in en ny."
    ),
}
LABELS = {
    "meaning": {
        "1": Label(_("Ekonomimärke 1")),
        "2": Label(_("Ekonomimärke 2")),
        "classroom": Label(_("Undervisning i klassrum")),
        "distance": Label(_("Distansstudier")),
        "combined": Label(_("Klassrum och distans")),
        "apprenticeship": Label(_("Lärlingsutbildning")),
        "trainee": Label(_("Traineeutbildning")),
        "condition_unmet": Label(_("Villkoret är inte uppfyllt")),
        "no_seat": Label(_("Platserna är slut")),
        "start_cancelled": Label(_("Kursen är inställd")),
        "declined": Label(_("Den sökande har tackat nej")),
        "other": Label(_("Annat: skolan skriver varför")),
    },
    "register_about": {
        Register.INDUSTRY: Label(_("Branschen avgör vad en poäng kostar. Skolan väljer bransch för sina grupper.")),
        Register.ECONOMY_MARK: Label(_("Märken som styr kontering och finansiering av en grupp.")),
        Register.STUDY_FORM: Label(_("Studieformer som skolorna kan välja för sina kursstarter.")),
        Register.RETURN_REASON: Label(_("Skäl som en skola kan ange när den returnerar en sökande.")),
        Register.REFUSAL_REASON: Label(_("Skäl som en handläggare kan välja i ett beslut om avslag.")),
        Register.NO_GRADE_REASON: Label(_("Skäl som en lärare kan välja när betyg inte sätts.")),
        Register.CONDITION: Label(_("Villkor som ett mottagande kan ha.")),
    },
    "setup_event": {
        "authority.created": Label(_("Upplagd")),
        "authority.edited": Label(_("Ändrad")),
        "registers.begun": Label(_("Registren påbörjade")),
        "provider.created": Label(_("Inlagd")),
        "provider.edited": Label(_("Ändrad")),
        "school.created": Label(_("Inlagd")),
        "school.edited": Label(_("Ändrad")),
        "agreement.created": Label(_("Avtal inlagt")),
        "agreement.changed": Label(_("Avtal ändrat")),
        "agreement.removed": Label(_("Avtal borttaget")),
        "register_entry.added": Label(_("Tillagd")),
        "register_entry.edited": Label(_("Ändrad")),
        "register_entry.ended": Label(_("Sista dag bestämd")),
        "register_entry.reopened": Label(_("Slutet taget tillbaka")),
        "price_list.created": Label(_("Inlagd")),
        "price_list.edited": Label(_("Ändrad")),
        "price_list.ended": Label(_("Sista dag bestämd")),
    },
    "setup_value": {
        AgreementKind.ORDINARY: Label(_("ordinarie")),
        AgreementKind.TEMPORARY: Label(_("tillfälligt")),
        ProviderKind.OWN: Label(_("kommunens egen")),
        ProviderKind.CONTRACTED: Label(_("på entreprenad")),
    },
    "setup_field": {
        "adult_education_name": Label(_("vuxenutbildningens namn")),
        "catalogue_address": Label(_("postadress för betygskataloger")),
        "forwarding_address": Label(_("adress för brev till skyddade personer")),
        "email": Label(_("e-post")),
        "phone": Label(_("telefon")),
        "prefix": Label(_("prefix")),
        "organisation_number": Label(_("organisationsnummer")),
        "kind": Label(_("slag")),
        "provider": Label(_("anordnare")),
        "unit_code": Label(_("skolenhetskod")),
        "street": Label(_("gatuadress")),
        "postal_code": Label(_("postnummer")),
        "locality": Label(_("ort")),
        "name": Label(_("namn")),
        "text": Label(_("text")),
        "starts_on": Label(_("gäller från")),
        "ends_on": Label(_("sista dag")),
        "levels": Label(_("nivåer")),
        "industries": Label(_("branscher")),
    },
    "setting_about": {
        Setting.CALL_DAYS: Label(_("Föreslår dagen för kallelse när en ansökningsomgång läggs in.")),
        Setting.GRADES_AHEAD_DAYS: Label(_("Då syns betygen i lärarens Att göra.")),
        Setting.CATALOGUE_DAYS: Label(_("Så länge har skolan på sig från kursens sista dag.")),
        Setting.CATALOGUE_LAST_DAY: Label(
            _("Kurser som slutar senast den dagen ska ha sin katalog hos kommunen då, även om tiden ovan är längre.")
        ),
        Setting.ASSIGNMENT_ENDS_DAYS: Label(_("Då syns rollen i Att göra hos den som kan förlänga den.")),
        Setting.REMINDER_DAYS: Label(
            _("Då får den som har något kvar att göra ett e-brev. Gäller dagarna i perioder och omgångar.")
        ),
        Setting.LAST_REMINDER_DAYS: Label(_("Då kommer ett e-brev till, om något ännu är kvar.")),
        Setting.FAILED_ATTEMPTS: Label(_("Räknas i följd. Ett nytt lösenord eller en administratör låser upp.")),
        Setting.INACTIVE_DAYS: Label(_("Kontot låses när ingen har loggat in på så länge.")),
        Setting.IDLE_MINUTES: Label(_("En varning syns innan, och där kan man välja att stanna kvar.")),
        Setting.INVITATION_DAYS: Label(_("Så länge kan en ny kollega använda länken i sin inbjudan.")),
        Setting.RESET_MINUTES: Label(_("Så länge kan länken användas.")),
    },
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
        Setting.REMINDER_DAYS: Label(_("Första påminnelsen före en sista dag")),
        Setting.LAST_REMINDER_DAYS: Label(_("Andra påminnelsen före en sista dag")),
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
    "agreement_state": {
        AgreementState.IN_FORCE: Label(_("Gäller"), "ok"),
        AgreementState.COMING: Label(_("Kommande"), "info"),
        AgreementState.ENDED: Label(_("Slut"), "neutral"),
        AgreementState.NONE: Label(_("Saknas"), "warn"),
    },
    "school_agreement": {
        AgreementState.IN_FORCE: Label(_("Avtal gäller"), "ok"),
        AgreementState.COMING: Label(_("Avtal kommer"), "info"),
        AgreementState.ENDED: Label(_("Avtal slut"), "neutral"),
        AgreementState.NONE: Label(_("Utan avtal"), "warn"),
    },
    "agreement": {
        AgreementKind.ORDINARY: Label(_("Ordinarie avtal"), "ok"),
        AgreementKind.TEMPORARY: Label(_("Tillfälligt avtal"), "warn"),
    },
}
