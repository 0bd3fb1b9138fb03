"""What may be changed of a course start in each state, and what applicants are told of."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, CourseStartChange
from kursvis.catalogue.rules import editing
from kursvis.catalogue.rules.editing import EditedField as F
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.catalogue.tests.test_rules_offer import DAY_BEFORE, FACTS
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Agreement
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_agreement, make_industry

S = CourseStartStatus
HARMLESS = {F.ENDS_ON, F.SEATS, F.PLACE, F.DESCRIPTION, F.WEEKLY_PATTERN, F.SCHEDULE_NOTE, F.INDUSTRY, F.REFERENCE}


@pytest.mark.parametrize("field", list(F))
def test_a_draft_changes_freely_what_is_shown_only_harmlessly_and_the_rest_not_at_all(field: F) -> None:
    def against(status: S) -> list[Any]:
        facts = replace(FACTS, status=status)
        return editing.against_editing(facts) or editing.against_changing(facts, [field], today=DAY_BEFORE)

    assert against(S.DRAFT) == []
    assert (against(S.PUBLISHED) == [], against(S.HIDDEN) == []) == (field in HARMLESS, field in HARMLESS)
    assert against(S.SUBMITTED) and against(S.CANCELLED)


def test_an_end_that_has_been_stands() -> None:
    facts, after = replace(FACTS, status=S.PUBLISHED), FACTS.ends_on + timedelta(days=1)
    assert [reason.code for reason in editing.against_changing(facts, [F.ENDS_ON], today=after)] == [
        "catalogue.has_ended"
    ]
    assert editing.against_changing(facts, [F.ENDS_ON], today=FACTS.ends_on) == []


@given(st.lists(st.tuples(st.sampled_from(editing.TOLD), st.sampled_from("abc")), max_size=8), st.integers(0, 8))
def test_changes_told_together_say_the_first_and_the_last(steps: list[tuple[F, str]], cut: int) -> None:
    began = now = dict.fromkeys(editing.TOLD, "a")
    changes = []
    for field, value in steps:
        changes.append({str(field): (now[field], value)})
        now = {**now, field: value}
    told = editing.merged(changes)
    assert told == {str(field): ("a", now[field]) for field in editing.TOLD if now[field] != began[field]}
    assert editing.merged([editing.merged(changes[:cut]), editing.merged(changes[cut:])]) == told


def whole(course_start: CourseStart, **changes: Any) -> dict[str, Any]:
    """Return what the school enters when it changes these fields only."""
    names = ("course", "round", "ends_on", "points", "seats", "study_form", "place", "description")
    kept = {name: getattr(course_start, name) for name in (*names, "weekly_pattern", "schedule_note")}
    return kept | changes | {"course_start": course_start, "by": SYSTEM, "now": time.now()}


@pytest.mark.django_db
def test_a_new_place_of_a_published_start_is_kept_for_those_who_have_applied() -> None:
    start = make_course_start()
    offer.edit_course_start(**whole(start, place="Sal 2"))
    assert not CourseStartChange.objects.exists()
    offer.count_applicant(course_start_id=start.pk, delta=1)
    offer.edit_course_start(**whole(start, description="Ny text", seats=31))
    assert not CourseStartChange.objects.exists()
    later = start.ends_on + timedelta(days=7)
    offer.edit_course_start(**whole(start, place="Sal 3", ends_on=later))
    change = CourseStartChange.objects.get()
    assert change.changes == {"ends_on": [str(later - timedelta(days=7)), str(later)], "place": ["Sal 2", "Sal 3"]}
    start.refresh_from_db()
    assert (start.status, start.place, start.seats) == ("published", "Sal 3", 31)
    with pytest.raises(Refused) as refusal:
        offer.edit_course_start(**whole(start, points=50, place="Sal 4"))
    assert [reason.code for reason in refusal.value.reasons] == ["catalogue.stays_while_shown"]


@pytest.mark.django_db
@pytest.mark.parametrize("has_begun", [False, True])
def test_a_shown_start_that_no_longer_fits_its_agreement_is_corrected_but_never_made_longer(has_begun: bool) -> None:
    start = make_course_start(industry=None)
    school, authority = start.school, start.authority
    own, other, _agreed = (make_industry(code, authority=authority) for code in ("VARD", "IT", "BYGG"))
    CourseStart.objects.update(industry=own)
    Agreement.objects.all().delete()
    ends_on = start.ends_on - timedelta(days=7)
    make_agreement(
        school=school, kind=AgreementKind.TEMPORARY, starts_on=date(2020, 1, 1), ends_on=ends_on, industries=["BYGG"]
    )
    now = time.now() + timedelta(days=60 if has_begun else 0)
    asked = whole(start, industry=own) | {"now": now}
    for right in ({"place": "Sal 3"}, {"ends_on": start.ends_on - timedelta(days=1)}):
        offer.edit_course_start(**asked | right)
        asked |= right
    for wrong, code in (
        ({"ends_on": start.ends_on + timedelta(days=1)}, "organisation.temporary_agreement"),
        ({"industry": other}, "organisation.industry_not_agreed"),
    ):
        with pytest.raises(Refused) as refusal:
            offer.edit_course_start(**asked | wrong)
        assert code in [reason.code for reason in refusal.value.reasons]


@pytest.mark.django_db
def test_saving_what_stands_already_writes_nothing() -> None:
    start = make_course_start()
    before = Event.objects.count()
    offer.edit_course_start(**whole(start))
    assert Event.objects.count() == before
