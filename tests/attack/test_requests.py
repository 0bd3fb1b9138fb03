"""Attacks that are sent: to every address, with every form that anybody is shown, in one world.

Each request is rolled back. How many were sent is printed by `pytest -s` and held from below at the end.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import transaction

from conftest import connected_to
from kursvis.access.rules import Role
from tests.access.matrix import MATRIX
from tests.attack import payloads
from tests.attack.field import UUID_IN, Answer, Field, Found, Write, watched_tables
from tests.attack.units import Rows, Units

SENT: Counter[str] = Counter()
OF_OTHER_SITES = "Cross-Origin-Resource-Policy"
HEADS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    OF_OTHER_SITES: "same-origin",
}
OWN_POLICY = ("Referrer-Policy", "accounts:use_link")
"""The address of a one-time link is a secret itself: its page tells still less (login/link/views.py)."""
FOR_ALL = "open_data:"
"""Answers that are the same for everybody, made to be read by programs of other sites, and kept on the way."""
Sent = dict[str, list[str]]


class Attack:
    """The field, and what is known of its rows."""

    def __init__(self) -> None:
        self.field = Field()
        self.units = Units()
        self.rows = Rows(self.units)
        self.field.visit()
        self.plain = {id(found): self.send(found, found.form.filled(), "plain") for found in self.forms}

    @property
    def forms(self) -> list[Found]:
        return self.field.forms

    def send(self, found: Found, sent: Sent, kind: str, *, action: str = "") -> Answer:
        SENT[kind] += 1
        return found.asker.ask("post", action or found.form.action, sent)


@pytest.fixture(scope="module")
def attack(walked: str, django_db_blocker: Any) -> Iterator[Attack]:
    """Let the tests of this file share one world and what was shown in it."""
    logging.disable(logging.CRITICAL)
    with connected_to(walked), django_db_blocker.unblock(), watched_tables(), transaction.atomic():
        yield Attack()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
    print("\nattacks sent:", sum(SENT.values()), dict(SENT))


def _told(found: Found, what: object) -> str:
    return f"{found.name} as {found.asker.key}: {what}"


def test_to_look_changes_nothing(attack: Attack) -> None:
    SENT["look"] += len(attack.field.seen)
    wrong = [(seen.asker.key, seen.address) for seen in attack.field.seen if seen.answer.business or seen.answer.failed]
    assert wrong == []
    assert len(attack.field.seen) > 400


def test_every_answer_forbids_what_no_page_needs(attack: Attack) -> None:
    """Policy, no embedding, no guessing of types, no address to others; nothing personal is kept."""
    wrong = []
    for seen in attack.field.seen:
        heads = seen.answer.response.headers
        for name, part in HEADS.items():
            own = (name, seen.name) == OWN_POLICY or (seen.name.startswith(FOR_ALL) and name == OF_OTHER_SITES)
            if part not in heads.get(name, "") and not own:
                wrong.append(f"{seen.name} as {seen.asker.key}: {name}")
        if "unsafe" in heads.get("Content-Security-Policy", "") or seen.page.runs:
            wrong.append(f"{seen.name}: {seen.page.runs or 'unsafe'}")
        for_all = seen.name.startswith(FOR_ALL) and not seen.answer.response.cookies
        if seen.asker.person and not for_all and "no-store" not in heads.get("Cache-Control", ""):
            wrong.append(f"{seen.name}: {heads.get('Cache-Control')}")
    assert wrong == [], "\n".join(sorted(set(wrong)))


def test_every_form_that_is_shown_can_be_sent_and_stays_within_the_unit(attack: Attack) -> None:
    accepted, wrong = set(), []
    for found in attack.forms:
        answer = attack.plain[id(found)]
        wrong += [_told(found, answer.failed)] if answer.failed else []
        wrong += [_told(found, what) for what in attack.units.beyond(found.asker, answer.business)]
        if answer.business:
            accepted.add(found.name)
    assert wrong == [], "\n".join(wrong)
    assert len(accepted) >= 40


def test_forged_ids_are_never_accepted(attack: Attack) -> None:
    wrong = []
    for found in attack.forms:
        for what, sent in _forgeries(attack, found):
            answer = attack.send(found, sent, "forged")
            wrong += [_told(found, (what, answer.failed))] if answer.failed else []
            wrong += [_told(found, (what, one)) for one in attack.units.beyond(found.asker, answer.business)]
    assert wrong == [], "\n".join(wrong)
    assert SENT["forged"] > 80


def _forgeries(attack: Attack, found: Found) -> Iterator[tuple[str, Sent]]:
    filled = found.form.filled()
    for name, values in filled.items():
        field = next(one for one in found.form.fields if one.name == name)
        inside = UUID_IN.search(name)
        if inside:
            for uuid, _pk in attack.rows.foreign(found.asker, inside.group(), most=1):
                others = {key: value for key, value in filled.items() if key != name}
                yield name, {**others, name.replace(inside.group(), uuid): values}
        sample = next((value for value in [*field.offered(), *values] if value in attack.rows.kind_of), None)
        if sample:
            foreign = attack.rows.foreign(found.asker, sample)
            for forged in [*(uuid for uuid, _ in foreign), *(str(pk) for _, pk in foreign[:1]), str(uuid4())]:
                yield f"{name}={forged}", {**filled, name: [forged]}
            if field.kind == "checkbox" and foreign:
                yield f"{name}+", {**filled, name: [*values, *(uuid for uuid, _ in foreign)]}


def test_choices_that_are_not_offered_are_never_accepted(attack: Attack) -> None:
    codes = [role.value for role in Role] + ["approved", "locked", "none", "att_unknown"]
    wrong = []
    for found in attack.forms:
        for field in {one.name: one for one in found.form.fields}.values():
            offered = {value for one in found.form.fields if one.name == field.name for value in one.offered()}
            if field.kind not in ("select", "radio", "checkbox") or not offered or offered & set(attack.rows.kind_of):
                continue
            not_offered = [code for code in codes if code not in offered]
            for forged in not_offered[:1] + not_offered[-1:]:
                answer = attack.send(found, {**found.form.filled(), field.name: [forged]}, "not offered")
                kept = [w.table for w in answer.business if forged in map(str, w.changed.values())]
                if answer.failed or kept:
                    wrong.append(_told(found, (field.name, forged, answer.failed or kept)))
    assert wrong == [], "\n".join(wrong)


def test_a_forms_address_cannot_be_turned_to_another_units_row(attack: Attack) -> None:
    wrong = []
    for found in attack.forms:
        inside = UUID_IN.search(found.form.action)
        for uuid, _pk in attack.rows.foreign(found.asker, inside.group()) if inside else ():
            action = found.form.action.replace(inside.group(), uuid)  # type: ignore[union-attr]
            answer = attack.send(found, found.form.filled(), "turned address", action=action)
            open_to_all = MATRIX[found.name].target == "open_course_start"
            beyond = [] if open_to_all else attack.units.beyond(found.asker, answer.business)
            names_the_row = inside.group() in urlsplit(found.form.action).path  # type: ignore[union-attr]
            is_shut = answer.status in (403, 404) or open_to_all or not names_the_row
            if answer.failed or beyond or not is_shut:
                wrong.append(_told(found, (answer.status, action, answer.failed, beyond)))
    assert wrong == [], "\n".join(wrong)
    assert SENT["turned address"] > 50


def test_fields_that_a_form_does_not_have_change_nothing(attack: Attack) -> None:
    wrong = []
    for found in attack.forms:
        own = {one.name for one in found.form.fields}
        extra = {name: [value] for name, value in payloads.EXTRA.items() if name not in own}
        plain = attack.plain[id(found)]
        answer = attack.send(found, {**found.form.filled(), **extra}, "mass assignment")
        more = payloads.attackers(answer, set(extra)) - payloads.attackers(plain, set(extra))
        if answer.failed or more or answer.status != plain.status:
            wrong.append(_told(found, (answer.failed, more, answer.status)))
    assert wrong == [], "\n".join(wrong)


def test_the_measure_of_mass_assignment_sees_an_attackers_value() -> None:
    write = Write("t", {"id": 5, "status": "draft"}, {"id": 5, "status": "approved"})
    assert payloads.attackers(Answer(None, [write]), {"status"}) == {("t", "status"): 1}


def test_garbage_in_forms_is_refused_calmly(attack: Attack) -> None:
    wrong = []
    for found in {found.name: found for found in attack.forms}.values():
        names = [name for name in found.form.filled() if name != "csrfmiddlewaretoken"]
        for what, sent in payloads.garbage_for(names) if names else ():
            answer = attack.send(found, sent, "garbage")
            wrong += [_told(found, (what, bad)) for bad in payloads.harm_in(answer)]
        for what, given in payloads.bodies(found.form.filled()):
            SENT["garbage"] += 1
            answer = found.asker.ask("post", found.form.action, **given)
            wrong += [_told(found, (what, bad)) for bad in payloads.harm_in(answer)]
    assert wrong == [], "\n".join(wrong)


def test_garbage_in_addresses_is_refused_calmly(attack: Attack) -> None:
    wrong, asked = [], set()
    names = sorted(attack.field.parameters)
    for seen in attack.field.seen:
        if seen.name in asked or seen.answer.status != 200:
            continue
        asked.add(seen.name)
        for what, sent in payloads.garbage_for(names):
            if what not in ("enormous", "nothing"):
                SENT["garbage in addresses"] += 1
                answer = seen.asker.ask("get", seen.address.partition("?")[0], sent)
                wrong += [f"{seen.name}: {what}: {bad}" for bad in payloads.harm_in(answer)]
    assert wrong == [], "\n".join(wrong)
    assert len(asked) > 50
