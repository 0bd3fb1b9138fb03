"""An applicant with a phone finds a course by "matte", fills a basket, sees what it means and applies for all of it."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from kursvis.access.actors import SYSTEM
from kursvis.accounts.tests.factories import make_user
from kursvis.admissions.models import Choice
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.weekly_pattern import read
from kursvis.catalogue.services.offer import cancel
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_round
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.post.models import Message
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
MATHS, ENGLISH = "Matematik, nivå 1a", "Engelska, nivå 1"


def _offered() -> list[CourseStart]:
    school = make_school(authority=make_authority(name="Mälarviks kommun"), name="Björkskolan")
    monday = time.today() + timedelta(weeks=9, days=-time.today().weekday())
    given: dict[str, Any] = {"school": school, "round": make_round(authority=school.authority, starts_on=monday)}
    courses = (
        make_course(code="MATE1A00X", name=MATHS, subject_name="Matematik"),
        make_course(code="ENGE1000X", name=ENGLISH, subject_name="Engelska"),
    )
    times = ("måndag och onsdag 17.30–20.30", "onsdag 18–20")
    return [
        make_course_start(course=c, weekly_pattern=read(t)[0], **given) for c, t in zip(courses, times, strict=True)
    ]


def _nothing_is_hindered_by_the_policy(visitor: Visitor) -> None:
    script = (
        "[...document.querySelectorAll('script[type=\"application/ld+json\"]')].map(s => JSON.parse(s.text)['@type'])"
    )
    assert visitor.page.evaluate(script) == ["Course"]


def test_from_matte_to_two_applications_on_a_phone(visitor: Visitor) -> None:
    maths, _english = _offered()
    visitor.has_a_phone()
    visitor.goes_to("/kurser/?q=matte")
    visitor.clicks(MATHS, within="main")
    _nothing_is_hindered_by_the_policy(visitor)
    visitor.presses("Lägg i korgen")
    visitor.sees(f"{MATHS} ligger i din korg.")
    visitor.goes_to("/kurser/?q=engelska")
    visitor.presses("Lägg i korgen")
    visitor.clicks("Korg (2)")
    visitor.sees("Du läser 20 poäng i veckan")
    visitor.sees("Du kan söka studiemedel för heltid.")
    visitor.sees(f"{MATHS} har onsdag 17.30–20.30 och {ENGLISH} har onsdag 18.00–20.00.")
    shared = visitor.page.get_by_label("Länk till kurserna").input_value()
    visitor.presses("Töm korgen")
    visitor.sees("Korgen är tom")
    address = urlsplit(shared)
    visitor.goes_to(f"{address.path}?{address.query}")
    visitor.presses("Spara i min korg")
    visitor.clicks("Ansök om kurserna")
    onward = parse_qs(urlsplit(visitor.page.url).query)["next"][0]
    becomes(visitor, make_user(email="hodan@example.org"))
    visitor.goes_to(onward)
    visitor.fills("Vad är målet med studierna?", "Läsa till undersköterska")
    visitor.presses("Skicka ansökningarna")
    visitor.sees(f"{MATHS}: ansökan nummer 1 är inskickad.")
    visitor.sees(f"{ENGLISH}: ansökan nummer 2 är inskickad.")
    assert Choice.objects.filter(status="submitted").count() == Message.objects.count() == 2
    cancel(course_start=maths, reason="För få sökande.", by=SYSTEM, now=time.now())
    visitor.goes_to(f"/kurser/{maths.uuid}/")
    visitor.sees(f"{MATHS} är inställd")
    visitor.goes_to("/kurser/korg/")
    expect(visitor.page.get_by_role("link", name="Korg", exact=True).first).to_be_visible()
    visitor.sees("Korgen är tom")
