"""People who come at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kursvis.access.actors import SYSTEM
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import make_user
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority
from kursvis.people import services
from kursvis.people.models import Student


@pytest.mark.usefixtures("committed")
def test_eight_first_applications_at_once_give_one_record_each() -> None:
    authority, users = make_authority(), [make_user() for _ in range(4)]

    def run(user: User) -> int:
        try:
            return services.ensure_student(user=user, authority=authority, now=time.now(), by=SYSTEM).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(run, users * 2))
    assert len(set(made)) == Student.objects.count() == 4
    assert sorted(Student.objects.values_list("alias_number", flat=True)) == [1, 2, 3, 4]
