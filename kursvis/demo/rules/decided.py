"""What the fictional municipalities have decided: who may decide, their registers, prices and settings."""

from decimal import Decimal

from kursvis.access.rules import Role
from kursvis.accounts.rules.delegations import DelegatedDecision
from kursvis.organisation.rules.registers import Register
from kursvis.organisation.rules.settings import Setting

DELEGATED = (
    (DelegatedDecision.RECEPTION, Role.ADMISSIONS_OFFICER, "punkt 4.1"),
    (DelegatedDecision.ADMISSION, Role.ADMISSIONS_OFFICER, "punkt 4.2"),
    (DelegatedDecision.ADMISSION, Role.SCHOOL_ADMINISTRATOR, "punkt 4.3"),
)
"""What the board has left to a role. Admission is decided with reception, or by the school when it places."""

INDUSTRIES = (
    ("ALLM", "Allmänna ämnen", Decimal("38.50")),
    ("GRUND", "Grundläggande nivå", Decimal("44.00")),
    ("VARD", "Vård och omsorg", Decimal("58.00")),
    ("REST", "Restaurang och livsmedel", Decimal("96.50")),
    ("BYGG", "Bygg och anläggning", Decimal("104.00")),
    ("IT", "Programmering och it", Decimal("46.00")),
)
"""Code, name, and kronor a point."""

ENTRIES = (
    (Register.ECONOMY_MARK, "ORD", "Kommunens egna medel", "", "1"),
    (Register.ECONOMY_MARK, "STAT", "Statsbidrag för yrkesutbildning", "", "2"),
    (
        Register.CONDITION,
        "betyg-inskickat",
        "Om betyget kommer in före kursstart, annars avslag",
        "Du är mottagen om du skickar in ditt betyg före kursstarten. Annars avslås ansökan.",
        "",
    ),
    (Register.REFUSAL_REASON, "andrahand", "Platserna räcker inte", "Fler har sökt än det finns platser.", ""),
)
ENDED = (Register.INDUSTRY, "HANDEL", "Handel och administration", "", "")
"""An entry that is no longer chosen; what has it keeps it."""

FIRST_VALUES = ((Setting.GRADES_AHEAD_DAYS, 21), (Setting.IDLE_MINUTES, 45))
COMING_VALUES = ((Setting.INACTIVE_DAYS, 120), (Setting.CATALOGUE_DAYS, 10))
"""What the first municipality has decided since a year back, and what it has decided to begin with next year."""

CONTRACTED = ("559900-0014", {"IT": Decimal("49.00"), "ALLM": Decimal("36.00")})
"""A provider with prices of her own: her organisation number, and kronor a point by industry."""
RISE = Decimal("1.03")
"""How much dearer next year's list is."""
