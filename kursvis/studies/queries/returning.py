"""Why an applicant can be given back to the municipality, in its own words, and what is ready to be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, ReturnReason
from kursvis.core.reasons import Reason
from kursvis.core.wording import sentence
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.queries import registers
from kursvis.organisation.rules.registers import Register
from kursvis.studies import rules


@dataclass(frozen=True)
class ReturnReasons:
    """The register's entries that a person may choose for an applicant, by code, and what is filled in beforehand."""

    entries: Mapping[str, RegisterEntry]
    ready_code: str = ""
    ready_text: str = ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the choices of the field."""
        return [(code, entry.name) for code, entry in self.entries.items()]

    @property
    def needing_text(self) -> list[str]:
        """Return what the entries are called that mean nothing by themselves, so that an explanation is needed."""
        return [entry.name for entry in self.entries.values() if entry.meaning == ReturnReason.OTHER]


def return_reasons(choice: Choice, *, against_taking_in: list[Reason], today: date) -> ReturnReasons:
    """Return the entries in force; a condition that is not met only where there is one, a cancelled start by no hand.

    Ready to be said: that the school's agreement has ended (R09), or that the condition was not met at the start (R21).
    """
    if choice.status != ChoiceStatus.DISTRIBUTED:
        return ReturnReasons({})
    is_unmet = choice.facts().condition is ConditionStatus.OPEN
    never = {ReturnReason.START_CANCELLED} | (set() if is_unmet else {ReturnReason.CONDITION_UNMET})
    rows = registers.in_force(choice.authority_id, Register.RETURN_REASON, on=today).exclude(meaning__in=never)
    entries = {row.code: row for row in rows}
    has_begun = rules.has_begun(starts_on=choice.course_start.starts_on, today=today)
    if against_taking_in:
        told = sentence(Reason("studies.agreement_is_over"))
        return ReturnReasons(entries, _code_of(entries, ReturnReason.OTHER), told)
    if is_unmet and has_begun:
        return ReturnReasons(entries, _code_of(entries, ReturnReason.CONDITION_UNMET))
    return ReturnReasons(entries)


def _code_of(entries: Mapping[str, RegisterEntry], meaning: ReturnReason) -> str:
    return next((code for code, entry in entries.items() if entry.meaning == meaning), "")
