"""The municipality divides a course and puts a package together; a school offers both; everybody sees the package."""

from datetime import date

import pytest

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.catalogue.models import Correspondence, NationalCourse, Package, PackageCourse, PackageStart
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.organisation.tests.factories import make_authority, make_school
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
MAIN = "#innehall"


def divides_biology(visitor: Visitor) -> None:
    visitor.goes_to("/installningar/egna-kurser/")
    visitor.clicks("Ny delkurs")
    visitor.page.get_by_label("Kursens namn, ämne eller kod").fill("biologi")
    visitor.presses("Sök", exact=True)
    visitor.clicks("Biologi", within="table")
    visitor.sees("Kvar att dela ut: 150")
    visitor.fills("Namn", "Biologi, kroppen")
    visitor.fills("Poäng", "200")
    visitor.presses("Spara")
    visitor.sees("högst 150 poäng")
    visitor.fills("Poäng", "75")
    visitor.presses("Spara")
    visitor.sees("GRNBIOU")
    visitor.clicks("Biologi, kroppen", within="table")
    visitor.sees("Sista dag")
    visitor.goes_to("/installningar/egna-kurser/individuell/")


def puts_a_package_together(visitor: Visitor) -> None:
    visitor.clicks("Paket", within="nav", exact=True)
    visitor.clicks("Nytt paket")
    visitor.fills("Kod", "BARN1")
    visitor.fills("Namn", "Barnskötare")
    visitor.presses("Spara")
    for code in ("PEDA1000X", "BARN1000X", "BARN2000X"):
        visitor.fills("Kurskod", code)
        visitor.presses("Lägg till", exact=True)
    visitor.presses("Upp Barn, nivå 1")
    visitor.presses("Alternativ till den ovanför Barn, nivå 2")
    visitor.sees("200 p")
    visitor.clicks("Ändra", exact=True)
    visitor.goes_to("/paket/")
    visitor.sees("Kock")


def a_package_of_old_courses() -> None:
    gy11 = {"curriculum": "Gy11", "kind": "course", "valid_from": date(2012, 7, 1), "cancelled_from": date(2025, 7, 1)}
    package = Package.objects.create(code="RLGAST", name="Grundläggande matlagning", source="prov")
    names = ("Matlagning 1", "Hygien i köket")
    old = [make_course(code=f"GAMMAL{n}", name=name, **gy11) for n, name in enumerate(names, start=1)]
    level = make_course(code="MATL1000X", name="Matlagning, nivå 1")
    Correspondence.objects.create(course=old[0], level=level, source="prov")
    for position, course in enumerate(old, start=1):
        PackageCourse.objects.create(package=package, position=position, course=course)


def copies_a_national_package_with_levels(visitor: Visitor) -> None:
    visitor.clicks("Grundläggande matlagning", within="table")
    visitor.clicks("Kopiera som eget paket med nivåer")
    visitor.sees("1 kurs utgår")
    visitor.sees("ingen motsvarande nivå är känd")
    visitor.sees("byts mot nivån")
    visitor.fills("Kod", "MATL25")
    visitor.presses("Lägg upp kopian")
    visitor.sees("kommunens eget paket")
    visitor.sees("Matlagning, nivå 1")


def test_own_courses_and_a_package(visitor: Visitor) -> None:
    school = make_school(authority=make_authority(name="Mälarviks kommun"), name="Björkskolan")
    given = {"level": "grundläggande", "school_form": "VUXGR", "curriculum": "Lvux", "kind": "course"}
    make_course(code="GRNBIO2", name="Biologi", points=150, **given)
    Package.objects.create(code="RLXAAR", name="Kock", points=1450, source="prov")
    a_package_of_old_courses()
    names = {"BARN1000X": "Barn, nivå 1", "PEDA1000X": "Pedagogik, nivå 1", "BARN2000X": "Barn, nivå 2"}
    courses = {code: make_course(code=code, name=name) for code, name in names.items()}
    first, later = (make_course_start(school=school, course=courses[code]) for code in ("BARN1000X", "PEDA1000X"))

    becomes(visitor, make_staff(Role.MUNICIPAL_PRINCIPAL, authority=school.authority))
    divides_biology(visitor)
    puts_a_package_together(visitor)
    copies_a_national_package_with_levels(visitor)

    visitor.logs_out()
    becomes(visitor, make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    part = NationalCourse.objects.get(code="GRNBIOU")
    visitor.goes_to(f"/kursstarter/ny/{part.uuid}/")
    visitor.goes_to("/paketstarter/")
    visitor.clicks("Välj paket")
    visitor.clicks("Kock", within="table")
    visitor.sees("inte känt vilka kurser")
    visitor.clicks("Paket", within=MAIN, exact=True)
    visitor.clicks("Barnskötare", within="table")
    visitor.clicks("Lägg ut paketet")
    visitor.page.get_by_label("1. Barn, nivå 1").select_option(str(first.uuid))
    visitor.presses("Spara")
    visitor.sees("Välj en kursstart för den här delen")
    visitor.page.get_by_label("2. Pedagogik").select_option(str(later.uuid))
    visitor.presses("Spara")
    visitor.sees("Syns för alla")
    visitor.clicks("Ändra", exact=True, within=MAIN)
    visitor.goes_to("/paketstarter/")
    visitor.logs_out()
    visitor.has_a_phone()
    visitor.goes_to(f"/kurser/paket/{PackageStart.objects.get().uuid}/")
    visitor.sees("200 p")
    visitor.clicks("Lägg alla i korgen")
    visitor.sees("Pedagogik, nivå 1")
