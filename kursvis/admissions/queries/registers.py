"""The municipality's own words in a case: what may be chosen from its registers."""

from datetime import date

from kursvis.access.actors import Actor
from kursvis.admissions.models import Choice
from kursvis.core.reasons import Reason
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.queries import registers
from kursvis.organisation.rules.registers import Register, against_using


def against_entry_of(
    choice: Choice, entry: RegisterEntry | None, register: Register, *, meaning: str = "", day: date
) -> list[Reason]:
    """Return why an entry may not be chosen in the case: another authority's or register's, meaning or time.

    No entry is nothing to be against.
    """
    if entry is None:
        return []
    if entry.authority_id != choice.authority_id or entry.meaning != meaning:
        return [Reason("organisation.entry_of_another_register")]
    return against_using(entry.facts(), register=register, day=day)


def first_that_means(choice: Choice, register: Register, *, meaning: str = "", day: date) -> RegisterEntry | None:
    """Return the first entry in force, by name, with a meaning at the authority of the case."""
    return registers.in_force(choice.authority_id, register, on=day).filter(meaning=meaning).first()


def return_reasons_for(actor: Actor, *, today: date) -> list[str]:
    """Return what the authorities of the actor call the reasons of a return: ended ones too for who shows inactive."""
    names: set[str] = set()
    for authority_id in sorted({held.authority_id for held in actor.held}):
        rows = registers.for_picker(authority_id, Register.RETURN_REASON, on=today, shows_inactive=actor.shows_inactive)
        names.update(rows.values_list("name", flat=True))
    return sorted(names)
