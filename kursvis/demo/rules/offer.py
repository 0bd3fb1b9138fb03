"""What the fictional schools offer: real course codes, invented places and times."""

from dataclasses import dataclass

from kursvis.catalogue.rules.offer import StudyForm


@dataclass(frozen=True)
class OfferPlan:
    """A course that a school offers at each round."""

    school: str
    code: str
    weeks: int
    study_form: StudyForm
    times: str
    text: str
    teacher: str
    seats: int = 30
    note: str = ""
    """What the times in the week can not say."""
    place: str = ""
    """Where, when it is not at the school."""


_D, _C, _K = StudyForm.DISTANCE, StudyForm.CLASSROOM, StudyForm.COMBINED
OFFER = (
    OfferPlan(
        "bjork",
        "MATE1A00X",
        10,
        _C,
        "Måndag och onsdag 17.30–20.30",
        "Vi arbetar med taluppfattning, algebra, funktioner och statistik. Miniräknare lånas ut.",
        "teacher",
    ),
    OfferPlan(
        "bjork",
        "MATE2A00X",
        10,
        _C,
        "Tisdag och torsdag 17.30–20.30",
        "Fortsättning på nivå 1. Räkna med tio timmars egna studier i veckan.",
        "teacher",
    ),
    OfferPlan(
        "bjork",
        "SVEN1000X",
        10,
        _D,
        "tisdag 18–19",
        "Läsning, skrivande och muntlig framställning. Två examinerande träffar på skolan.",
        "teacher_and_student",
        note="På distans, med handledning på kvällen",
    ),
    OfferPlan(
        "bjork",
        "SVEN2000X",
        10,
        _D,
        "torsdag 18–19",
        "Litteraturens epoker, argumentation och språkets variation.",
        "teacher_and_student",
        note="På distans, med handledning på kvällen",
    ),
    OfferPlan(
        "bjork",
        "ENGE1000X",
        10,
        _K,
        "Måndag 9–12",
        "Tala, läsa, lyssna och skriva på engelska i vardag och arbetsliv.",
        "teacher",
        note="Resten på distans",
    ),
    OfferPlan(
        "bjork",
        "GRNMATC",
        10,
        _C,
        "Måndag–torsdag 9–11.30",
        "Matematik på grundläggande nivå, delkurs 3, med lärare på plats.",
        "teacher",
    ),
    OfferPlan(
        "norr",
        "PROG1000X",
        10,
        _D,
        "",
        "Programmering från grunden i Python.",
        "norr_teacher",
        note="På distans, workshop en lördag i månaden",
    ),
    OfferPlan(
        "norr",
        "HIST1B00X",
        10,
        _D,
        "",
        "Historiska epoker och hur historia används i dag.",
        "norr_teacher",
        note="På distans, inga fasta tider",
    ),
    OfferPlan(
        "norr",
        "GRNENGC",
        10,
        _C,
        "Tisdag och torsdag 9–12",
        "Engelska på grundläggande nivå, delkurs 3.",
        "norr_teacher",
    ),
    OfferPlan(
        "hantverk",
        "SERV1000X",
        5,
        _C,
        "Måndag–fredag 8–15",
        "Servering i vår egen matsal. Arbetskläder lånas ut.",
        "hantverk_teacher",
        12,
    ),
    OfferPlan(
        "strand",
        "ENGE1000X",
        10,
        _C,
        "Tisdag och torsdag 13–16",
        "Engelska i små grupper, med mycket samtal.",
        "strand_teacher",
        16,
    ),
    OfferPlan(
        "granhult",
        "MATE1A00X",
        10,
        _C,
        "Måndag och onsdag 18–21",
        "Matematik nivå 1a på kvällstid.",
        "granhult_teacher",
        20,
    ),
)
PREREQUISITE_OF = {"MATE2A00X": "MATE1A00X", "SVEN2000X": "SVEN1000X"}
"""Courses where the walks use a condition on the underlying course."""
INDUSTRIES = {"PROG1000X": "IT", "SERV1000X": "REST"}
"""The industry of each course that is not of general subjects."""


def industry_of(code: str) -> str:
    """Return the industry of a course, by its code in the municipality's register."""
    return "GRUND" if code.startswith("GRN") else INDUSTRIES.get(code, "ALLM")


def economy_mark_of(code: str) -> str:
    """Return the economy mark of a course: vocational education has a government grant."""
    return "STAT" if industry_of(code) == "REST" else "ORD"
