"""What the fictional municipalities have decided: who may decide what for the board."""

from datetime import date, timedelta

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services as accounts
from kursvis.accounts.models import User
from kursvis.accounts.rules.delegations import DelegatedDecision
from kursvis.core import time
from kursvis.organisation.models import Authority

YEARS_BACK = timedelta(days=3 * 365)
DELEGATED = (
    (DelegatedDecision.RECEPTION, Role.ADMISSIONS_OFFICER, "punkt 4.1"),
    (DelegatedDecision.ADMISSION, Role.ADMISSIONS_OFFICER, "punkt 4.2"),
    (DelegatedDecision.ADMISSION, Role.SCHOOL_ADMINISTRATOR, "punkt 4.3"),
)
"""What the board has left to a role. Admission is decided with reception, or by the school when it places."""


def delegate_decisions(users: dict[str, User], *, today: date) -> None:
    """Fill both delegation registers: by role, and in the first municipality also to one person, by name."""
    first_day = today - YEARS_BACK
    now = time.at_noon(first_day)
    for authority in Authority.objects.order_by("pk"):
        order = f"Delegationsordning {first_day.year}"
        for decision, role, point in DELEGATED:
            accounts.delegate(
                authority=authority,
                decision=decision,
                role=role,
                reference=f"{order}, {point}",
                starts_on=first_day,
                by=SYSTEM,
                now=now,
            )
    principal = users["municipal_principal"]
    accounts.delegate(
        authority=Authority.objects.order_by("pk")[0],
        decision=DelegatedDecision.COST_COMMITMENT,
        user=principal,
        reference=f"Nämndens beslut {today.year - 1}-11-12 § 84",
        starts_on=date(today.year, 1, 1),
        ends_on=date(today.year + 1, 12, 31),
        by=SYSTEM,
        now=time.at_noon(date(today.year, 1, 1)),
    )
