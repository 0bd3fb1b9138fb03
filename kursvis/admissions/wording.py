"""What people are told about applications: sentences of refused steps, and labels of states."""

from django.utils.translation import gettext_lazy as _

from kursvis.admissions.rules import (
    AdviceState,
    ChoiceStatus,
    ConditionStatus,
    DecisionKind,
    Ground,
    Outcome,
    ReturnReason,
)
from kursvis.core.wording import Label

REASONS = {
    "admissions.wrong_state": "{why}",
    "admissions.already_decided": _(
        "Ansökan är redan beslutad: {outcome}. Beslutet ändras först när skolan har returnerat ansökan, eller när "
        "skolans avtal har tagit slut."
    ),
    "admissions.refusal_needs_reason": _("Skriv skälet till avslaget. Den sökande får läsa det."),
    "admissions.grant_needs_ground": _("Ange minst en grund för mottagandet (20 kap. 22 § skollagen)."),
    "admissions.condition_needs_course": _(
        "Ange vilken kurs som ska vara godkänd när beslutet är på villkor, och bara då."
    ),
    "admissions.required_already_passed": _(
        "Den sökande har redan godkänt betyg i {course}. Då finns inget att vänta på: mottag utan villkor."
    ),
    "admissions.refused_is_not_distributed": _("Den som har fått avslag fördelas inte till någon skola."),
    "admissions.moved_on": _("Ansökan har gått vidare sedan den fördelades. Den är nu i läget ”{state}”."),
    "admissions.called_already": _("Skolan har redan kallat den sökande."),
    "admissions.one_authority_a_run": _(
        "Ansökningarna hör till olika kommuner. Fördela en kommuns ansökningar i taget."
    ),
    "admissions.nothing_to_distribute": _("Ingen ansökan är vald. Kryssa för minst en."),
    "admissions.start_has_passed": _("Kursen startade {day}."),
    "admissions.condition_open": _(
        "Villkoret är inte uppfyllt. Kalla går, men placera får ni göra först när godkänt betyg finns eller underlag "
        "är registrerat."
    ),
    "admissions.only_distributed_is_returned": _(
        "Bara den som är fördelad till skolan och inte placerad kan returneras."
    ),
    "admissions.no_open_condition": _("Det finns inget öppet villkor på ansökan."),
    "admissions.evidence_missing": _("Skriv vad du har sett: vilket betyg, från vilken skola, daterat när."),
    "admissions.return_needs_text": _("Skriv skälet. Den sökande och studievägledarna får läsa det."),
    "admissions.only_drafts_are_edited": _("Ansökan är inskickad och kan inte ändras. Du kan ta tillbaka den."),
    "admissions.already_applied": _("Du har redan sökt den här kursstarten. Ansökan finns under Mina ansökningar."),
}

C = ChoiceStatus
CHOICE = {
    C.DRAFT: Label(_("Utkast")),
    C.SUBMITTED: Label(_("Inskickad"), "info"),
    C.DECIDED: Label(_("Beslutad"), "info"),
    C.DISTRIBUTED: Label(_("Fördelad till skola"), "info"),
    C.PLACED: Label(_("Placerad"), "ok"),
    C.RETURNED: Label(_("Returnerad"), "warn"),
    C.REPLACED: Label(_("Ersatt")),
    C.WITHDRAWN: Label(_("Återtagen")),
}
LABELS = {
    "choice": CHOICE,
    "choice_stop": {
        C.DRAFT: Label(_("Ansökan är inte inskickad än.")),
        C.SUBMITTED: Label(_("Ansökan behöver ett beslut först.")),
        C.DECIDED: Label(_("Ansökan behöver fördelas till skolan först.")),
        C.DISTRIBUTED: Label(_("Ansökan ligger redan hos skolan.")),
        C.PLACED: Label(_("Ansökan har redan gett en plats i en grupp.")),
        C.RETURNED: Label(_("Skolan har returnerat ansökan. Kommunen behöver besluta på nytt först.")),
        C.REPLACED: Label(_("Ansökan är ersatt av en annan.")),
        C.WITHDRAWN: Label(_("Ansökan är återtagen.")),
    },
    "choice_step": CHOICE
    | {
        "called": Label(_("Kallad"), "info"),
        "taken_back": Label(_("Fördelningen ångrad")),
        "condition_met": Label(_("Villkoret uppfyllt"), "ok"),
        "condition_reopened": Label(_("Villkoret öppet igen"), "warn"),
    },
    "outcome": {
        Outcome.GRANTED: Label(_("Mottagen"), "ok"),
        Outcome.ON_CONDITION: Label(_("Mottagen på villkor"), "warn"),
        Outcome.REFUSED: Label(_("Avslag"), "bad"),
    },
    "condition_named": {Outcome.ON_CONDITION: Label(_("Om godkänd på underliggande kurs, annars avslag"))},
    "outcome_short": {
        Outcome.GRANTED: Label(_("Mottagen"), "ok"),
        Outcome.ON_CONDITION: Label(_("På villkor"), "warn"),
        Outcome.REFUSED: Label(_("Avslag"), "bad"),
    },
    "ground": {
        Ground.RIGHT_BASIC_ELIGIBILITY: Label(_("Rätt till komvux för grundläggande behörighet (20 kap. 19 §)")),
        Ground.RIGHT_SPECIFIC_ELIGIBILITY: Label(_("Rätt till komvux för särskild behörighet (20 kap. 19 a §)")),
        Ground.RIGHT_NEW_PROFESSION: Label(_("Rätt till komvux för yrkesväxling (20 kap. 19 b §)")),
        Ground.ELIGIBLE: Label(_("Behörig sökande (20 kap. 20 §)")),
        Ground.BASIC_LEVEL: Label(_("Rätt till utbildning på grundläggande nivå (20 kap. 11–13 §§)")),
    },
    "condition": {
        ConditionStatus.OPEN: Label(_("Villkoret är inte uppfyllt"), "warn"),
        ConditionStatus.MET: Label(_("Villkoret är uppfyllt"), "ok"),
    },
    "return_reason": {
        ReturnReason.CONDITION_UNMET: Label(_("Villkoret är inte uppfyllt")),
        ReturnReason.NO_SEAT: Label(_("Ingen plats kvar")),
        ReturnReason.START_CANCELLED: Label(_("Kursen startar inte")),
        ReturnReason.DECLINED: Label(_("Den sökande har tackat nej")),
        ReturnReason.OTHER: Label(_("Annat skäl")),
    },
    "bulk_distribution": {
        "title": Label(_("Fördelning till skolorna")),
        "do": Label(_("Fördela")),
        "doing": Label(_("Ansökningarna fördelas till sina skolor")),
        "did": Label(_("Fördelade")),
        "undoing": Label(_("Fördelningen ångras")),
        "undone": Label(_("Tillbaka hos kommunen")),
    },
    "choice_list": {
        "besluta": Label(_("Att besluta")),
        "fordela": Label(_("Att fördela")),
        "villkor": Label(_("Öppna villkor")),
        "fordelade": Label(_("Hos skolan")),
        "placerade": Label(_("Placerade")),
        "returnerade": Label(_("Returer")),
        "avslag": Label(_("Avslag")),
        "atertagna": Label(_("Återtagna")),
        "utan_avtal": Label(_("Skolan saknar avtal")),
        "alla": Label(_("Alla")),
    },
    "own_path": {
        C.SUBMITTED: Label(_("Inskickad")),
        C.DECIDED: Label(_("Beslut")),
        C.DISTRIBUTED: Label(_("Till skolan")),
        C.PLACED: Label(_("Plats på kursen")),
    },
    "own_choice": {
        "draft": Label(_("Utkast, inte inskickad")),
        "submitted": Label(_("Kommunen läser din ansökan"), "info"),
        "decided_granted": Label(_("Du är mottagen"), "ok"),
        "decided_on_condition": Label(_("Du är mottagen på villkor"), "warn"),
        "decided_refused": Label(_("Du fick avslag"), "bad"),
        "distributed": Label(_("Hos skolan"), "info"),
        "unplaced": Label(_("Kursen har börjat, du har ingen plats"), "warn"),
        "placed": Label(_("Du har plats på kursen"), "ok"),
        "placed_first_day": Label(_("Kursen börjar i dag"), "ok"),
        "placed_running": Label(_("Kursen pågår"), "ok"),
        "placed_last_day": Label(_("Kursen slutar i dag"), "ok"),
        "placed_over": Label(_("Kursen är slut")),
        "returned": Label(_("Tillbaka hos kommunen"), "warn"),
        "replaced": Label(_("Ersatt av en annan ansökan")),
        "withdrawn": Label(_("Du har tagit tillbaka den")),
    },
    "own_next": {
        "draft": Label(_("Ingen har sett ansökan än. Skicka in den senast sista ansökningsdagen.")),
        "submitted": Label(_("Kommunen skickar beslutet till dig, och det syns här.")),
        "decided_granted": Label(_("Ansökan lämnas nu till skolan, som kallar dig.")),
        "decided_on_condition": Label(
            _("Ansökan lämnas nu till skolan. Du får börja först när du är godkänd på kursen i villkoret.")
        ),
        "decided_refused": Label(_("Läs skälen i beslutet. Där står också hur du överklagar.")),
        "distributed": Label(_("Skolan skickar en kallelse till dig, och den syns här.")),
        "placed": Label(_("Kom till kursstarten. Har du frågor, hör av dig till skolan.")),
        "returned": Label(_("Skolan kunde inte ge dig plats. En handläggare eller studievägledare hör av sig.")),
        "replaced": Label(_("Du behöver inte göra något.")),
        "withdrawn": Label(_("Vill du ändå gå kursen kan du söka igen så länge ansökan är öppen.")),
    },
    "advice": {
        AdviceState.NONE_ASKED: Label(_("Inga förkunskaper anges")),
        AdviceState.MET: Label(_("Uppfyllt"), "ok"),
        AdviceState.UNMET: Label(_("Inte uppfyllt"), "warn"),
        AdviceState.IN_WORDS: Label(_("Får bedömas"), "info"),
    },
    "decision": {
        DecisionKind.COST_COMMITMENT: Label(_("Åtagande om kostnad")),
        DecisionKind.RECEPTION: Label(_("Mottagande")),
        DecisionKind.ADMISSION: Label(_("Antagning")),
    },
}
