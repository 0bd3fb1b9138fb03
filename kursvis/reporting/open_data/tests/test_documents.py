"""Every document that can come of a course start is as the facts of EMIL 3 say."""

from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.models import CourseStart, NationalCourse, Period, Round
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.rounds import PeriodKind
from kursvis.catalogue.rules.weekly_pattern import Lesson
from kursvis.organisation.models import Authority, Provider, School
from kursvis.organisation.rules import ProviderKind
from kursvis.reporting.open_data.documents import emil3
from kursvis.reporting.open_data.rules import OF_EVENTS, NotUnderstood, Wanted, pages_of, wanted
from kursvis.reporting.open_data.tests.emil3_facts import FACTS, against

FORMS = ["VUXGY", "VUXGR", "VUXSFI", "VUXGRAN", "VUXGYAN"]
LEVELS = ["gymnasial", "grundläggande", "sfi", "anpassad grundläggande", "anpassad gymnasial"]
TEXTS = st.text(max_size=30)
NOON = time(12)
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))
LESSONS = st.builds(
    lambda day, starts, length: Lesson(day, starts, starts + length),
    st.integers(1, 7),
    st.integers(0, 1200),
    st.integers(15, 239),
)


@st.composite
def starts(draw: Any) -> CourseStart:
    authority = Authority(name="Provkommun", municipality_code="9999", email="vux@provkommun.example")
    kind = draw(st.sampled_from(list(ProviderKind)))
    provider = Provider(name=draw(TEXTS), organisation_number="559900-0014", kind=kind.value, authority=authority)
    school = School(
        authority=authority, provider=provider, name="Skolan", email="skola@provkommun.example", phone=draw(TEXTS)
    )
    course = NationalCourse(
        code="PROV01",
        name=draw(TEXTS) or "Prov",
        points=draw(st.none() | st.integers(5, 800)),
        school_form=draw(st.sampled_from(FORMS)),
        level=draw(st.sampled_from(LEVELS)),
    )
    first = draw(DAYS)
    period = Period(opens_on=first - timedelta(days=90), kind=draw(st.sampled_from(list(PeriodKind))).value)
    row = CourseStart(
        authority=authority,
        school=school,
        course=course,
        round=Round(period=period, apply_by=first - timedelta(days=30), starts_on=first),
        starts_on=first,
        ends_on=first + timedelta(days=draw(st.integers(1, 400))),
        points=course.points or draw(st.integers(1, 800)),
        seats=draw(st.integers(1, 500)),
        study_form=draw(st.sampled_from(list(StudyForm))).value,
        status=draw(st.sampled_from([CourseStartStatus.PUBLISHED, CourseStartStatus.CANCELLED])).value,
        weekly_pattern=tuple(draw(st.lists(LESSONS, max_size=4))),
        place=draw(TEXTS),
        description=draw(TEXTS),
    )
    for it in (row, course, school):
        it.edited = draw(DAYS.map(lambda day: datetime.combine(day, NOON, UTC)))
    return row


def _course(course: NationalCourse, *prerequisites: Any) -> Any:
    """Return a course whose prerequisites are these, without a database."""
    names = ("uuid", "code", "name", "points", "school_form", "level", "edited")
    values = {name: getattr(course, name) for name in names}
    return SimpleNamespace(**values, prerequisites=SimpleNamespace(all=lambda: list(prerequisites)))


@given(starts())
def test_whatever_is_offered_becomes_documents_that_the_facts_allow(row: CourseStart) -> None:
    event = emil3.education_event(row)
    note = SimpleNamespace(pk=1, alternative=1, required=None, note="Grundläggande kunskaper")
    info = emil3.education_info(_course(row.course, note))
    provider = emil3.education_provider(row.school)
    assert against("EducationEvent", event) == []
    assert against("EducationInfo", info) == []
    assert against("EducationProvider", provider) == []
    assert (event["education"], event["providers"]) == (info["identifier"], [provider["identifier"]])
    assert event["application"]["last"] <= event["execution"]["start"] < event["execution"]["end"]
    assert event["isCancelled"] == (row.status == "cancelled") == ("url" not in event)
    assert event["paceOfStudy"]["percentage"] in (25, 50, 75, 100)
    assert ("extensions" in event) == (row.school.provider.kind == "contracted")


REQUIRED = {
    "EducationInfo": "identifier code lastEdited title type subjects resultIsDegree",
    "EducationEvent": "identifier education providers lastEdited expires execution",
    "EducationProvider": "identifier lastEdited name url contactAddress emailAddresses responsibleBody",
}
"""What the specification requires, once more: a fact that is lost in emil3.json would check nothing."""


@given(starts())
def test_the_check_sees_each_field_that_is_missing_or_of_a_wrong_kind_and_each_unknown_code(row: CourseStart) -> None:
    documents = {
        "EducationInfo": emil3.education_info(_course(row.course)),
        "EducationEvent": emil3.education_event(row),
        "EducationProvider": emil3.education_provider(row.school),
    }
    for name, document in documents.items():
        required = {key.rstrip("!+") for key in FACTS["objects"][name] if "!" in key}
        assert required == set(REQUIRED[name].split())
        for field in required:
            rest = {key: value for key, value in document.items() if key != field}
            assert against(name, rest) == [f"{name}.{field}: missing"]
        assert against(name, document | {"teacher": "X"}) == [f"{name}.teacher: unknown"]
        for path in _paths(document):
            assert against(name, _with(document, path, object())) != [], (name, path)
            if len(path) > 1 and path[-1] == "code" and "type" in _at(document, path[:-1]):
                is_free = FACTS["codes"].get(_at(document, path[:-1])["type"]) is None
                assert is_free or against(name, _with(document, path, "X9")) != [], (name, path)
    assert against("EducationEvent", documents["EducationEvent"] | {"providers": []}) == [
        "EducationEvent.providers: empty"
    ]


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Any:
    """Walk to every value of a document, the objects and lists on the way too."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*before, key)
        yield from _paths(below, (*before, key))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _with(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = deepcopy(document)
    _at(changed, path[:-1])[path[-1]] = value
    return changed


def test_what_a_course_builds_on_is_told_with_its_alternatives() -> None:
    course = NationalCourse(code="P", name="P", points=100, school_form="VUXGY", level="gymnasial", uuid=uuid4())
    course.edited = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        SimpleNamespace(pk=1, alternative=1, required=None, note="A"),
        SimpleNamespace(pk=2, alternative=1, required=None, note="B"),
        SimpleNamespace(pk=3, alternative=2, required=None, note="C"),
    ]
    info = emil3.education_info(_course(course, *rows))
    assert info["recommendedPriorKnowledge"]["strings"][0]["value"] == "A och B eller C"


@pytest.mark.parametrize(
    ("lessons", "word"),
    [
        ([(1, 9, 11)], "dag"),
        ([(1, 13, 15)], "eftermiddag"),
        ([(1, 9, 11), (2, 13, 15)], "dag"),
        ([(1, 18, 20)], "kväll"),
        ([(6, 9, 11)], "veckoslut"),
        ([(1, 18, 20), (6, 9, 11)], "blandat"),
    ],
)
def test_when_a_course_meets_is_said_in_the_words_of_emil(lessons: list[tuple[int, int, int]], word: str) -> None:
    pattern = tuple(Lesson(day, starts * 60, ends * 60) for day, starts, ends in lessons)
    assert emil3.time_of_study(SimpleNamespace(weekly_pattern=pattern)) == word


def test_what_is_asked_for_is_read_or_refused() -> None:
    assert wanted({}, zone=UTC) == Wanted()
    day = wanted({"updatedSince": ["2026-11-23"], "page": ["2"], "size": ["50"]}, zone=UTC)
    assert day == Wanted(page=2, size=50, since=datetime(2026, 11, 23, tzinfo=UTC)) and day.first == 100
    for text in ("2026-11-23T10:00:00+01:00", "2026-11-23T10:00:00 01:00", "2026-11-23T09:00:00Z"):
        assert wanted({"updatedSince": [text]}, zone=UTC).since == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert wanted({"schoolType": ["vuxgy", "VUXSFI"]}, zone=UTC).school_types == ("VUXGY", "VUXSFI")
    for wrong in (
        {"page": ["-1"]},
        {"page": ["x"]},
        {"page": ["1", "2"]},
        {"size": ["0"]},
        {"size": ["2001"]},
        {"size": ["²"]},
        {"updatedSince": ["i går"]},
        {"updatedSince": ["2026-13-01"]},
        {"providerId": ["p.kursvis.1"]},
        {"updatedsince": ["2026-11-23"]},
    ):
        with pytest.raises(NotUnderstood):
            wanted(wrong, zone=UTC)
    assert wanted({"providerId": ["p.kursvis.1"]}, zone=UTC, known=OF_EVENTS).provider == "p.kursvis.1"
    assert [pages_of(total, 100) for total in (0, 1, 100, 101)] == [0, 1, 1, 2]
