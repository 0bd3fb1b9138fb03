"""A row as it was: what the log takes back, on the pure rule by the thousand, and on a student's record."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM
from kursvis.accounts.tests.factories import make_user
from kursvis.audit import queries, services
from kursvis.audit.models import Event
from kursvis.audit.rules import ANY_FIELD, Effect, Unknown, rewound
from kursvis.core import time
from kursvis.core.tests.sequences import IN_MAKE_TEST, NUMBER
from kursvis.organisation.tests.factories import make_authority
from kursvis.people import services as people
from kursvis.people.models import Student

COLUMNS = ("a", "b", "c")
STEPS = st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.integers(0, 3)), max_size=12)


@settings(max_examples=max(1000, NUMBER), derandomize=NUMBER == IN_MAKE_TEST)
@given(STEPS, st.sets(st.integers(0, 12)), st.booleans())
def test_each_earlier_state_comes_back_or_is_said_to_be_unknown(
    steps: list[dict[str, int]], erased: set[int], made: bool
) -> None:
    states, effects = [dict.fromkeys(COLUMNS, 0)], [Effect(is_creation=made)]
    for step in steps:
        states.append(states[-1] | step)
        effects.append(Effect(changed=frozenset(step), old={name: states[-2][name] for name in step}))
    lossy = [Effect(e.is_creation, e.changed) if number in erased else e for number, e in enumerate(effects)]
    for number, state in enumerate(states):
        assert rewound(states[-1], reversed(effects[number + 1 :])) == state
        seen = rewound(states[-1], reversed(lossy[number + 1 :]))
        assert seen is not None
        for name in COLUMNS:
            changes = [place for place in range(number + 1, len(effects)) if name in effects[place].changed]
            is_lost = bool(changes) and changes[0] in erased
            assert seen[name] == (Unknown.ERASED if is_lost else state[name])
    assert (rewound(states[-1], reversed(effects)) is None) == made


def test_what_was_recorded_before_changes_were_leaves_nothing_known() -> None:
    effects = [Effect(changed=frozenset({"a"}), old={"a": 1}), Effect(changed=frozenset({ANY_FIELD}))]
    assert rewound({"a": 2, "b": 3}, effects[:1]) == {"a": 1, "b": 3}
    assert rewound({"a": 2, "b": 3}, effects) == {"a": Unknown.ERASED, "b": Unknown.ERASED}


def _on(day: int) -> Any:
    return time.at_noon(date(2026, 3, 1) + timedelta(days=day))


def _student() -> Student:
    student = people.ensure_student(
        user=make_user(),
        authority=make_authority(),
        by=SYSTEM,
        now=_on(1),
        email="a@x.example",
    )
    for day, email in ((3, "b@x.example"), (5, "c@x.example")):
        people.update_contact(student=student, by=SYSTEM, now=_on(day), email=email, locality=f"Ort {day}")
    return student


@pytest.mark.django_db
def test_a_students_record_as_it_was_on_a_day(django_assert_num_queries: Any) -> None:
    student = _student()

    def told(day: int, *, seconds: int = 0) -> Any:
        was = queries.as_on(student, _on(day) + timedelta(seconds=seconds))
        return was and (was["email"], was["locality"], was["birth_date"], was["authority_id"])

    here = (student.birth_date, student.authority_id)
    assert told(1, seconds=-1) is None
    assert told(1) == told(3, seconds=-1) == ("a@x.example", "", *here)
    assert told(3) == told(5, seconds=-1) == ("b@x.example", "Ort 3", *here)
    assert told(5) == told(99) == ("c@x.example", "Ort 5", *here)
    with django_assert_num_queries(3):
        told(2)


@pytest.mark.django_db
def test_erased_details_are_unknown_and_readings_hide_nothing() -> None:
    student = _student()
    people.opened(student=student, reason="Samtal", by=SYSTEM, now=_on(4))
    first = Event.objects.get(verb="student.contact_changed", at=_on(3))
    services.erase(events=Event.objects.filter(pk=first.pk) | Event.objects.filter(at=_on(4)), by=SYSTEM, now=_on(9))
    before, after = queries.as_on(student, _on(2)), queries.as_on(student, _on(4))
    assert before is not None and after is not None
    assert (before["email"], before["locality"], before["phone"]) == (Unknown.ERASED, Unknown.ERASED, "")
    assert (after["email"], after["locality"]) == ("b@x.example", "Ort 3")
    assert queries.as_on(student, _on(0)) is None
