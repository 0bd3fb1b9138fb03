"""The small registers that a municipality keeps for itself: dated entries with a code and a name (help page, R28, R61).

A register whose entries the system acts on (a study form, why an applicant is returned) gives each entry a meaning of
a fixed set; the municipality decides which it uses, what they are called and what people are told.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.core.spans import covers, overlap


class Register(StrEnum):
    """A register of the municipality."""

    INDUSTRY = "industry"
    ECONOMY_MARK = "economy_mark"
    STUDY_FORM = "study_form"
    RETURN_REASON = "return_reason"
    REFUSAL_REASON = "refusal_reason"
    NO_GRADE_REASON = "no_grade_reason"
    CONDITION = "condition"


MEANINGS: dict[Register, tuple[str, ...]] = {
    Register.ECONOMY_MARK: ("1", "2"),
    Register.STUDY_FORM: ("classroom", "distance", "combined", "apprenticeship", "trainee"),
    Register.RETURN_REASON: ("condition_unmet", "no_seat", "start_cancelled", "declined", "other"),
}
"""What an entry can stand for; a test holds the study forms and return reasons to those of the later processes."""

CHOSEN_BY_MEANING = frozenset({Register.STUDY_FORM})
"""Registers in which a meaning has at most one entry in force: what is stored elsewhere is the meaning itself."""

PRICED = (Register.INDUSTRY, Register.ECONOMY_MARK)
"""Registers that who sets prices reads too."""

TOLD = frozenset({Register.RETURN_REASON, Register.REFUSAL_REASON, Register.CONDITION})
"""Registers whose entries carry a text that the student reads."""


@dataclass(frozen=True)
class EntryFacts:
    """What the rules need to know about an entry."""

    register: Register
    code: str
    name: str
    text: str
    meaning: str
    starts_on: date
    ends_on: date | None


def in_force(facts: EntryFacts, *, day: date) -> bool:
    """Say whether the entry may be chosen on a day."""
    return covers(facts, day)


def against_entry(facts: EntryFacts) -> list[Reason]:
    """Return everything that is wrong with an entry as it was typed."""
    reasons = []
    if not facts.code.strip() or not facts.name.strip():
        reasons.append(Reason("organisation.entry_needs_code_and_name"))
    meanings = MEANINGS.get(facts.register, ())
    if (facts.meaning not in meanings) if meanings else bool(facts.meaning):
        reasons.append(Reason("organisation.entry_needs_a_meaning"))
    if facts.register in TOLD and not facts.text.strip():
        reasons.append(Reason("organisation.entry_needs_a_text"))
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        reasons.append(Reason("organisation.ends_before_start"))
    return reasons


def against_new_entry(facts: EntryFacts, *, others: Collection[EntryFacts]) -> list[Reason]:
    """Return why an entry does not fit beside the others of its register: its code, or what it stands for, is taken."""
    if any(other.code.casefold() == facts.code.casefold() for other in others):
        return [Reason("organisation.entry_code_taken", {"code": facts.code})]
    return _against_same_meaning(facts, others)


def against_ending(
    facts: EntryFacts, *, ends_on: date, today: date, others: Collection[EntryFacts] = ()
) -> list[Reason]:
    """Return why an entry may not be chosen until a day: what has been is not changed, nor what has taken over."""
    if ends_on < facts.starts_on:
        return [Reason("organisation.ends_before_start")]
    if ends_on < today:
        return [Reason("organisation.end_has_been", {"day": today})]
    return _against_same_meaning(replace(facts, ends_on=ends_on), others)


def against_reopening(facts: EntryFacts, *, others: Collection[EntryFacts]) -> list[Reason]:
    """Return why an end may not be taken back: there is none, or another entry has taken over what it stands for."""
    if facts.ends_on is None:
        return [Reason("organisation.entry_has_no_end")]
    return _against_same_meaning(replace(facts, ends_on=None), others)


def _against_same_meaning(facts: EntryFacts, others: Collection[EntryFacts]) -> list[Reason]:
    if facts.register not in CHOSEN_BY_MEANING:
        return []
    same = [other for other in others if other.meaning == facts.meaning and overlap(facts, other)]
    return [Reason("organisation.meaning_is_taken", {"name": same[0].name})] if same else []


def against_using(facts: EntryFacts, *, register: Register, day: date) -> list[Reason]:
    """Return why an entry may not be chosen on a day: it is another register's, or not in force (R09)."""
    if facts.register is not register:
        return [Reason("organisation.entry_of_another_register")]
    return [] if in_force(facts, day=day) else [Reason("organisation.entry_not_in_force", {"name": facts.name})]
