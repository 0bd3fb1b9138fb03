"""Swedish texts of catalogue."""

from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.rules.completeness import Part
from kursvis.catalogue.rules.facets import Facet
from kursvis.catalogue.rules.imports.columns import Column
from kursvis.catalogue.rules.imports.verdicts import Verdict
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.package_copies import Fate
from kursvis.catalogue.rules.register import CourseKind, CourseStatus
from kursvis.catalogue.rules.rounds import RoundStage
from kursvis.core.wording import Label

REASONS = {
    "catalogue.course_is_never_offered": _("Kursen {code} får inte läggas ut i kurskatalogen. Välj en annan kurs."),
    "catalogue.course_not_valid_yet": _("Kursen {code} gäller från den {day}. Välj en senare omgång."),
    "catalogue.course_cancelled": _(
        "Kursen {code} är ersatt och får inte påbörjas från och med den {day}. Välj kursen som har ersatt den."
    ),
    "catalogue.course_replaced": _(
        "Kursen {code} får inte påbörjas från och med den {day}. Välj nivån som motsvarar den: {level}."
    ),
    "catalogue.course_is_not_divided": _("Kursen {code} delas inte upp lokalt."),
    "catalogue.has_national_parts": _("Kursen {code} har nationella delkurser. Använd dem."),
    "catalogue.own_course_needs_points": _("Ange kursens poäng, minst 1."),
    "catalogue.parts_exceed_whole": _(
        "Delarna får tillsammans ha högst {points} poäng. Kvar att dela ut: {left}. Ange färre poäng."
    ),
    "catalogue.own_course_needs_name": _("Skriv kursens namn."),
    "catalogue.course_code_shape": _("Koden har 3–20 tecken, bara bokstäver och siffror."),
    "catalogue.course_code_taken": _("Koden {code} finns redan. Välj en annan."),
    "catalogue.own_course_has_ended": _("Kursen avslutades den {day} och börjar inte gälla igen. Lägg upp en ny."),
    "catalogue.own_course_last_day_has_passed": _("Sista dagen kan inte vara en dag som har varit."),
    "catalogue.course_unknown": _("Det finns ingen kurs med koden {code}. Sök den i kursregistret."),
    "catalogue.package_code_taken": _("Det finns redan ett paket med koden {code}. Välj en annan."),
    "catalogue.package_is_national": _("Paketet är nationellt och ändras inte här."),
    "catalogue.package_has_course": _("Kursen {code} finns redan i paketet."),
    "catalogue.package_has_ended": _("Paketet erbjuds inte från den {day}."),
    "catalogue.package_without_courses": _("Paketet kan inte läggas ut: det är inte känt vilka kurser som ingår."),
    "catalogue.package_copy_is_empty": _(
        "Paketet kan inte kopieras: ingen av dess kurser får påbörjas eller har en känd nivå i Gy25."
    ),
    "catalogue.package_of_another_authority": _("Paketet är en annan kommuns. Välj ett annat."),
    "catalogue.package_part_missing": _(
        "Kursen {course} saknas. Välj en kursstart för den, eller för en som kan ersätta den."
    ),
    "catalogue.package_part_twice": _("Det finns två kursstarter för samma del av paketet: {course}. Välj en."),
    "catalogue.package_start_foreign": _("Kursen {course} hör inte till paketet."),
    "catalogue.package_start_elsewhere": _("Kursen {course} ges av en annan skola. Ett paket ges av en skola."),
    "catalogue.package_out_of_order": _(
        "Kursen {course} börjar före {before}, som kommer tidigare i paketet. Välj en senare kursstart."
    ),
    "catalogue.course_of_another_authority": _("Kursen {code} är en annan kommuns egen. Välj en annan kurs."),
    "catalogue.too_many_orientation_points": _("En orienteringskurs har högst {most} poäng. Ange färre."),
    "catalogue.course_ends_after_validity": _("Kursen {code} gäller till den {day}. Välj ett tidigare slutdatum."),
    "catalogue.wrong_state": _("Det går inte att göra nu: kursstarten står som ”{state}”."),
    "catalogue.ends_before_start": _("Slutdatum måste vara efter kursstarten. Välj ett senare slutdatum."),
    "catalogue.waits_at_municipality": _(
        "Kursstarten ligger hos kommunen och ändras inte nu. Be kommunen skicka tillbaka den om något ska ändras."
    ),
    "catalogue.changed_by_another": _(
        "Någon annan har ändrat {field} medan du hade tabellen öppen: nu står det ”{now}”. Det du skrev står kvar i "
        "rutan. Spara en gång till om det ska gälla."
    ),
    "catalogue.one_owner_a_run": _(
        "Välj kursstarter från en skola i taget, eller från en kommun i taget när du publicerar."
    ),
    "catalogue.none_chosen": _("Inga kursstarter är valda som steget kan göras med. Kryssa för minst en."),
    "catalogue.has_gone_on": _("Något annat har hänt med kursstarten sedan dess, så den ligger kvar."),
    "catalogue.applied_since": _("{applicants} har hunnit söka, så kursstarten är kvar i kurskatalogen."),
    "catalogue.stays_while_shown": _(
        "{field} ligger fast medan kursstarten är publicerad eller dold. Ta tillbaka den för ändring."
    ),
    "catalogue.has_ended": _("Kursen slutade den {day}, och slutdatumet ändras inte."),
    "catalogue.points_differ": _("Kursen har {points} poäng i det nationella registret. Poängen kan inte ändras."),
    "catalogue.points_missing": _("Ange kursens poäng: registret har inga för den här kursen."),
    "catalogue.fewer_seats_than_taken": _("{taken} är redan placerade. Ange minst så många platser."),
    "catalogue.too_many_seats": _("Ange högst {most} platser."),
    "catalogue.too_many_points": _("Ange högst {most} poäng."),
    "catalogue.no_seats": _("Ange minst en plats."),
    "catalogue.has_applicants": _(
        "{applicants} har sökt den här kursstarten, så kurs och omgång ligger fast. Lägg upp en ny kursstart i stället."
    ),
    "catalogue.has_started": _("Kursen startade den {day}. Lägg upp en ny kursstart i en senare omgång."),
    "catalogue.description_missing": _("Beskrivningen saknas: skriv vad den sökande behöver veta."),
    "catalogue.weekly_pattern_missing": _(
        "Tiderna i veckan saknas: skriv när undervisningen är, eller under Mer om tiderna att den inte har fasta tider."
    ),
    "catalogue.weekly_pattern_unread": _(
        "Det går inte att läsa ”{text}” som dagar och tider. Skriv till exempel måndag och onsdag 17.30–20.30, "
        "fredag 9–12. Det som inte är samma tid varje vecka skriver du under Mer om tiderna."
    ),
    "catalogue.lesson_times_wrong": _(
        "{text} är ingen tid på dagen. Skriv en tid som slutar efter att den börjar, till exempel 9.00–11.30."
    ),
    "catalogue.lessons_overlap": _("Två av tiderna går in i varandra: {text}. Ändra en av dem."),
    "catalogue.not_published": _("Kursstarten är inte publicerad."),
    "catalogue.not_open_yet": _("Ansökan öppnar den {day}."),
    "catalogue.closed": _("Sista ansökningsdag var den {day}. Sök en kurs som startar senare."),
    "catalogue.stopped": _("Skolan tar inte emot fler ansökningar till den här kursstarten."),
    "catalogue.stopped_already": _("Ansökan är redan stoppad."),
    "catalogue.not_stopped": _("Ansökan är inte stoppad."),
    "catalogue.cancelled": _("Kursstarten är inställd."),
    "catalogue.full": _("Alla {seats} platser är tagna."),
    "catalogue.has_placed": _("{taken} studerande är placerade. Returnera dem först, så kan kursstarten ställas in."),
    "catalogue.reason_missing": _("Skriv varför."),
    "catalogue.round_dates_out_of_order": _(
        "Datumen ligger i fel ordning. Rätt ordning: sista ansökningsdag, underlag till skolorna, kallelse, kursstart."
    ),
    "catalogue.round_before_opening": _("Katalogen öppnar den {day}: sista ansökningsdag kan inte vara före dess."),
    "catalogue.round_start_taken": _("Perioden har redan en omgång som startar den {day}."),
    "catalogue.round_of_another_authority": _("Omgången hör till en annan kommun än skolan. Välj en annan omgång."),
    "catalogue.period_name_taken": _("Det finns redan en period som heter ”{name}”. Välj ett annat namn."),
    "catalogue.offer_after_opening": _("Utbudet ska vara inlagt när katalogen öppnar. Välj ett tidigare datum."),
    "catalogue.study_form_not_in_force": _(
        "Kommunen använder inte studieformen ”{form}” för kurser som startar {day}. Välj en annan studieform."
    ),
    "catalogue.industry_not_in_force": _(
        "Kommunen använder inte branschen ”{name}” för kurser som startar {day}. Välj en annan bransch."
    ),
    "catalogue.copied_already": _("Kursstarten är redan kopierad till perioden."),
    "catalogue.no_round_to_copy_to": _("Ingen omgång är vald för det som startade {day}."),
    "catalogue.round_has_begun": _("Omgången startade {day}. Välj en senare omgång."),
    "catalogue.same_period": _("Välj en annan period än den du kopierar från."),
    "catalogue.template_name_missing": _("Skriv ett namn på mallen."),
    "catalogue.template_name_taken": _("Skolan har redan en mall som heter ”{name}”. Välj ett annat namn."),
    "catalogue.late_reason_missing": _(
        "Utbudet skulle vara inlagt {day}. Öppna kursstarten, skriv varför den kommer sent och skicka den."
    ),
    "catalogue.day_has_passed": _("{field} var {day} och ändras inte: det som har varit står kvar."),
    "catalogue.new_day_has_passed": _("{field} kan inte flyttas till en dag som har varit. Välj i dag eller senare."),
    "catalogue.opens_after_last_day": _(
        "En omgång i perioden har sista ansökningsdag {day}. Katalogen måste öppna senast då."
    ),
    "catalogue.round_is_used": _(
        "Omgången har kursstarter ({course_starts}) som startar {day}, så dagen ligger fast. "
        "Lägg in en ny omgång i stället."
    ),
    "catalogue.start_stands_after_last_day": _(
        "Sista ansökningsdag var {day}. De som har sökt vet när kursen startar, så kursstarten ligger fast."
    ),
    "catalogue.round_has_starts": _(
        "Omgången har kursstarter ({course_starts}, också inställda räknas) och kan inte tas bort."
    ),
    "catalogue.period_has_rounds": _("Perioden har omgångar ({rounds}). Ta bort dem först."),
    "catalogue.continuous_days_out_of_order": _(
        "Sista ansökningsdag ska ligga fler dagar före kursstarten än underlaget till skolan."
    ),
    "catalogue.no_start_fits": _(
        "Ingen kurs hinner starta: den första möjliga dagen är {day}. Välj en senare sista dag eller färre dagar."
    ),
    "catalogue.start_on_weekend": _("{day} är en lördag eller söndag. Välj en dag från måndag till fredag."),
    "catalogue.start_too_soon": _("Det måste gå att hinna söka. Den första dag som en kurs kan starta är {day}."),
    "catalogue.start_after_last": _(
        "Perioden med löpande antagning har sin sista kursstart {day}. Välj en tidigare dag."
    ),
    "catalogue.start_in_use": _("En kursstart i perioden börjar {day}. Sista dagen kan inte ligga före den."),
    "catalogue.no_round_starts": _("Ingen omgång startar {day}, och kommunen har ingen löpande antagning då."),
    "catalogue.continuous_makes_its_rounds": _(
        "Perioden har löpande antagning: dess omgångar läggs in när skolorna väljer dagar för sina kursstarter."
    ),
    "catalogue.edition_files_changed": _(
        "Kursregistrets filer är inte längre de som du såg: en annan version av Kursvis är installerad. "
        "Se efter vad den ändrar och tillämpa sedan."
    ),
    "catalogue.edition_applied_already": _(
        "Någon annan hann före: en annan utgåva gäller nu än när sidan visades. Se efter vad som återstår."
    ),
    "catalogue.file_too_large": _("Filen är för stor. En fil får vara högst {most} MB; dela upp den."),
    "catalogue.file_too_many_rows": _("Filen är för stor: högst {rows} rader och {columns} kolumner. Dela upp den."),
    "catalogue.file_old_or_locked": _(
        "Filen är en äldre Excel-fil (.xls) eller är låst med lösenord. "
        "Spara den som .xlsx utan lösenord, eller som CSV."
    ),
    "catalogue.file_unknown": _(
        "Filen går inte att läsa som en tabell. Spara den som .xlsx eller CSV och försök igen."
    ),
    "catalogue.file_empty": _("Filen har inga rader under rubrikerna."),
    "catalogue.file_erased": _("Filen är gallrad och kan inte läsas igen. Ladda upp den på nytt."),
    "catalogue.file_imported_already": _("Filen är redan importerad. Ångra importen, eller ladda upp filen på nytt."),
    "catalogue.column_missing": _("Välj vilken kolumn som är {column}."),
    "catalogue.column_used_twice": _("Samma kolumn är vald två gånger, senast som {column}. Välj en annan."),
    "catalogue.row_without_dates": _("Raden saknar startdatum eller slutdatum."),
    "catalogue.row_without_code": _("Raden saknar kurskod."),
    "catalogue.row_without_study_form": _("Raden saknar studieform. Fyll i den, eller välj en för alla rader."),
    "catalogue.row_course_unknown": _("Kurskoden {code} finns inte i kursregistret."),
    "catalogue.row_level_instead": _("I Gy25 motsvaras {code} närmast av {name} ({instead})."),
    "catalogue.row_school_unknown": _("Det finns ingen skola som heter eller har koden ”{school}”."),
    "catalogue.row_of_another_school": _("Du får inte lägga upp kursstarter för {school}."),
    "catalogue.row_study_form_unknown": _("”{text}” är ingen studieform som Kursvis känner igen."),
    "catalogue.row_industry_unknown": _("”{text}” finns inte bland kommunens branscher."),
    "catalogue.row_without_round": _(
        "Ingen omgång startar den {day}. Närmast är den som startar {nearest}: "
        "ändra startdatum eller be kommunen om en omgång."
    ),
    "catalogue.row_without_any_round": _("Ingen omgång startar den {day}. Kommunen har inte lagt in någon som kommer."),
    "catalogue.row_applies_otherwise": _(
        "Raden har sista ansökningsdag {said}, men omgången som startar då har {day}. Kommunen bestämmer dagen."
    ),
    "catalogue.row_twice": _("Samma kursstart som på rad {row} i filen."),
    "catalogue.row_matches_several": _(
        "{number} kursstarter i Kursvis stämmer med raden. Ge dem en egen beteckning, och skriv den i filen."
    ),
    "catalogue.row_unchanged": _("Kursstarten finns redan och är likadan."),
    "catalogue.row_stands_already": _("Någon annan har redan lagt upp eller ändrat kursstarten så."),
    "catalogue.row_other_than_looked_through": _(
        "Något har ändrats efter provkörningen, så raden skulle göra något annat än den visade. Provkör igen."
    ),
    "catalogue.row_has_applicants": _(
        "{applicants} har sökt kursstarten. En import ändrar den inte; ändra den på kursstartens sida."
    ),
    "catalogue.day_without_year": _("{column}: ”{text}” saknar år. Skriv det i filen, eller ange ett för alla rader."),
    "catalogue.cell_unread": _("{column}: ”{text}” går inte att läsa."),
    "catalogue.cell_too_long": _("{column}: texten är för lång, högst {most} tecken."),
    "catalogue.import_has_applicants_since": _("{name} har sökande ({applicants}) och är kvar som den är."),
    "catalogue.import_changed_since": _("{name} har ändrats efter importen och är kvar som den är."),
    "catalogue.import_round_gone": _(
        "{name} är kvar som den är: omgången som den hade före importen har flyttats eller tagits bort."
    ),
    "catalogue.import_built_on": _("Kursstarten har fått en plats i ett paket eller liknande och är kvar som den är."),
    "catalogue.edition_changes_nothing": _("Utgåvan ändrar ingenting: kursregistret stämmer redan med den."),
}

S = CourseStartStatus
LABELS = {
    "course_start": {
        S.DRAFT: Label(_("Utkast"), "neutral"),
        S.SUBMITTED: Label(_("Inskickad"), "info"),
        S.PUBLISHED: Label(_("Publicerad"), "ok"),
        S.HIDDEN: Label(_("Dold"), "warn"),
        S.CANCELLED: Label(_("Inställd"), "bad"),
    },
    "course_start_owner": {
        S.DRAFT: Label(_("Ligger hos skolan, som fyller i och skickar till kommunen")),
        S.SUBMITTED: Label(_("Ligger hos kommunen, som publicerar eller skickar tillbaka")),
        S.PUBLISHED: Label(_("Syns i den öppna kurskatalogen")),
        S.HIDDEN: Label(_("Syns inte i den öppna kurskatalogen; de som har sökt är kvar")),
        S.CANCELLED: Label(_("Avslutad")),
    },
    "course_start_yours": {
        S.DRAFT: Label(_("Ligger hos er: fyll i och skicka till kommunen")),
        S.SUBMITTED: Label(_("Ligger hos er: publicera eller skicka tillbaka till skolan")),
    },
    "course_start_event": {
        "course_start.created": Label(_("Upplagd som utkast")),
        "course_start.copied": Label(_("Kopierad från en annan period, som utkast")),
        "course_start.edited": Label(_("Ändrad")),
        "course_start.submission_taken_back": Label(_("Inskickningen ångrad")),
        "course_start.publication_taken_back": Label(_("Publiceringen ångrad")),
        "course_start.change_told": Label(_("Sökande har fått veta om en ändring")),
        "course_start.submitted": Label(_("Skickad till kommunen")),
        "course_start.sent_back": Label(_("Skickad tillbaka till skolan")),
        "course_start.late_accepted": Label(_("Sen anmälan godkänd")),
        "course_start.published": Label(_("Publicerad i kurskatalogen")),
        "course_start.hidden": Label(_("Dold i kurskatalogen")),
        "course_start.withdrawn": Label(_("Tillbakatagen för ändring")),
        "course_start.cancelled": Label(_("Inställd")),
        "course_start.imported": Label(_("Upplagd som utkast genom import")),
        "course_start.changed_by_import": Label(_("Ändrad genom import")),
        "course_start.import_taken_back": Label(_("Importen ångrad: ändringen tagen tillbaka")),
        "course_start.stopped": Label(_("Ansökan stoppad")),
        "course_start.resumed": Label(_("Ansökan öppnad igen")),
    },
    "course_start_field": {
        "course": Label(_("kurs")),
        "round": Label(_("omgång")),
        "starts_on": Label(_("startdatum")),
        "ends_on": Label(_("slutdatum")),
        "points": Label(_("poäng")),
        "seats": Label(_("antal platser")),
        "study_form": Label(_("studieform")),
        "place": Label(_("lokal eller adress")),
        "description": Label(_("beskrivning")),
        "weekly_pattern": Label(_("tider i veckan")),
        "schedule_note": Label(_("mer om tiderna")),
        "industry": Label(_("bransch")),
        "reference": Label(_("egen beteckning")),
        "submitted_on": Label(_("inskickad")),
        "late_reason": Label(_("skäl till sen anmälan")),
    },
    "weekday": {
        1: Label(_("måndag")),
        2: Label(_("tisdag")),
        3: Label(_("onsdag")),
        4: Label(_("torsdag")),
        5: Label(_("fredag")),
        6: Label(_("lördag")),
        7: Label(_("söndag")),
    },
    "bulk_submission": {
        "title": Label(_("Kursstarter till kommunen")),
        "do": Label(_("Skicka till kommunen")),
        "doing": Label(_("Kursstarterna skickas till kommunen")),
        "did": Label(_("Skickade")),
        "undoing": Label(_("Inskickningen ångras")),
        "undone": Label(_("Utkast igen")),
    },
    "bulk_publication": {
        "title": Label(_("Publicering av kursstarter")),
        "do": Label(_("Publicera")),
        "doing": Label(_("Kursstarterna publiceras")),
        "did": Label(_("Publicerade")),
        "undoing": Label(_("Publiceringen ångras")),
        "undone": Label(_("Inte publicerade")),
    },
    "course_start_part": {
        Part.DESCRIPTION: Label(_("beskrivning")),
        Part.SCHEDULE: Label(_("när undervisningen är")),
        Part.TIMES: Label(_("tider i veckan, som det går att söka på")),
        Part.PLACE: Label(_("lokal eller adress")),
        Part.CONTACT: Label(_("skolans telefon")),
    },
    "offer_import": {
        "title": Label(_("Import av utbud")),
        "do": Label(_("Importera")),
        "doing": Label(_("Raderna importeras")),
        "did": Label(_("Importerade")),
        "undoing": Label(_("Importen ångras")),
        "undone": Label(_("Ångrade")),
    },
    "import_verdict": {
        Verdict.WAITING: Label(_("Väntar på kontroll")),
        Verdict.NEW: Label(_("Ny"), "info"),
        Verdict.CHANGED: Label(_("Ändras"), "warn"),
        Verdict.UNCHANGED: Label(_("Oförändrad")),
        Verdict.REFUSED: Label(_("Går inte"), "bad"),
    },
    "import_rows": {
        "nya": Label(_("Nya")),
        "andrade": Label(_("Ändras")),
        "gar_inte": Label(_("Går inte")),
        "oforandrade": Label(_("Oförändrade")),
        "alla": Label(_("Alla")),
    },
    "import_column": {
        Column.SCHOOL: Label(_("Skola")),
        Column.CODE: Label(_("Kurskod")),
        Column.NAME: Label(_("Kursens namn")),
        Column.STARTS_ON: Label(_("Startdatum")),
        Column.ENDS_ON: Label(_("Slutdatum")),
        Column.POINTS: Label(_("Poäng")),
        Column.SEATS: Label(_("Antal platser")),
        Column.STUDY_FORM: Label(_("Studieform")),
        Column.PLACE: Label(_("Lokal eller adress")),
        Column.PATTERN: Label(_("Tider i veckan")),
        Column.NOTE: Label(_("Mer om tiderna")),
        Column.DESCRIPTION: Label(_("Beskrivning")),
        Column.INDUSTRY: Label(_("Bransch")),
        Column.REFERENCE: Label(_("Egen beteckning")),
        Column.APPLY_BY: Label(_("Sista ansökningsdag")),
    },
    "facet": {
        Facet.AUTHORITY: Label(_("Kommun")),
        Facet.LEVEL: Label(_("Nivå")),
        Facet.SUBJECT: Label(_("Ämne")),
        Facet.STUDY_FORM: Label(_("Studieform")),
        Facet.PACE: Label(_("Studietakt")),
        Facet.TIME: Label(_("Tid på dagen")),
        Facet.MONTH: Label(_("Startmånad")),
        Facet.DAY: Label(_("Startdag")),
        Facet.PLACE: Label(_("Plats")),
        Facet.SCHOOL: Label(_("Skola")),
        Facet.SEATS: Label(_("Lediga platser")),
        Facet.OPEN: Label(_("Kan sökas nu")),
        Facet.COURSE: Label(_("Kurs")),
    },
    "time_name": {
        "formiddag": Label(_("Förmiddag")),
        "eftermiddag": Label(_("Eftermiddag")),
        "kvall": Label(_("Kväll, från 17")),
        "helg": Label(_("Helg")),
        "inga": Label(_("Inga fasta tider")),
    },
    "study_form": {
        StudyForm.CLASSROOM: Label(_("Klassrum")),
        StudyForm.DISTANCE: Label(_("Distans")),
        StudyForm.COMBINED: Label(_("Kombinerad")),
        StudyForm.APPRENTICESHIP: Label(_("Lärling")),
        StudyForm.TRAINEE: Label(_("Trainee")),
    },
    "round_field": {
        "name": Label(_("Namnet")),
        "offer_by": Label(_("Dagen då utbudet ska vara inlagt")),
        "opens_on": Label(_("Dagen då katalogen öppnar")),
        "apply_by": Label(_("Sista ansökningsdag")),
        "basis_on": Label(_("Dagen för underlag till skolorna")),
        "call_by": Label(_("Dagen för kallelsen")),
        "starts_on": Label(_("Kursstarten")),
        "last_start_on": Label(_("Sista dagen då en kurs kan starta")),
    },
    "round_stage": {
        RoundStage.COMING: Label(_("Katalogen har inte öppnat"), "neutral"),
        RoundStage.OPEN: Label(_("Öppen för ansökan"), "ok"),
        RoundStage.DECIDING: Label(_("Kommunen beslutar"), "warn"),
        RoundStage.CALLING: Label(_("Skolorna kallar"), "warn"),
        RoundStage.CALLED: Label(_("Kallelserna är ute"), "info"),
        RoundStage.BEGUN: Label(_("Har startat"), "neutral"),
    },
    "package_copy": {
        Fate.KEPT: Label(_("står kvar")),
        Fate.REPLACED: Label(_("byts mot nivån")),
        Fate.WITHOUT_LEVEL: Label(_("utgår: ingen motsvarande nivå är känd")),
        Fate.LEVEL_HAS_ENDED: Label(_("utgår: nivån får inte heller påbörjas")),
        Fate.ALREADY_THERE: Label(_("utgår: nivån finns redan i kopian")),
    },
    "register_part": {
        "tillkommer": Label(_("Tillkommer")),
        "andras": Label(_("Ändras")),
        "upphor": Label(_("Upphör")),
        "bygger-pa": Label(_("Bygger på annat")),
        "motsvarar": Label(_("Motsvarar annan nivå")),
        "paket": Label(_("Paket")),
    },
    "course_field": {
        "name": Label(_("namn")),
        "points": Label(_("poäng")),
        "level": Label(_("nivå")),
        "level_name": Label(_("nivåns namn")),
        "subject_code": Label(_("ämneskod")),
        "subject_name": Label(_("ämne")),
        "school_form": Label(_("skolform")),
        "curriculum": Label(_("läroplan")),
        "kind": Label(_("slag")),
        "valid_from": Label(_("gäller från")),
        "valid_to": Label(_("gäller till")),
        "cancelled_from": Label(_("får inte börja från")),
        "status": Label(_("läge")),
        "alias_of": Label(_("annat namn på")),
        "searchable": Label(_("kan väljas i utbudet")),
        "source": Label(_("källa")),
    },
    "course_status": {
        CourseStatus.CURRENT: Label(_("gällande")),
        CourseStatus.PHASING_OUT: Label(_("fasas ut")),
        CourseStatus.EXPIRED: Label(_("har upphört")),
        CourseStatus.UNVERIFIED: Label(_("kodmönster, inte kontrollerat")),
        CourseStatus.LOCAL_EXAMPLE: Label(_("lokal kurs")),
        CourseStatus.ALIAS: Label(_("annat namn på en kurs")),
    },
    "course_kind": {
        CourseKind.COURSE: Label(_("kurs")),
        CourseKind.LEVEL: Label(_("nivå")),
        CourseKind.NATIONAL_PART: Label(_("nationell delkurs")),
        CourseKind.LOCAL_PART: Label(_("lokal delkurs")),
        CourseKind.STUDY_PATH: Label(_("kurs med studieväg")),
        CourseKind.ORIENTATION: Label(_("orienteringskurs")),
        CourseKind.INDIVIDUAL: Label(_("individuell kurs")),
        CourseKind.KOMVUX_WORK: Label(_("komvuxarbete")),
        CourseKind.UPPER_SECONDARY_WORK: Label(_("gymnasiearbete")),
        CourseKind.CONTAINER: Label(_("paket")),
        CourseKind.ALIAS: Label(_("annat namn på en kurs")),
    },
    "level_meaning": {
        "gymnasial": Label(_("Motsvarar kurser i gymnasieskolan.")),
        "grundläggande": Label(_("Motsvarar det man läser i grundskolan, till och med årskurs 9.")),
        "sfi": Label(_("Grunderna i svenska, för dig som har ett annat modersmål.")),
        "anpassad grundläggande": Label(
            _("För vuxna med intellektuell funktionsnedsättning. Motsvarar kurser i anpassad grundskola.")
        ),
        "anpassad gymnasial": Label(
            _("För vuxna med intellektuell funktionsnedsättning. Motsvarar kurser i anpassad gymnasieskola.")
        ),
    },
    "level": {
        "gymnasial": Label(_("Gymnasial nivå")),
        "grundläggande": Label(_("Grundläggande nivå")),
        "sfi": Label(_("Svenska för invandrare (sfi)")),
        "anpassad grundläggande": Label(_("Anpassad utbildning, grundläggande nivå")),
        "anpassad gymnasial": Label(_("Anpassad utbildning, gymnasial nivå")),
    },
}
