"""Keeping the municipality's registers: what may be chosen, from when to when."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority, RegisterEntry
from kursvis.organisation.rules import registers as rules
from kursvis.organisation.rules.first_entries import FIRST_ENTRIES
from kursvis.organisation.rules.registers import EntryFacts, Register


@transaction.atomic
def begin(*, authority: Authority, by: Actor, now: datetime) -> None:
    """Give a new authority the entries that it can begin with."""
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            authority=authority,
            register=facts.register.value,
            code=facts.code,
            name=facts.name,
            text=facts.text,
            meaning=facts.meaning,
            starts_on=facts.starts_on,
        )
        for facts in FIRST_ENTRIES
    )
    audit.record(
        verb="registers.begun",
        by=by,
        subject=authority,
        authority_id=authority.pk,
        now=now,
        entries=len(FIRST_ENTRIES),
    )


@transaction.atomic
def add_entry(
    *,
    authority: Authority,
    register: Register,
    code: str,
    name: str,
    starts_on: date,
    text: str = "",
    meaning: str = "",
    ends_on: date | None = None,
    by: Actor,
    now: datetime,
) -> RegisterEntry:
    """Add an entry to a register. Its code and meaning are fixed from then on.

    Raises `Refused` for what is missing, dates in the wrong order, a code that is taken, and a study form that another
    entry stands for on some of the days.
    """
    _lock(authority.pk)
    facts = EntryFacts(register, code.strip(), name.strip(), text.strip(), meaning, starts_on, ends_on)
    others = _others(authority.pk, register)
    refuse_if(rules.against_entry(facts) + rules.against_new_entry(facts, others=others))
    entry = RegisterEntry.objects.create(
        authority=authority,
        register=register.value,
        code=facts.code,
        name=facts.name,
        text=facts.text,
        meaning=meaning,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _record("register_entry.added", entry, by=by, now=now, **_shown(facts))
    return entry


@transaction.atomic
def edit_entry(*, entry: RegisterEntry, name: str, text: str = "", by: Actor, now: datetime) -> None:
    """Change an entry's name and text; what stands on old rows is called by the new name too.

    Raises `Refused` when the name, or a text that the register needs, is missing.
    """
    entry = _locked(entry)
    facts, before = _with(entry, name=name.strip(), text=text.strip()), entry.facts()
    refuse_if(rules.against_entry(facts))
    changed = {
        field: [getattr(before, field), getattr(facts, field)]
        for field in ("name", "text")
        if getattr(before, field) != getattr(facts, field)
    }
    if not changed:
        return
    RegisterEntry.objects.filter(pk=entry.pk).update(name=facts.name, text=facts.text)
    _record("register_entry.edited", entry, by=by, now=now, code=entry.code, **changed)


@transaction.atomic
def end_entry(*, entry: RegisterEntry, ends_on: date, by: Actor, now: datetime) -> None:
    """Let an entry be chosen until a day, that day included; what has it keeps it.

    Raises `Refused` for a day that has been, or before the entry's first, and for a study form that another entry
    stands for by then.
    """
    entry = _locked(entry)
    others = _others(entry.authority_id, Register(entry.register), but=entry)
    refuse_if(rules.against_ending(entry.facts(), ends_on=ends_on, today=swedish_date(now), others=others))
    _set_end(entry, ends_on, by=by, now=now)


@transaction.atomic
def reopen_entry(*, entry: RegisterEntry, by: Actor, now: datetime) -> None:
    """Take an end back: the entry may be chosen until further notice.

    Raises `Refused` when it has no end, and for a study form that another entry stands for since.
    """
    entry = _locked(entry)
    others = _others(entry.authority_id, Register(entry.register), but=entry)
    refuse_if(rules.against_reopening(entry.facts(), others=others))
    _set_end(entry, None, by=by, now=now)


def against_reopening(entry: RegisterEntry) -> list[Reason]:
    """Return why an end may not be taken back, for the button."""
    others = _others(entry.authority_id, Register(entry.register), but=entry)
    return rules.against_reopening(entry.facts(), others=others)


def _set_end(entry: RegisterEntry, ends_on: date | None, *, by: Actor, now: datetime) -> None:
    RegisterEntry.objects.filter(pk=entry.pk).update(ends_on=ends_on)
    verb = "register_entry.ended" if ends_on else "register_entry.reopened"
    _record(verb, entry, by=by, now=now, code=entry.code, ends_on=[entry.ends_on, ends_on])


def _lock(authority_id: int) -> None:
    """Let one at a time change the registers of an authority, so that the rule sees every other entry."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority_id)


def _locked(entry: RegisterEntry) -> RegisterEntry:
    _lock(entry.authority_id)
    return RegisterEntry.objects.get(pk=entry.pk)


def _others(authority_id: int, register: Register, but: RegisterEntry | None = None) -> list[EntryFacts]:
    rows = RegisterEntry.objects.filter(authority_id=authority_id, register=register.value)
    return [row.facts() for row in rows if row != but]


def _with(entry: RegisterEntry, *, name: str, text: str) -> EntryFacts:
    old = entry.facts()
    return EntryFacts(old.register, old.code, name, text, old.meaning, old.starts_on, old.ends_on)


def _shown(facts: EntryFacts) -> dict[str, Any]:
    return {
        "register": facts.register,
        "code": facts.code,
        "name": facts.name,
        "text": facts.text,
        "meaning": facts.meaning,
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on,
    }


def _record(verb: str, entry: RegisterEntry, *, by: Actor, now: datetime, **detail: Any) -> None:
    audit.record(verb=verb, by=by, subject=entry, authority_id=entry.authority_id, now=now, **detail)
