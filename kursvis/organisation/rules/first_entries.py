"""What the registers of a new municipality hold, so that nothing must be set before the first day.

The municipality renames, ends and adds. Industries and economy marks are its own from the beginning and have none.
Eligibility: 20 kap. 19–20 §§ skollagen (upper secondary level); no grade: 20 kap. 39 §.
"""

from datetime import date

from kursvis.organisation.rules.registers import EntryFacts, Register

FROM_THE_BEGINNING = date(2000, 1, 1)
"""First day of the entries of a new municipality: in force whatever date its first rows have."""

R = Register
_ROWS = [
    (R.STUDY_FORM, "klassrum", "Klassrum", "", "classroom"),
    (R.STUDY_FORM, "distans", "Distans", "", "distance"),
    (R.STUDY_FORM, "kombinerad", "Kombinerad", "", "combined"),
    (R.STUDY_FORM, "larling", "Lärling", "", "apprenticeship"),
    (R.STUDY_FORM, "trainee", "Trainee", "", "trainee"),
    (
        R.RETURN_REASON,
        "villkor",
        "Villkoret är inte uppfyllt",
        "Du blev inte godkänd på den underliggande kursen innan kursen började.",
        "condition_unmet",
    ),
    (R.RETURN_REASON, "fullt", "Ingen plats kvar", "Alla platser på kursen är upptagna.", "no_seat"),
    (R.RETURN_REASON, "installd", "Kursen startar inte", "Skolan har ställt in kursen.", "start_cancelled"),
    (R.RETURN_REASON, "avbojt", "Den sökande har tackat nej", "Du har tackat nej till platsen.", "declined"),
    (R.RETURN_REASON, "annat", "Annat skäl", "Skolan kunde inte ge dig plats.", "other"),
    (
        R.REFUSAL_REASON,
        "forkunskaper",
        "Saknar förkunskaper",
        "Du har inte de kunskaper som kursen bygger på och bedöms därför inte kunna klara den.",
        "",
    ),
    (
        R.REFUSAL_REASON,
        "har-kunskaperna",
        "Har redan kunskaperna",
        "Du har redan ett godkänt betyg i kursen eller kunskaper som motsvarar den.",
        "",
    ),
    (
        R.REFUSAL_REASON,
        "alder",
        "Har inte åldern inne",
        "Komvux är öppet från och med den 1 juli det år du fyller 20, om det inte finns särskilda skäl.",
        "",
    ),
    (
        R.REFUSAL_REASON,
        "inte-bosatt",
        "Inte bosatt i landet",
        "Rätten till utbildningen gäller den som är bosatt i Sverige.",
        "",
    ),
    (R.NO_GRADE_REASON, "franvaro", "Underlag saknas på grund av frånvaro", "", ""),
    (R.NO_GRADE_REASON, "inte-slutfort", "Har inte gjort klart de uppgifter som betyget bygger på", "", ""),
    (
        R.CONDITION,
        "underliggande",
        "Om godkänd på underliggande kurs, annars avslag",
        "Du är mottagen om du blir godkänd på den underliggande kursen före kursstarten. Annars avslås ansökan.",
        "",
    ),
]
FIRST_ENTRIES = [
    EntryFacts(register, code, name, text, meaning, FROM_THE_BEGINNING, None)
    for register, code, name, text, meaning in _ROWS
]
