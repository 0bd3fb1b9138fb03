"""A school's templates: saved from a course start, used for new ones, renamed and removed; nobody else's business."""

from typing import Any

import pytest
from django.urls import reverse

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, OfferTemplate
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import templates
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import AT_ONCE, race

database = pytest.mark.django_db


def save(course_start: CourseStart, name: str) -> OfferTemplate:
    return templates.save_template(course_start=course_start, name=name, by=SYSTEM, now=time.now())


@database
def test_a_template_fills_a_new_course_start_and_what_is_entered_is_a_draft_of_its_own() -> None:
    start = make_course_start(place="Sal 12", schedule_note="Prov i sal 4")
    browser = as_user(make_staff(Role.SCHOOL_ADMINISTRATOR, school=start.school))
    saving = reverse("catalogue:save_template", args=[start.uuid])
    assert start.course.name in browser.get(saving).text
    assert browser.post(saving, {"name": " Kvällskursen "}).url == reverse("catalogue:list_templates")
    template = OfferTemplate.objects.get()
    assert (template.name, template.weekly_pattern, template.course) == (
        "Kvällskursen",
        start.weekly_pattern,
        start.course,
    )
    adding = reverse("catalogue:add_course_start", args=[make_course().uuid])
    assert "Kvällskursen" in browser.get(adding).text
    filled = browser.get(adding, {"mall": str(template.uuid)}).text
    for text in ("Sal 12", "Prov i sal 4", start.description, "Tisdag 18.00"):
        assert text in filled, text
    assert "Sal 12" not in browser.get(adding, {"mall": "ingen"}).text


@database
def test_a_template_is_renamed_changed_and_removed_and_the_log_keeps_it() -> None:
    start = make_course_start()
    template, other = save(start, "Kväll"), save(start, "Dag")
    browser = as_user(make_staff(Role.SCHOOL_ADMINISTRATOR, school=start.school))
    one = reverse("catalogue:edit_template", args=[template.uuid])
    values: dict[str, Any] = {"name": "Dag", "seats": "12", "study_form": "combined", "weekly_pattern": "onsdag 9–12"}
    assert "Skolan har redan en mall som heter ”Dag”" in browser.post(one, values).text
    assert browser.post(one, values | {"name": "Helg"}).status_code == 302
    template.refresh_from_db()
    assert (template.name, template.seats, template.study_form) == ("Helg", 12, "combined")
    event = Event.objects.get(verb="offer_template.edited")
    assert event.detail["changes"]["name"] == ["Kväll", "Helg"]
    assert browser.post(reverse("catalogue:remove_template", args=[template.uuid])).status_code == 302
    assert list(OfferTemplate.objects.all()) == [other]
    assert Event.objects.get(verb="offer_template.removed").detail == {"name": "Helg"}


@database
def test_another_schools_template_does_not_exist() -> None:
    template = save(make_course_start(status=CourseStartStatus.DRAFT), "Kväll")
    browser = as_user(make_staff(Role.SCHOOL_ADMINISTRATOR, school=make_course_start().school))
    assert browser.get(reverse("catalogue:edit_template", args=[template.uuid])).status_code == 404
    assert "Kväll" not in browser.get(reverse("catalogue:list_templates")).text
    adding = reverse("catalogue:add_course_start", args=[template.course.uuid])  # type: ignore[union-attr]
    assert template.description not in browser.get(adding, {"mall": str(template.uuid)}).text


@database
def test_what_somebody_else_has_removed_is_not_removed_or_changed_again() -> None:
    template = save(make_course_start(), "Kväll")
    old_page = OfferTemplate.objects.get(pk=template.pk)
    who: dict[str, Any] = {"by": SYSTEM, "now": time.now()}
    templates.remove_template(template=template, **who)
    for step, also in ((templates.remove_template, {}), (templates.edit_template, {"name": "Dag"})):
        with pytest.raises(Refused):
            step(template=old_page, **also, **who)
    assert Event.objects.filter(verb__startswith="offer_template.").count() == 2


@database
def test_a_name_is_needed() -> None:
    with pytest.raises(Refused):
        save(make_course_start(), " ")


@pytest.mark.usefixtures("committed")
def test_one_of_eight_takes_a_name() -> None:
    start = make_course_start()
    assert race(lambda _number: save(start, "Kväll")) == ["catalogue.template_name_taken"] * (AT_ONCE - 1) + ["won"]
