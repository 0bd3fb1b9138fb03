"""On whose word a case is decided, and whether its school may take anybody new."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from kursvis.access.actors import Actor
from kursvis.accounts.queries.delegations import delegation_of
from kursvis.accounts.rules.delegations import DelegatedDecision
from kursvis.admissions.models import Choice, Decision
from kursvis.admissions.rules import DecisionKind, Ground, mandate, waits_for_distribution
from kursvis.core.reasons import Reason
from kursvis.organisation import queries as organisation
from kursvis.organisation.models import School
from kursvis.organisation.rules import AgreementFacts, takes_nobody_more


@dataclass(frozen=True)
class Mandate:
    """What places at one school rest on: its agreements, and the delegation of who places. Asked once for many."""

    school_id: int
    agreements: list[AgreementFacts]
    delegation: str | None


def mandate_to_place(school: School, actor: Actor, *, today: date) -> Mandate:
    """Return what the actor's placing of applicants at a school rests on today, for two queries."""
    delegation = delegation_of(
        actor, DelegatedDecision.ADMISSION, authority_id=school.authority_id, school_id=school.pk, today=today
    )
    return Mandate(school.pk, organisation.agreements_of(school), delegation)


def delegation_to_receive(choice: Choice, actor: Actor, *, today: date) -> str | None:
    """Return where the board has said that the actor may decide reception in the case, or None."""
    return delegation_of(
        actor,
        DelegatedDecision.RECEPTION,
        authority_id=choice.authority_id,
        school_id=choice.course_start.school_id,
        today=today,
    )


def _latest_reception(of: Any) -> "QuerySet[Decision]":
    return Decision.objects.filter(choice=of, kind=DecisionKind.RECEPTION.value).order_by("-pk")


def with_grounds(choices: QuerySet[Choice]) -> QuerySet[Choice]:
    """Join the grounds of the latest decision of reception, which `grounds_of_reception` then needs no query for."""
    return choices.annotate(reception_grounds=Subquery(_latest_reception(OuterRef("pk")).values("grounds")[:1]))


def grounds_of_reception(choice: Choice) -> frozenset[Ground]:
    """Return the grounds of the latest decision of reception."""
    if hasattr(choice, "reception_grounds"):
        grounds = choice.reception_grounds
    else:
        grounds = _latest_reception(choice).values_list("grounds", flat=True).first()
    return frozenset(Ground(value) for value in grounds or ())


def against_taking_in(choice: Choice, *, today: date) -> list[Reason]:
    """Return what stands against the school of the case taking in the applicant today (R09)."""
    return mandate.against_taking_in(
        choice.facts(), organisation.agreements_of(choice.course_start.school), today=today
    )


def is_stranded(choice: Choice, *, today: date) -> bool:
    """Say whether the choice is granted but its school takes nobody any more; a query only for one that waits."""
    if not waits_for_distribution(choice.facts()):
        return False
    return takes_nobody_more(organisation.agreements_of(choice.course_start.school), today=today)


def against_placing_at(choice: Choice, held: Mandate, *, today: date) -> list[Reason]:
    """Return what stands outside the case against placing: the school's agreement, the delegation to decide admission.

    For one query, and none where the school may take nobody.
    """
    ended = mandate.against_taking_in(choice.facts(), held.agreements, today=today)
    return ended or mandate.against_admitting(grounds_of_reception(choice), delegation=held.delegation)
