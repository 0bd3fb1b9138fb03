"""Every open page in both languages, each looked at with axe: wide, at 320 px and in the dark."""

import pytest
from django.urls import reverse

from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.organisation.tests.factories import make_school
from kursvis.public.models import Feedback
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def test_the_open_pages_in_both_languages_and_feedback_without_javascript(committed: None, visitor: Visitor) -> None:
    school = make_school()
    course = make_course(name="Matematik, nivå 1a")
    shown = make_course_start(school=school, course=course)
    make_course_start(school=school, course=course)
    gone = make_course_start(school=school, course=course, status=CourseStartStatus.HIDDEN)
    pages = [
        "/kurser/",
        reverse("catalogue:show_course", args=[shown.uuid]),
        reverse("catalogue:show_course", args=[gone.uuid]),
        "/kurser/korg/",
        f"/kurser/korg/?kurser={shown.uuid}",
        "/oppna-data/",
        "/tillganglighet/",
        "/tillganglighet/aterkoppling/",
        "/logga-in/",
        "/glomt-losenord/",
    ]
    for language in ("sv", "en"):
        visitor.checked.clear()
        visitor.goes_to(f"/kurser/?sprak={language}&q=matematik")
        for page in pages:
            visitor.goes_to(page)
            assert visitor.page.locator("html").get_attribute("lang") == language, page
    visitor.goes_to(pages[1])
    assert visitor.page.locator("h1 [lang=sv]").inner_text() == course.name
    visitor.goes_to("/tillganglighet/aterkoppling/")
    visitor.fills("What does not work?", "The button is not read aloud.")
    visitor.presses("Send")
    visitor.sees("Thank you! The municipality has got your feedback.")
    assert Feedback.objects.get().text == "The button is not read aloud."
    visitor.clicks("På svenska")
    visitor.sees("Tillgänglighetsredogörelse")
