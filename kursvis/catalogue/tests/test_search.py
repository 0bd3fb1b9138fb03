"""The search of the open catalogue: what words find, and how much each filter would leave."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries.search import search, starts_of
from kursvis.catalogue.rules import pace
from kursvis.catalogue.rules.facets import TIME_NAMES, Facet, Wanted, place_of, time_bits
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.catalogue.tests.many_starts import make_many_starts
from kursvis.core import time
from kursvis.organisation.tests.factories import make_school

pytestmark = pytest.mark.django_db
S = CourseStartStatus


def found(typed: str, *, exact: bool = False) -> list[str]:
    """Return the names of the courses that words find, in order."""
    keys = search(Wanted(typed, exact), today=time.today()).courses
    return [starts_of(course.starts)[0].course.name for course in keys]


@pytest.fixture
def offered() -> None:
    school = make_school(name="Åsöskolan")
    for code, name, subject, text in (
        ("MATE1A00X", "Matematik, nivå 1a", "Matematik", "Algebra och funktioner."),
        ("SAMH1A00X", "Samhällskunskap, nivå 1a1", "Samhällskunskap", "Demokrati och ekonomi."),
        ("SVEA1000X", "Svenska som andraspråk, nivå 1", "Svenska som andraspråk", "Läsa och skriva."),
        ("VARO1000X", "Vård och omsorg 1", "Vård och omsorg", "Bra för dig som läst matematik."),
        ("MASK1000X", "Massage", "Massage", "Muskler."),
    ):
        course = make_course(code=code, name=name, subject_name=subject)
        make_course_start(school=school, course=course, description=text, place="Torget 1, Norrby")


MATHS, CIVICS, SECOND, CARE, MASSAGE = (
    "Matematik, nivå 1a", "Samhällskunskap, nivå 1a1", "Svenska som andraspråk, nivå 1", "Vård och omsorg 1", "Massage",
)  # fmt: skip


FINDS = (
    ("matte", [MATHS, CARE]),
    ("MATEMATIKEN", [MATHS, CARE]),
    ("matem", [MATHS, CARE]),
    ("kurser i matematik", [MATHS, CARE]),
    ("1a matematik", [MATHS]),
    ("mate1a00x", [MATHS]),
    ("e1A0", [MATHS]),
    ("kunskap", [CIVICS]),
    ("funktionerna", [MATHS]),
    ("sva", [SECOND]),
    ("nurse", [CARE]),
    ("usk", [CARE]),
    ("åsö matematik", [MATHS, CARE]),
    ("massage norrby", [MASSAGE]),
    ("asö", []),
    ("matematik engelska", []),
    ("&|!():*<->'\"\\ matematik", [MATHS, CARE]),
    ("99%", []),
    ("_", []),
    ("' OR 77=77 --", []),
    ("😀", []),
)


@pytest.mark.usefixtures("offered")
def test_words_codes_parts_and_synonyms_are_found_the_name_first() -> None:
    assert {typed: found(typed) for typed, _ in FINDS} == dict(FINDS)
    assert found("matte", exact=True) == []
    assert found("matematik", exact=True) == [MATHS, CARE]
    assert found("kunskap", exact=True) == []


def test_open_comes_first_then_what_opens_then_what_is_closed() -> None:
    today = time.today()
    closed = make_course_start(starts_on=today + timedelta(days=40), apply_by=today - timedelta(days=1))
    stopped = make_course_start(starts_on=today + timedelta(days=41), course=closed.course)
    CourseStart.objects.filter(pk=stopped.pk).update(stopped=True)
    sooner, later = (make_course_start(starts_on=today + timedelta(days=days)) for days in (60, 70))
    also = make_course_start(starts_on=today + timedelta(days=80), course=closed.course)
    courses = search(Wanted(), today=today).courses
    assert [c.starts for c in courses] == [[sooner.pk], [later.pk], [also.pk, closed.pk, stopped.pk]]


def test_only_what_is_published_and_to_come_is_found() -> None:
    start = make_course_start()
    for status in (S.DRAFT, S.SUBMITTED, S.HIDDEN, S.CANCELLED):
        CourseStart.objects.filter(pk=start.pk).update(status=status.value)
        assert search(Wanted(), today=time.today()).starts == 0
    CourseStart.objects.filter(pk=start.pk).update(status=S.PUBLISHED.value)
    assert search(Wanted(), today=start.starts_on - timedelta(days=1)).starts == 1
    assert search(Wanted(), today=start.starts_on).starts == 0


def _values(start: CourseStart) -> dict[Facet, set[str]]:
    """Return a start's value of each facet, computed by the rules."""
    today, dates = time.today(), {"starts_on": start.starts_on, "ends_on": start.ends_on}
    is_open = not start.stopped and start.round.period.opens_on <= today <= start.round.apply_by
    bits = time_bits(start.weekly_pattern)
    return {
        Facet.AUTHORITY: {str(start.authority.uuid)},
        Facet.LEVEL: {start.course.level},
        Facet.SUBJECT: {start.course.subject_name},
        Facet.STUDY_FORM: {start.study_form},
        Facet.PACE: {str(pace.pace(start.points, **dates))},
        Facet.TIME: {name for name, bit in TIME_NAMES.items() if bits & bit},
        Facet.MONTH: {start.starts_on.isoformat()[:7]},
        Facet.DAY: {start.starts_on.isoformat()},
        Facet.PLACE: {place_of(start.place)},
        Facet.SCHOOL: {str(start.school.uuid)},
        Facet.SEATS: {"ja"} if start.seats_left else set(),
        Facet.OPEN: {"ja"} if is_open else set(),
        Facet.COURSE: {start.course.code},
    }


def test_each_filters_counts_pass_over_its_own_choice_and_respect_the_others() -> None:
    """Compared with a count in Python, for random choices of random facets."""
    make_many_starts(150, seed=7)
    starts = list(CourseStart.objects.select_related("course", "school", "authority", "round__period"))
    values = {start.pk: _values(start) for start in starts}
    chance = Random(11)
    for _ in range(25):
        chosen = {}
        for facet in chance.sample(list(Facet), chance.choice((0, 1, 1, 2, 3))):
            there = sorted(set().union(*(value[facet] for value in values.values())))
            chosen[facet] = frozenset(chance.sample(there, min(len(there), chance.choice((1, 2, 3)))))
        answer = search(Wanted(chosen=chosen), today=time.today())

        def passes(key: int, *, but: Facet | None = None, of: dict[Facet, frozenset[str]] = chosen) -> bool:
            return all(facet is but or values[key][facet] & of[facet] for facet in of)

        assert {pk for course in answer.courses for pk in course.starts} == {pk for pk in values if passes(pk)}
        for facet in Facet:
            left = [pk for pk in values if passes(pk, but=facet)]
            counted = Counter(value for pk in left for value in values[pk][facet] if value)
            assert answer.counts.get(facet, {}) == counted, (facet, chosen)
            assert answer.without[facet] == len(left)
