"""What must stand outside the case: a delegation for who decides, an agreement for the school that takes in."""

from collections.abc import Collection
from datetime import date

from kursvis.accounts.rules.delegations import DelegatedDecision, against_deciding
from kursvis.admissions.rules import ChoiceFacts, ChoiceStatus, Ground, reception_is_admission
from kursvis.core.reasons import Reason
from kursvis.organisation.rules import AgreementFacts, against_new_placements


def against_receiving(delegation: str | None) -> list[Reason]:
    """Return why she may not decide reception: the board has not left it to her (rules.md 1.38)."""
    return against_deciding(delegation, DelegatedDecision.RECEPTION)


def against_admitting(grounds: Collection[Ground], *, delegation: str | None) -> list[Reason]:
    """Return why she may not decide admission by placing; nothing is decided where reception was admission by law."""
    if reception_is_admission(frozenset(grounds)):
        return []
    return against_deciding(delegation, DelegatedDecision.ADMISSION)


def against_taking_in(facts: ChoiceFacts, agreements: list[AgreementFacts], *, today: date) -> list[Reason]:
    """Return why the school may not be given, call or place the applicant: its agreement has ended (R09).

    Who is placed already is called, finished and graded all the same.
    """
    return [] if facts.status is ChoiceStatus.PLACED else against_new_placements(agreements, today=today)
