"""The cast of the fictional municipality: the same persons in demo and tests.

Everybody is invented and carries an official test number (Skatteverket), so that nobody real is named.
"""

from dataclasses import dataclass

from kursvis.access.rules import Role

PASSWORD = "kursvis demo 2026"  # the demo's own, printed by `make demo`

MALARVIK = "Mälarviks kommun"
GRANHULT = "Granhults kommun"


@dataclass(frozen=True)
class SchoolPlan:
    """A school of the fiction."""

    key: str
    authority: str
    provider: str
    provider_number: str
    own: bool
    name: str
    unit_code: str
    prefix: str
    street: str
    postal_code: str
    locality: str
    temporary: bool = False
    ended: bool = False
    """Its agreement has ended: who was placed is finished and graded, nobody new is taken (R09)."""


SCHOOLS = (
    SchoolPlan(
        "bjork",
        MALARVIK,
        "Mälarviks kommun",
        "219900-0015",
        True,
        "Björkskolan",
        "99999901",
        "bjo",
        "Skolgatan 4",
        "990 10",
        "Mälarvik",
    ),
    SchoolPlan(
        "norr",
        MALARVIK,
        "Lärcentrum Norr AB",
        "559900-0014",
        False,
        "Lärcentrum Norr",
        "99999902",
        "lcn",
        "Stationsvägen 12",
        "990 12",
        "Mälarvik",
    ),
    SchoolPlan(
        "hantverk",
        MALARVIK,
        "Hantverkarna ekonomisk förening",
        "769900-0019",
        False,
        "Hantverksskolan",
        "99999903",
        "hvs",
        "Verkstadsgatan 1",
        "990 14",
        "Mälarvik",
        temporary=True,
    ),
    SchoolPlan(
        "strand",
        MALARVIK,
        "Strand Utbildning AB",
        "559900-0022",
        False,
        "Strandskolan",
        "99999904",
        "str",
        "Strandpromenaden 8",
        "990 20",
        "Näsby",
        ended=True,
    ),
    SchoolPlan(
        "granhult",
        GRANHULT,
        "Granhults kommun",
        "219900-0023",
        True,
        "Granhults lärcentrum",
        "99999911",
        "gra",
        "Torget 2",
        "991 10",
        "Granhult",
    ),
)


@dataclass(frozen=True)
class CastMember:
    """One person of the cast. A role is held at a school (by its key) or at the authority."""

    key: str
    first_name: str
    last_name: str
    personnummer: str
    role: Role | None = None
    authority: str = MALARVIK
    school: str | None = None
    title: str = ""
    is_student: bool = False
    is_protected: bool = False
    note: str = ""


R = Role
CAST = (
    CastMember("system_administrator", "Sofia", "Lindberg", "196501253063", R.SYSTEM_ADMINISTRATOR),
    CastMember(
        "admissions_officer", "Amira", "Haddad", "196605253225", R.ADMISSIONS_OFFICER, title="Antagningshandläggare"
    ),
    CastMember("municipal_counsellor", "Johan", "Ek", "198605219990", R.MUNICIPAL_COUNSELLOR),
    CastMember("grade_registrar", "Birgitta", "Nyström", "196207142842", R.GRADE_REGISTRAR),
    CastMember("municipal_principal", "Lars", "Wikström", "196012172737", R.MUNICIPAL_PRINCIPAL, title="Rektor"),
    CastMember("economist", "Petra", "Holm", "198512089882", R.ECONOMIST),
    CastMember("records_officer", "Sven", "Åberg", "196404153832", R.RECORDS_OFFICER),
    CastMember("front_desk", "Nadja", "Petrović", "197503259280", R.FRONT_DESK),
    CastMember("school_administrator", "Amina", "Lindqvist", "198010279266", R.SCHOOL_ADMINISTRATOR, school="bjork"),
    CastMember("teacher", "Karin", "Öst", "196302062846", R.TEACHER, school="bjork", title="Legitimerad lärare"),
    CastMember(
        "teacher_and_student",
        "Mattias",
        "Berg",
        "198103269299",
        R.TEACHER,
        school="bjork",
        title="Legitimerad lärare",
        is_student=True,
        note="både lärare och studerande",
    ),
    CastMember(
        "school_principal", "Erik", "Sandström", "198107039276", R.SCHOOL_PRINCIPAL, school="bjork", title="Rektor"
    ),
    CastMember("school_counsellor", "Leila", "Rahimi", "196203233066", R.SCHOOL_COUNSELLOR, school="bjork"),
    CastMember("norr_administrator", "Oskar", "Dahl", "196708133076", R.SCHOOL_ADMINISTRATOR, school="norr"),
    CastMember(
        "norr_teacher", "Elin", "Forsberg", "196108283166", R.TEACHER, school="norr", title="Legitimerad lärare"
    ),
    CastMember("hantverk_administrator", "Gunilla", "Ström", "196005272809", R.SCHOOL_ADMINISTRATOR, school="hantverk"),
    CastMember("hantverk_teacher", "Peter", "Lund", "198609259992", R.TEACHER, school="hantverk", title="Yrkeslärare"),
    CastMember(
        "strand_administrator",
        "Emelie",
        "Viklund",
        "199308192385",
        R.SCHOOL_ADMINISTRATOR,
        school="strand",
        note="skolans avtal har tagit slut",
    ),
    CastMember(
        "strand_teacher", "Tobias", "Granath", "199408032390", R.TEACHER, school="strand", title="Legitimerad lärare"
    ),
    CastMember(
        "granhult_officer",
        "Maria",
        "Engström",
        "197901049283",
        R.ADMISSIONS_OFFICER,
        GRANHULT,
        title="Antagningshandläggare",
    ),
    CastMember("granhult_registrar", "Göran", "Fors", "196504203792", R.GRADE_REGISTRAR, GRANHULT),
    CastMember(
        "granhult_administrator", "Hanna", "Yusuf", "198204259264", R.SCHOOL_ADMINISTRATOR, GRANHULT, "granhult"
    ),
    CastMember(
        "granhult_teacher",
        "Anna",
        "Sjöberg",
        "196604072782",
        R.TEACHER,
        GRANHULT,
        "granhult",
        title="Legitimerad lärare",
    ),
    CastMember("student", "Hodan", "Abdi", "199712022384", is_student=True),
    CastMember("conditional_student", "Linh", "Nguyen", "200203122387", is_student=True, note="beviljad med villkor"),
    CastMember("graded_student", "Åke", "Ekström", "199801182396", is_student=True, note="har betyg"),
    CastMember(
        "protected_student",
        "Maja",
        "Holmgren",
        "199703032384",
        is_student=True,
        is_protected=True,
        note="skyddade personuppgifter",
    ),
    CastMember("stranger", "Nils", "Norén", "199806232394", note="har aldrig sökt"),
)

IN_DIRECTORY = {
    "system_administrator": "sofia.lindberg",
    "school_administrator": "amina.lindqvist",
    "teacher": "karin.ost",
}
"""Who is in the first municipality's directory, and what they are called there."""


def member(key: str) -> CastMember:
    """Return a member of the cast. Raises KeyError for an unknown key."""
    return {person.key: person for person in CAST}[key]


def school_plan(key: str) -> SchoolPlan:
    """Return a school of the fiction. Raises KeyError for an unknown key."""
    return {school.key: school for school in SCHOOLS}[key]
