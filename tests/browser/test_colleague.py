"""A colleague, from the school's invitation over the municipality's activation to her own first page."""

import pytest
from django.core import mail

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import OFFICIAL, make_staff
from kursvis.accounts.tests.mailroom import latest_link
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.post.models import Message
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
PASSWORD = "ett-helt-nytt-lösenord"
MAIN = "#innehall"


def _types_a_colleague(visitor: Visitor) -> None:
    visitor.goes_to("/personal/")
    visitor.clicks("Ny kollega")
    visitor.fills("Personnummer", "19900101-2384")
    visitor.fills("Förnamn", "Åsa")
    visitor.fills("Efternamn", "Öst")
    visitor.fills("E-post", "asa@example.org")
    visitor.page.get_by_label("Lärare").check()
    visitor.presses("Granska")
    visitor.sees("Kontrollsiffran stämmer inte")
    visitor.fills("Personnummer", f"{OFFICIAL[0][:8]}-{OFFICIAL[0][8:]}")
    visitor.presses("Granska")
    visitor.sees("bjoasost")
    visitor.presses("Ändra uppgifterna")
    visitor.fills("Titel", "Legitimerad lärare")
    visitor.presses("Granska")
    visitor.presses("Lägg upp")
    visitor.sees("Väntar på kommunen")


def _chooses_a_password(visitor: Visitor, path: str) -> None:
    visitor.goes_to(path)
    visitor.sees("bjoasost")
    visitor.fills("Nytt lösenord", PASSWORD)
    visitor.fills("Nytt lösenord igen", PASSWORD)
    visitor.presses("Spara lösenordet")
    visitor.fills("Användarnamn", "bjoasost")
    visitor.fills("Lösenord", PASSWORD)
    visitor.presses("Logga in", exact=True)


def test_from_invitation_to_first_login(visitor: Visitor) -> None:
    authority = make_authority(name="Mälarviks kommun")
    school = make_school(authority=authority, name="Björkskolan", prefix="bjo")
    administrator = make_staff(
        Role.SCHOOL_ADMINISTRATOR, school=school, first_name="Sara", last_name="Berg", email="sara@example.org"
    )
    municipality = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)
    make_school(authority=authority, name="Tomma skolan")

    becomes(visitor, administrator)
    _types_a_colleague(visitor)
    link = latest_link()
    assert mail.outbox[-1].to == ["asa@example.org"]
    visitor.goes_to("/personal/?lage=vantar")
    visitor.clicks("Öst, Åsa", within=MAIN)
    visitor.clicks("Det här har hänt")
    visitor.sees("Roll begärd")

    becomes(visitor, municipality)
    visitor.goes_to("/")
    visitor.clicks("Aktivering", within="nav")
    visitor.sees("Tomma skolan")
    visitor.page.get_by_label("Välj Åsa Öst").check()
    visitor.presses("Aktivera valda")
    visitor.sees("1 roll är aktiverad")
    assert Message.objects.get(address="sara@example.org").subject == "Rollen är aktiverad"

    visitor.logs_out()
    _chooses_a_password(visitor, link)
    visitor.goes_to("/grupper/")
    visitor.sees("Grupper")
    visitor.goes_to("/mitt-konto/")
    visitor.sees("Åsa Öst")

    becomes(visitor, administrator)
    user = User.objects.get(personnummer=OFFICIAL[0])
    visitor.goes_to(f"/personal/{user.uuid}/")
    visitor.sees("Aktiv")
    visitor.clicks("Ändra sista dag")
    visitor.fills("Sista dag", time.today().isoformat())
    visitor.presses("Spara")
    visitor.sees(f"{time.today()}")
    visitor.clicks("Ny roll")
    visitor.clicks("Avbryt")
    visitor.clicks("Ändra uppgifter")


def test_a_role_is_refused_and_the_board_delegates(visitor: Visitor) -> None:
    authority = make_authority(name="Mälarviks kommun")
    school = make_school(authority=authority, name="Björkskolan", prefix="bjo")
    administrator = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, email="sara@example.org")
    municipality = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)
    becomes(visitor, administrator)
    _types_a_colleague(visitor)
    becomes(visitor, municipality)
    visitor.goes_to("/personal/aktivering/")
    visitor.clicks("Avslå")
    visitor.fills("Varför får personen inte rollen?", "Legitimationen saknas.")
    visitor.presses("Avslå")
    visitor.sees("Skolan har fått skälet")
    visitor.goes_to("/installningar/delegationer/")
    visitor.clicks("Ny delegation")
    visitor.page.get_by_label("Beslut om").select_option(index=1)
    visitor.page.get_by_label("Alla med rollen").select_option(label="rektor (kommunen)")
    visitor.fills("Var delegationen står", "Delegationsordning 2026, punkt 4.3")
    visitor.presses("Spara")
    visitor.sees("punkt 4.3")
    visitor.clicks("Avsluta", within="table")
    becomes(visitor, administrator)
    visitor.goes_to("/personal/?lage=avslutade")
    visitor.clicks("Öst, Åsa", within=MAIN)
    visitor.sees("Legitimationen saknas.")
