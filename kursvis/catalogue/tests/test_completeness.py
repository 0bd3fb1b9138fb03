"""What an applicant is told of a course start, and what is missing: the rule, the list's filter, the marks."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries import offer as queries
from kursvis.catalogue.queries.narrowing import Narrowing
from kursvis.catalogue.rules.completeness import Part, missing
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.catalogue.tests.test_rules_offer import FACTS
from kursvis.organisation.tests.factories import make_school

WHOLE = replace(FACTS, study_form=StudyForm.CLASSROOM, place="Sal 2", has_times=True)


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({}, []),
        ({"description": " "}, [Part.DESCRIPTION]),
        ({"schedule": "", "has_times": False}, [Part.SCHEDULE, Part.TIMES]),
        ({"has_times": False}, [Part.TIMES]),
        ({"place": ""}, [Part.PLACE]),
        ({"place": "", "has_times": False, "study_form": StudyForm.DISTANCE}, []),
        ({"has_contact": False}, [Part.CONTACT]),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, Any], expected: list[Part]) -> None:
    assert missing(replace(WHOLE, **changes)) == expected


@pytest.mark.django_db
def test_the_lists_filter_finds_what_the_rule_finds_and_the_page_says_what(client: Client) -> None:
    school, silent = make_school(phone="0000-00 00 00"), make_school(phone="")
    draft: dict[str, Any] = {"school": school, "status": CourseStartStatus.DRAFT}
    for given in (
        {},
        {"description": "  "},
        {"weekly_pattern": (), "schedule_note": "Inga fasta tider"},
        {"weekly_pattern": (), "schedule_note": "Inga fasta tider", "study_form": StudyForm.COMBINED},
        {"weekly_pattern": ()},
        {"place": ""},
        {"place": "", "study_form": StudyForm.CLASSROOM},
        {"school": silent},
    ):
        make_course_start(**draft | given)
    found = queries.narrowed(CourseStart.objects.all(), Narrowing(incomplete=True))
    assert set(found) == {row for row in CourseStart.objects.all() if row.missing} and found.count() == 5
    client.force_login(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    page = client.get("/kursstarter/?uppgifter=saknas").content.decode()
    assert "4 av 5" in page and "5 av 5" not in page
    assert "saknar lokal eller adress" in page
