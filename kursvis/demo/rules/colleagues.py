"""The colleagues around the cast, so that every state of an account and of a role has somebody in it.

Everybody is invented, as the cast is. Who is asked for, refused, invited or locked is walked there by the services.
"""

from dataclasses import dataclass
from enum import StrEnum

from kursvis.access.rules import Role
from kursvis.demo.rules.cast import GRANHULT, MALARVIK


class Situation(StrEnum):
    """Where a colleague stands."""

    WORKS = "works"
    WAITS = "waits"
    INVITED = "invited"
    REFUSED = "refused"
    LEFT = "left"
    LOCKED_OUT = "locked_out"
    AWAY = "away"
    NO_WAY_IN = "no_way_in"


@dataclass(frozen=True)
class Colleague:
    """One colleague, with her role at schools (by key), or at the authority. Days count from today."""

    key: str
    first_name: str
    last_name: str
    personnummer: str | None
    role: Role
    schools: tuple[str, ...] = ()
    authority: str = MALARVIK
    situation: Situation = Situation.WORKS
    title: str = ""
    from_day: int = -400
    to_day: int | None = None
    note: str = ""

    @property
    def has_password(self) -> bool:
        """Say whether she can log in with the password of the demo."""
        return self.situation not in (Situation.WAITS, Situation.INVITED, Situation.REFUSED, Situation.NO_WAY_IN)


R, S = Role, Situation
TEACHER_TITLE = "Legitimerad lärare"
COLLEAGUES = (
    Colleague("bjork_colleague", "Pia", "Söderlund", "199408222389", R.SCHOOL_ADMINISTRATOR, ("bjork",)),
    Colleague("norr_principal", "Eva", "Lundmark", "199612032384", R.SCHOOL_PRINCIPAL, ("norr",), title="Rektor"),
    Colleague(
        "hantverk_principal", "Stefan", "Åkerlund", "199012072394", R.SCHOOL_PRINCIPAL, ("hantverk",), title="Rektor"
    ),
    Colleague(
        "strand_principal", "Malin", "Torstensson", "199608052388", R.SCHOOL_PRINCIPAL, ("strand",), title="Rektor"
    ),
    Colleague(
        "granhult_principal",
        "Jonas",
        "Bergkvist",
        "199501162391",
        R.SCHOOL_PRINCIPAL,
        ("granhult",),
        GRANHULT,
        title="Rektor",
    ),
    Colleague(
        "granhult_system_administrator",
        "Camilla",
        "Nordin",
        "199112132387",
        R.SYSTEM_ADMINISTRATOR,
        authority=GRANHULT,
    ),
    Colleague(
        "two_schools",
        "Helena",
        "Bratt",
        "199106142384",
        R.TEACHER,
        ("bjork", "norr"),
        title=TEACHER_TITLE,
        note="lärare på två skolor",
    ),
    Colleague(
        "ends_soon",
        "Daniel",
        "Roos",
        "199208042391",
        R.TEACHER,
        ("bjork",),
        title=TEACHER_TITLE,
        to_day=18,
        note="rollen tar snart slut",
    ),
    Colleague(
        "coming",
        "Frida",
        "Nyberg",
        "199207312381",
        R.TEACHER,
        ("norr",),
        title=TEACHER_TITLE,
        from_day=14,
        note="börjar om två veckor",
    ),
    Colleague("left", "Ove", "Larsson", "199109112392", R.TEACHER, ("norr",), situation=S.LEFT, note="har slutat"),
    Colleague(
        "invited",
        "Tove",
        "Hedlund",
        "199603102386",
        R.TEACHER,
        ("bjork",),
        situation=S.INVITED,
        title=TEACHER_TITLE,
        from_day=-2,
        note="inbjuden, har inte loggat in",
    ),
    Colleague(
        "waits_at_bjork",
        "Samir",
        "Khoury",
        "199103162393",
        R.TEACHER,
        ("bjork",),
        situation=S.WAITS,
        title=TEACHER_TITLE,
        from_day=0,
        note="väntar på aktivering",
    ),
    Colleague(
        "waits_at_norr",
        "Ingrid",
        "Vallin",
        "199201142388",
        R.SCHOOL_COUNSELLOR,
        ("norr",),
        situation=S.WAITS,
        from_day=7,
        to_day=372,
        note="väntar på aktivering",
    ),
    Colleague(
        "waits_at_granhult",
        "Petter",
        "Moberg",
        "199210192390",
        R.TEACHER,
        ("granhult",),
        GRANHULT,
        situation=S.WAITS,
        title=TEACHER_TITLE,
        from_day=0,
        note="väntar på aktivering",
    ),
    Colleague(
        "refused",
        "Björn",
        "Hallgren",
        "199211052395",
        R.SCHOOL_ADMINISTRATOR,
        ("hantverk",),
        situation=S.REFUSED,
        from_day=0,
        note="rollen avslogs",
    ),
    Colleague(
        "locked_out",
        "Yasmin",
        "Farah",
        "199404162381",
        R.SCHOOL_COUNSELLOR,
        ("bjork",),
        situation=S.LOCKED_OUT,
        note="lösenordet är låst efter felaktiga försök",
    ),
    Colleague(
        "away",
        "Rolf",
        "Englund",
        "199312242390",
        R.TEACHER,
        ("bjork",),
        situation=S.AWAY,
        title=TEACHER_TITLE,
        note="låst, har inte loggat in på länge",
    ),
    Colleague(
        "no_way_in",
        "Monika",
        "Salo",
        None,
        R.TEACHER,
        ("norr",),
        situation=S.NO_WAY_IN,
        title=TEACHER_TITLE,
        note="kan inte logga in",
    ),
)
SECOND_SCHOOL = ("norr_teacher", "hantverk")
"""A member of the cast who is asked for by a second school too: it adds her by her personnummer and sees no more."""
REFUSAL = "Skolan har redan en administratör enligt avtalet. Begär rollen lärare i stället."
