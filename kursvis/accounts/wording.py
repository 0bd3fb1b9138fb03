"""Swedish texts of accounts."""

from django.utils.translation import gettext_lazy as _

from kursvis.access.rules import Permission, Role
from kursvis.accounts.confirm.rules import ConfirmWay
from kursvis.accounts.login.bankid.texts import SWEDISH
from kursvis.accounts.login.directory.rules import NamedBy
from kursvis.accounts.rules import AssignmentStatus
from kursvis.accounts.rules.delegations import DelegatedDecision
from kursvis.accounts.rules.links import LinkKind
from kursvis.accounts.rules.locks import LockReason
from kursvis.accounts.rules.login_ways import LoginWay
from kursvis.accounts.rules.staff import StaffState
from kursvis.core.wording import Label

REASONS = {
    "accounts.name_missing": _("Skriv både förnamn och efternamn."),
    "accounts.has_account_already": _(
        "{personnummer} har redan ett konto. En person har ett enda konto, med flera roller."
    ),
    "accounts.role_does_not_fit_unit": _(
        "Rollen {role} kan inte ges där. Skolroller ges på en skola, kommunroller i kommunen."
    ),
    "accounts.ends_before_start": _("Sista dagen är före den första."),
    "accounts.unit_missing": _("Välj den skola eller kommun där rollen gäller."),
    "accounts.holds_role_already": _(
        "Personen har redan rollen där under den tiden, eller så väntar den på aktivering."
    ),
    "accounts.not_ones_own_account": _(
        "Det här gör en kollega åt dig: ingen ändrar sitt eget konto eller sina egna roller."
    ),
    "accounts.role_outside_own_unit": _(
        "Du kan inte ge eller ändra rollen {role} där. Skolan ger roller på den egna skolan, kommunen i hela kommunen."
    ),
    "accounts.assignment_is_decided": _("Rollen väntar inte längre på aktivering: {state}."),
    "accounts.assignment_has_run_out": _("Rollens sista dag var {day}. Skolan får begära den på nytt."),
    "accounts.refusal_needs_a_reason": _("Skriv skälet. Skolan får läsa det."),
    "accounts.assignment_is_not_in_force": _("Rollen gäller inte, så den kan inte avslutas."),
    "accounts.last_day_has_been": _("Den dagen har varit. Välj i dag eller en senare dag."),
    "accounts.works_elsewhere_too": _(
        "Personen har roller som du inte ansvarar för. Kommunen ändrar namn, e-post och personnummer."
    ),
    "accounts.bankid_somebody_else": _("Det var inte den personens BankID som användes. Börja om."),
    "accounts.bankid_another_device": _(
        "BankID öppnades på en annan enhet än den här. Välj ”BankID på en annan enhet” och läs av koden i stället."
    ),
    "accounts.bankid_is_used": _("Inloggningen är redan använd, avbruten eller för gammal. Börja om."),
    "accounts.bankid_does_not_begin": "{why}",
    "accounts.bankid_too_many_from_here": _(
        "BankID har startats många gånger härifrån utan att bli klart. Vänta en kvart och försök igen."
    ),
    "accounts.bankid_too_many_of_one": _(
        "BankID har startats många gånger för samma person. Vänta en kvart, eller logga in utan att skriva vem du är."
    ),
    "accounts.directory_not_asked": _(
        "Svaret hör inte till en inloggning som började i den här webbläsaren, eller så är det redan använt. Börja om."
    ),
    "accounts.directory_too_late": _("Inloggningen tog för lång tid, eller så är svaret redan använt. Börja om."),
    "accounts.directory_denied": _("Inloggningen avbröts i katalogen, eller så fick du inte logga in där."),
    "accounts.directory_failed": _("Katalogen kunde inte logga in dig just nu. Försök igen om en stund."),
    "accounts.directory_unreachable": _(
        "Katalogen svarar inte. Försök igen om en stund, eller logga in på annat sätt."
    ),
    "accounts.directory_set_up_wrong": _(
        "Katalogen är inte rätt inlagd i Kursvis. Säg det till kommunens systemadministratör."
    ),
    "accounts.directory_untrusted": _(
        "Svaret från katalogen gick inte att lita på, så du släpptes inte in. Försök igen. Händer det igen: säg det "
        "till kommunens systemadministratör."
    ),
    "accounts.directory_tells_no_name": _(
        "Katalogen talade inte om vem du är. Säg det till kommunens systemadministratör."
    ),
    "accounts.directory_tells_no_time": _(
        "Katalogen talade inte om när du loggade in, så den kan inte bekräfta att det är du. Bekräfta på annat sätt."
    ),
    "accounts.directory_old_login": _(
        "Du loggade inte in på nytt i katalogen. Försök igen och skriv ditt lösenord där."
    ),
    "accounts.directory_unknown_name": _(
        "Du är inloggad i kommunens katalog som {name}, men det namnet finns inte på något konto i Kursvis."
    ),
    "accounts.directory_no_role": _(
        "Du har inget uppdrag i Kursvis i dag, varken i kommunen eller på en av dess skolor."
    ),
    "accounts.directory_another_person": _(
        "Katalogen säger ett annat personnummer än det som står på kontot. Säg det till kommunens systemadministratör."
    ),
    "accounts.directory_works_elsewhere": _(
        "Du arbetar för flera kommuner. Den här katalogen öppnar bara en av dem, så logga in på ett annat sätt."
    ),
    "accounts.directory_another_account": _(
        "Du loggade in i katalogen som någon annan än den som är inloggad här. Försök igen."
    ),
    "accounts.directory_issuer_not_https": _("Adressen ska börja med https:// och ha ett värdnamn."),
    "accounts.directory_issuer_wrong": _("Adressen får inte ha frågetecken, nummertecken, mellanslag eller lösenord."),
    "accounts.directory_name_missing": _("Skriv namnet i katalogen."),
    "accounts.directory_name_taken": _("Namnet i katalogen står redan på en annan persons konto."),
    "accounts.directory_no_role_to_enter": _(
        "Personen har ingen roll i kommunen eller på en av dess skolor, så katalogen släpper inte in henne."
    ),
    "accounts.login_way_closed": _("Kommunen där du arbetar har stängt det sättet att logga in: {way}."),
    "accounts.login_way_missing": _("Välj minst ett sätt att logga in."),
    "accounts.login_ways_lock_out": _(
        "Då skulle ingen av kommunens systemadministratörer komma in. Någon av dem behöver ha ett av de sätt som är "
        "kvar; katalogen räknas när hon har loggat in med den en gång."
    ),
    "accounts.account_is_locked": _("Kontot är låst. Den som ansvarar för personalen låser upp det."),
    "accounts.no_role_permits": _("Ingen roll ger den här behörigheten."),
    "accounts.role_is_not_activated": _("Rollen {role} ({unit}) väntar på att kommunen aktiverar den."),
    "accounts.role_has_not_begun": _("Rollen {role} ({unit}) börjar gälla {day}."),
    "accounts.role_has_ended": _("Rollen {role} ({unit}) slutade gälla {day}."),
    "accounts.longer_is_asked_for": _(
        "Kommunen har aktiverat rollen till {day}. Begär rollen på nytt från dagen efter, så svarar kommunen."
    ),
    "accounts.name_is_not_the_accounts": _(
        "Namnet stämmer inte med det namn som personnumret har i Kursvis. Kontrollera båda, eller fråga kommunen."
    ),
    "accounts.choose_a_role": _("Välj minst en roll."),
    "accounts.too_many_personnummer": _(
        "Du har skrivit många olika personnummer på kort tid. Vänta en timme och försök igen."
    ),
    "accounts.not_your_colleague": _(
        "Personen har ingen aktiv roll som du ansvarar för. Den enhet där hon arbetar, eller kommunen, gör det här."
    ),
    "accounts.own_electronic_id_account": _(
        "Personen har ett eget konto och loggar in med e-legitimation. Uppgifterna i det ändrar hon själv."
    ),
    "accounts.has_password_already": _("Personen har redan valt ett lösenord. Skicka en länk för nytt lösenord."),
    "accounts.has_no_password": _("Personen har inte valt något lösenord ännu. Skicka en inbjudan."),
    "accounts.email_missing": _("E-postadressen saknas, så länken har ingenstans att ta vägen. Skriv in den först."),
    "accounts.personnummer_is_in_use": _(
        "Personen har loggat in, så personnumret är en nyckel till kontot. Kommunen rättar det."
    ),
    "accounts.without_personnummer": _("Personnummer saknas, så e-legitimation kan inte användas."),
    "accounts.delegation_has_ended": _("Delegationen slutade {day}."),
    "accounts.link_is_used": _("Länken är redan använd eller ersatt av en nyare. Be om en ny."),
    "accounts.link_is_too_old": _("Länken är för gammal. Be om en ny."),
    "accounts.password_missing": _("Välj ett lösenord."),
    "accounts.wrong_password": _("Lösenordet stämmer inte."),
    "accounts.too_many_failures_from_here": _(
        "Det har varit för många felaktiga försök härifrån. Vänta en kvart och försök igen."
    ),
    "accounts.no_such_way_to_confirm": _("Det sättet att bekräfta har du inte här. Välj ett annat."),
    "accounts.signature_needs_electronic_id": _("En elektronisk underskrift görs bara med e-legitimation."),
    "accounts.not_locked": _("Kontot är inte låst."),
    "accounts.locked_already": _("Kontot är redan låst."),
    "accounts.account_has_ended": _("Kontot är avslutat."),
    "accounts.no_delegation": _(
        "Du har ingen delegation att besluta om {decision}. Kommunens systemadministratör för in delegationer."
    ),
    "accounts.delegate_to_role_or_person": _("Välj antingen en roll eller en person som får besluta."),
    "accounts.delegation_needs_a_reference": _(
        "Skriv var delegationen står, till exempel ”Delegationsordning 2026, punkt 4.3”."
    ),
}
LABELS = {
    "confirm_way": {
        ConfirmWay.PASSWORD: Label(_("lösenord")),
        ConfirmWay.BANKID: Label(_("BankID")),
        ConfirmWay.TEST_ID: Label(_("test-legitimation")),
        ConfirmWay.DIRECTORY: Label(_("inloggning i kommunens katalog")),
    },
    "saved_field": {
        "grade": Label(_("Betyg")),
        "information": Label(_("Övriga upplysningar")),
        "name": Label(_("Namn")),
        "first_name": Label(_("Förnamn")),
        "last_name": Label(_("Efternamn")),
        "personnummer": Label(_("Personnummer")),
        "email": Label(_("E-post")),
        "phone": Label(_("Telefon")),
        "title": Label(_("Titel")),
        "text": Label(_("Text")),
        "why": Label(_("Skäl")),
        "reason": Label(_("Skäl")),
        "note": Label(_("Anteckning")),
        "description": Label(_("Beskrivning")),
        "weekly_pattern": Label(_("Tider i veckan")),
        "place": Label(_("Lokal eller adress")),
        "seats": Label(_("Platser")),
        "goal": Label(_("Mål")),
        "starts_on": Label(_("Första dag")),
        "ends_on": Label(_("Sista dag")),
        "value": Label(_("Värde")),
        "reference": Label(_("Var delegationen står")),
        "person": Label(_("Person")),
        "street": Label(_("Gatuadress")),
        "postal_code": Label(_("Postnummer")),
        "locality": Label(_("Ort")),
        "code": Label(_("Kod")),
        "ways": Label(_("Sätt att logga in")),
        "issuer": Label(_("Katalogens adress")),
        "client_id": Label(_("Vad Kursvis heter i katalogen")),
        "named_by": Label(_("Uppgift som säger vem personen är")),
        "personnummer_claim": Label(_("Uppgift med personnummer")),
        "is_active": Label(_("Visas vid inloggningen")),
        "subject": Label(_("Namn i katalogen")),
    },
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
        Permission.DECIDE_COURSES: Label(_("besluta om kommunens egna kurser och paket")),
        Permission.RETURN_CHOICES: Label(_("returnera sökande till kommunen")),
        Permission.RECORD_EVIDENCE: Label(_("intyga att ett villkor är uppfyllt")),
        Permission.SEE_GROUPS: Label(_("se grupper")),
        Permission.EDIT_GROUPS: Label(_("skapa och ändra grupper")),
        Permission.CHANGE_ENROLMENTS: Label(_("ändra studerandes kurser")),
        Permission.GRADE: Label(_("sätta och låsa betyg i egna grupper")),
        Permission.SEE_GRADES: Label(_("se betyg")),
        Permission.SEND_CATALOGUES: Label(_("skapa och skicka betygskataloger")),
        Permission.RECEIVE_CATALOGUES: Label(_("ta emot och godkänna betygskataloger")),
        Permission.UNLOCK_GRADES: Label(_("låsa upp betyg")),
        Permission.ANSWER_FEEDBACK: Label(_("svara på synpunkter om tillgängligheten")),
        Permission.SEE_OUTBOX: Label(_("se utskick")),
        Permission.EDIT_SETTINGS: Label(_("ändra kommunens inställningar och register")),
        Permission.EDIT_PRICES: Label(_("lägga in prislistor")),
        Permission.EDIT_STAFF: Label(_("lägga upp och ändra personal")),
        Permission.ACTIVATE_STAFF: Label(_("aktivera roller som skolor begär")),
        Permission.PROTECT_STUDENTS: Label(_("sätta skydd och namnge läsare av skyddade uppgifter")),
        Permission.READ_LOG: Label(_("läsa loggen över vem som gjort och läst vad")),
    },
    "assignment_state": {
        "in_force": Label(_("Gäller"), "ok"),
        "coming": Label(_("Kommande"), "info"),
        "ended": Label(_("Avslutad"), "neutral"),
        "requested": Label(_("Väntar på kommunen"), "warn"),
        "refused": Label(_("Avslagen"), "bad"),
        "withdrawn": Label(_("Återtagen"), "neutral"),
    },
    "assignment_status": {
        AssignmentStatus.REQUESTED: Label(_("Väntar på kommunen"), "warn"),
        AssignmentStatus.GRANTED: Label(_("Aktiverad"), "ok"),
        AssignmentStatus.REFUSED: Label(_("Avslagen"), "bad"),
        AssignmentStatus.WITHDRAWN: Label(_("Återtagen"), "neutral"),
        AssignmentStatus.ENDED: Label(_("Avslutad"), "neutral"),
    },
    "bankid": {message: Label(text) for message, text in SWEDISH.items()},
    "staff_state": {
        StaffState.ACTIVE: Label(_("Aktiv"), "ok"),
        StaffState.INVITED: Label(_("Inbjuden"), "info"),
        StaffState.WAITING: Label(_("Väntar på kommunen"), "warn"),
        StaffState.LOCKED: Label(_("Låst"), "bad"),
        StaffState.CANNOT_LOG_IN: Label(_("Kan inte logga in"), "bad"),
        StaffState.ENDED: Label(_("Avslutad"), "neutral"),
    },
    "staff_filter": {
        StaffState.ACTIVE: Label(_("Aktiva")),
        StaffState.INVITED: Label(_("Inbjudna")),
        StaffState.WAITING: Label(_("Väntar på kommunen")),
        StaffState.LOCKED: Label(_("Låsta")),
        "ends_soon": Label(_("Roll tar slut snart")),
        StaffState.CANNOT_LOG_IN: Label(_("Kan inte logga in")),
        StaffState.ENDED: Label(_("Avslutade")),
    },
    "login_way": {
        LoginWay.PASSWORD: Label(_("användarnamn och lösenord")),
        LoginWay.ELECTRONIC_ID: Label(_("e-legitimation (BankID)")),
        LoginWay.DIRECTORY: Label(_("kommunens katalog")),
    },
    "directory_named_by": {
        NamedBy.SUBJECT: Label(_("katalogens eget id (sub)")),
        NamedBy.USER_NAME: Label(_("användarnamn (preferred_username)")),
        NamedBy.EMAIL: Label(_("e-postadress (email)")),
    },
    "lock_reason": {
        LockReason.FAILED_ATTEMPTS: Label(_("För många felaktiga inloggningsförsök"), "bad"),
        LockReason.INACTIVITY: Label(_("Inte använt på länge"), "warn"),
        LockReason.COLLEAGUE: Label(_("Låst av en kollega"), "bad"),
    },
    "link": {
        LinkKind.INVITATION: Label(_("Inbjudan")),
        LinkKind.RESET: Label(_("Nytt lösenord")),
    },
    "delegated_decision": {
        DelegatedDecision.COST_COMMITMENT: Label(_("åtagande om kostnad")),
        DelegatedDecision.RECEPTION: Label(_("mottagande")),
        DelegatedDecision.ADMISSION: Label(_("antagning")),
    },
}
