"""What the fictional schools offer besides, for the search of the open catalogue: subjects, forms, paces and times."""

from kursvis.catalogue.rules.offer import StudyForm
from kursvis.demo.rules.offer import OfferPlan

_D, _C, _K, _L = StudyForm.DISTANCE, StudyForm.CLASSROOM, StudyForm.COMBINED, StudyForm.APPRENTICESHIP


def _plan(school: str, code: str, weeks: int, form: StudyForm, times: str, text: str, place: str = "") -> OfferPlan:
    note = "" if times else "På distans, inga fasta tider"
    return OfferPlan(school, code, weeks, form, times, text, "", seats=24, note=note, place=place)


MORE = (
    _plan("bjork", "SAMH1B00X", 10, _C, "tisdag 9–12", "Demokrati, ekonomi och hur samhället styrs."),
    _plan("bjork", "SAMH2000X", 20, _D, "", "Fördjupning i politik och internationella frågor, i egen takt."),
    _plan("bjork", "NATU1B00X", 5, _C, "måndag–torsdag 13–16", "Miljö, hälsa och energi, på heltid."),
    _plan(
        "bjork", "SVEA1000X", 10, _C, "måndag och onsdag 9–12", "Läsa, skriva och tala svenska i studier och arbete."
    ),
    _plan("bjork", "MATE1A00X", 20, _D, "", "Samma kurs i lugnare takt, med räknestuga på nätet."),
    _plan("bjork", "SVEN1000X", 10, _C, "lördag 10–14", "För dig som arbetar i veckorna.", "Biblioteket, Näsby"),
    _plan("bjork", "ENGE2000X", 10, _C, "tisdag och torsdag 17.30–20", "Engelska för högre studier."),
    _plan("norr", "ENGE2000X", 20, _D, "", "Engelska i egen takt, med samtal i små grupper."),
    _plan("norr", "PSYL1000X", 5, _D, "onsdag 18–19", "Hur människor tänker, känner och handlar."),
    _plan(
        "norr",
        "OMVR1000X",
        10,
        _K,
        "torsdag 9–15",
        "Första steget mot undersköterska, med praktik.",
        "Vårdhuset, Näsby",
    ),
    _plan("norr", "VARD1000X", 7, _L, "måndag–fredag 8–15", "Lär yrket på en arbetsplats.", "Vårdhuset, Näsby"),
    _plan("norr", "WEBB1000X", 10, _D, "", "Bygg webbplatser med HTML, CSS och JavaScript."),
    _plan("norr", "FOET1000X", 10, _D, "måndag 18–19", "Affärsidé, budget och bokföring."),
    _plan("norr", "GRNSVEB", 10, _C, "måndag och onsdag 13–16", "Svenska på grundläggande nivå, delkurs 2."),
    _plan("granhult", "ENGE1000X", 10, _D, "", "Engelska på distans."),
    _plan("granhult", "SAMH1B00X", 10, _C, "onsdag 18–21", "Samhällskunskap på kvällstid."),
    _plan("granhult", "OMVR1000X", 5, _C, "måndag–fredag 8–14", "Omvårdnad på heltid.", "Äldreboendet, Granhult"),
)
