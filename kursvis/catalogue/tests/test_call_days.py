"""The day of the call follows from what the municipality has decided for the day of the start."""

from datetime import timedelta

import pytest

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.tests.factories import make_round
from kursvis.core import time
from kursvis.organisation.rules.settings import Setting
from kursvis.organisation.services import settings
from kursvis.organisation.tests.factories import make_authority

pytestmark = pytest.mark.django_db


def test_a_new_number_of_days_counts_for_starts_from_its_day_on() -> None:
    authority, first = make_authority(), time.today() + timedelta(days=100)
    settings.set_value(
        authority=authority, setting=Setting.CALL_DAYS, value=21, starts_on=first, by=SYSTEM, now=time.now()
    )
    before = make_round(authority=authority, starts_on=first - timedelta(days=1))
    after = make_round(authority=authority, starts_on=first)
    elsewhere = make_round(authority=make_authority(), starts_on=first)
    days = [(found.starts_on - found.call_by).days for found in (before, after, elsewhere)]
    assert days == [14, 21, 14]
