"""People who come at the same moment."""

import pytest

from kursvis.access.actors import SYSTEM
from kursvis.accounts.tests.factories import make_user
from kursvis.core import time
from kursvis.core.tests.races import race
from kursvis.organisation.tests.factories import make_authority
from kursvis.people import services
from kursvis.people.models import Student


@pytest.mark.usefixtures("committed")
def test_eight_first_applications_at_once_give_one_record_each() -> None:
    authority, users = make_authority(), [make_user() for _ in range(4)] * 2
    made = []
    race(
        lambda number: made.append(
            services.ensure_student(user=users[number], authority=authority, now=time.now(), by=SYSTEM).pk
        )
    )
    assert len(made) == 8 and len(set(made)) == Student.objects.count() == 4
    assert sorted(Student.objects.values_list("alias_number", flat=True)) == [1, 2, 3, 4]
