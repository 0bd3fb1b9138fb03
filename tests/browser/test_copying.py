"""A school copies last period's offer, sends a late start in and fills a new one from a template, page by page."""

from datetime import timedelta

import pytest

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.catalogue.models import CourseStart, OfferTemplate
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_period, make_round
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority, make_industry, make_school
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def copies_to_spring(visitor: Visitor, last_period: str) -> None:
    """Copy all that was offered, and see that what is sent in many at once is asked why it comes late."""
    visitor.goes_to("/kursstarter/")
    visitor.clicks("Kopiera utbud")
    visitor.page.get_by_label("Kopiera från").select_option(label=last_period)
    visitor.page.get_by_label("Till", exact=True).select_option(label="Våren")
    visitor.presses("Visa", exact=True)
    visitor.sees("1 kursstart kan kopieras")
    visitor.presses("Lägg upp de valda som utkast")
    visitor.sees("1 kursstart är upplagd som utkast i Våren.")
    visitor.presses("Skicka den enda …")
    visitor.sees("Varför kommer de sent?")
    visitor.clicks("Avbryt")


def test_last_periods_offer_becomes_this_periods_and_a_late_start_is_accepted(visitor: Visitor) -> None:
    authority = make_authority()
    school = make_school(authority=authority)
    make_industry("VARD", authority=authority)
    first = time.today() + timedelta(days=28)
    days = {"apply_by": first - timedelta(days=20), "basis_on": first - timedelta(days=16)}
    old = make_round(authority=authority, starts_on=first, call_by=first - timedelta(days=14), **days)
    course = make_course(name="Vård och omsorg, nivå 1")
    source = make_course_start(school=school, round=old, course=course)
    later = old.starts_on + timedelta(weeks=25)
    new = make_round(authority=authority, starts_on=later, period=make_period(authority=authority, name="Våren"))
    administrator = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)

    becomes(visitor, administrator)
    copies_to_spring(visitor, old.period.name)
    copied = CourseStart.objects.get(copied_from=source)
    assert copied.round == new

    visitor.goes_to(f"/kursstarter/{copied.uuid}/")
    visitor.clicks("Skicka sent till kommunen")
    visitor.page.get_by_label("Varför kommer kursstarten sent?").fill("Läraren blev klar i går.")
    visitor.presses("Skicka till kommunen")
    visitor.sees("skäl: Läraren blev klar i går.")
    visitor.clicks("Spara som mall")
    visitor.page.get_by_label("Mallens namn").fill("Vård, kväll")
    visitor.presses("Spara", exact=True)
    template = OfferTemplate.objects.get()
    visitor.clicks("Vård, kväll", exact=True)
    visitor.goes_to("/kursstarter/mallar/")
    visitor.clicks("Ny kursstart från mallen Vård, kväll")
    assert visitor.page.get_by_label("Lokal eller adress").input_value() == template.place

    becomes(visitor, make_staff(Role.ADMISSIONS_OFFICER, authority=authority))
    visitor.goes_to(f"/kursstarter/?sen=1&lage={CourseStartStatus.SUBMITTED.value}")
    visitor.clicks(copied.course.name)
    visitor.presses("Godkänn sen anmälan och publicera")
    visitor.sees("Sen anmälan godkänd")

    becomes(visitor, make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority))
    visitor.goes_to(f"/installningar/skolor/{school.uuid}/")
    visitor.clicks("Ordinarie avtal")
    visitor.page.get_by_label("Svenska för invandrare (sfi)").check()
    visitor.page.get_by_label("Bransch VARD").check()
    visitor.presses("Spara", exact=True)
    visitor.sees("Bransch VARD")
    visitor.goes_to(f"/kursstarter/{copied.uuid}/")
    visitor.sees("Skolans avtal gäller inte Gymnasial nivå. Det gäller Svenska för invandrare (sfi).")
