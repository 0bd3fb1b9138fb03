"""Eight at once: exactly one wins, and the others are told."""

import pytest

from kursvis.core.tests.races import AT_ONCE, race
from kursvis.grades import services
from kursvis.grades.models import Catalogue, CatalogueEntry, Grade, GradeStep
from kursvis.grades.rules import CatalogueStatus
from kursvis.grades.tests.factories import Classroom, make_catalogue, make_grade
from kursvis.merits.models import Result

pytestmark = pytest.mark.usefixtures("committed")


def test_locking_one_grade() -> None:
    room = Classroom()
    grade = make_grade(room)
    seen = [Grade.objects.get(pk=grade.pk) for _ in range(AT_ONCE)]
    teacher, now = room.teacher, room.on_end()
    results = race(lambda number: services.lock(grade=seen[number], end_moved_to=None, by=teacher, now=now))
    assert results == ["grades.already_locked"] * (AT_ONCE - 1) + ["won"]
    assert GradeStep.objects.filter(grade=grade, verb="locked").count() == 1
    assert Result.objects.filter(source_id=grade.pk, withdrawn_at=None).count() == 1


def test_making_one_catalogue() -> None:
    room = Classroom()
    grade = make_grade(room)
    teacher, now = room.teacher, room.on_end()
    services.lock(grade=grade, end_moved_to=None, by=teacher, now=now)
    results = race(lambda _number: services.create_catalogue(group=room.group, by=teacher, now=now))
    assert results == ["grades.nothing_to_print"] * (AT_ONCE - 1) + ["won"]
    assert CatalogueEntry.objects.filter(grade=grade, valid=True).count() == 1


def test_catalogues_of_many_groups_get_each_their_number() -> None:
    rooms = [Classroom()]
    rooms += [Classroom(office=rooms[0].office) for _ in range(AT_ONCE - 1)]
    for room in rooms:
        services.lock(grade=make_grade(room), end_moved_to=None, by=room.teacher, now=room.on_end())
    teachers = [room.teacher for room in rooms]
    results = race(
        lambda number: services.create_catalogue(
            group=rooms[number].group, by=teachers[number], now=rooms[number].on_end()
        )
    )
    assert results == ["won"] * AT_ONCE
    assert sorted(Catalogue.objects.values_list("number", flat=True)) == list(range(1, AT_ONCE + 1))


def test_approving_and_unlocking_at_once_leave_no_approved_catalogue_with_an_open_grade() -> None:
    room = Classroom()
    catalogue = make_catalogue(room, status=CatalogueStatus.RECEIVED, values=("C", "D"))
    grade = catalogue.entries.order_by("pk").first().grade
    registrar, now = room.registrar, room.on_end(4)

    def step(number: int) -> None:
        if number % 2:
            services.approve(catalogue=catalogue, by=registrar, now=now)
        else:
            services.unlock(grade=grade, reason="Fel", by=registrar, now=now)

    results = race(step)
    assert results.count("won") in (1, 2)
    grade.refresh_from_db()
    catalogue.refresh_from_db()
    assert (grade.status, catalogue.status) == ("set", "replaced")
