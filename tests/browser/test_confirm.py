"""A teacher locks with her password and signs the catalogue with BankID; the municipality receives it without paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fake_bankid.orders import Person
from kursvis.core.tests.days import go_to
from kursvis.demo.rules.cast import PASSWORD
from kursvis.grades.tests.factories import Classroom, make_enrolment
from tests.browser.bank import bank_with
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def room(live_url: str) -> Classroom:
    room = Classroom()
    room.teacher_user.set_password(PASSWORD)
    room.teacher_user.save(update_fields=["password"])
    make_enrolment(room, first_name="Linh", last_name="Nguyen")
    go_to(room.end)
    return room


@pytest.fixture
def app(tmp_path: Path, settings: Any, live_url: str, room: Classroom) -> Iterator[str]:
    teacher = room.teacher_user
    persons = [Person(teacher.personnummer or "", teacher.first_name, teacher.last_name)]
    with bank_with(persons, tmp_path, settings, live_url) as address:
        yield address


def _locks_with_her_password(visitor: Visitor, room: Classroom) -> None:
    visitor.logs_in_with_password(room.teacher_user.user_name or "")
    visitor.goes_to(f"/grupper/{room.group.uuid}/betyg/")
    visitor.sees("bekräftar du först att det är du")
    visitor.page.get_by_label("Betyg för Nguyen, Linh").fill("C")
    visitor.presses("Spara betyg")
    visitor.page.get_by_label("Betyg för Nguyen, Linh").fill("B")
    visitor.page.get_by_text("Lås alla satta …").click()
    visitor.presses("Ja, lås alla satta")
    visitor.sees("Bekräfta att det är du")
    visitor.fills("Ditt lösenord", "fel-lösenord")
    visitor.presses("Bekräfta med lösenord")
    visitor.sees("Lösenordet stämmer inte.")
    visitor.fills("Ditt lösenord", PASSWORD)
    visitor.presses("Bekräfta med lösenord")
    visitor.sees("Du är bekräftad")
    visitor.presses("Gör det nu")
    visitor.sees("1 betyg sparades.")
    visitor.sees("1 betyg låstes.")


def _signs(visitor: Visitor, app: str) -> None:
    visitor.presses("Skapa betygskatalog")
    visitor.page.get_by_text("Skriv under med BankID …").click()
    visitor.presses("BankID på en annan enhet")
    visitor.sees("Jag skriver under betygskatalog 1")
    phone = visitor.page.context.new_page()
    phone.goto(app)
    assert "Antal betyg: 1" in phone.locator("pre").inner_text()
    phone.get_by_role("button", name="Skriv under").click()
    phone.close()
    visitor.sees("Katalog 1 är underskriven med BankID och skickad till kommunen.")
    visitor.checks_page()


def test_from_a_password_to_a_signature_that_is_received(visitor: Visitor, app: str, room: Classroom) -> None:
    _locks_with_her_password(visitor, room)
    _signs(visitor, app)
    visitor.logs_out()
    becomes(visitor, room.registrar_user)
    visitor.goes_to("/kataloger/")
    visitor.clicks("Katalog 1")
    visitor.sees("Dokumentet är det som skrevs under")
    visitor.presses("Ta emot den underskrivna katalogen")
    visitor.sees("Mottagen")
