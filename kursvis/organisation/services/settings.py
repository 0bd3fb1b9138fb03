"""What a municipality decides: a new value counts from a day, and what has been is kept."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority, SettingValue
from kursvis.organisation.queries.settings import settings_of
from kursvis.organisation.rules import settings as rules
from kursvis.organisation.rules.settings import Setting


@transaction.atomic
def set_value(
    *, authority: Authority, setting: Setting, value: int, starts_on: date, by: Actor, now: datetime
) -> SettingValue:
    """Let a value count from a day; one that was to count from the same day is replaced.

    Raises `Refused` for a value outside its limits, and a day that has been.
    """
    refuse_if(rules.against_value(setting, value) + rules.against_first_day(starts_on, today=swedish_date(now)))
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    before = settings_of(authority.pk, on=starts_on)[setting]
    row, _is_new = SettingValue.objects.update_or_create(
        authority=authority, setting=setting.value, starts_on=starts_on, defaults={"value": value}
    )
    _record("setting.set", row, by=by, now=now, value=[before, value])
    return row


@transaction.atomic
def take_back_value(*, row: SettingValue, by: Actor, now: datetime) -> None:
    """Take back a value that has not begun to count; what counted before goes on.

    Raises `Refused` when it has begun.
    """
    refuse_if(rules.against_taking_back(row.starts_on, today=swedish_date(now)))
    _record("setting.taken_back", row, by=by, now=now, value=[row.value, None])
    SettingValue.objects.filter(pk=row.pk).delete()


def _record(verb: str, row: SettingValue, *, by: Actor, now: datetime, **detail: Any) -> None:
    audit.record(
        verb=verb,
        by=by,
        subject=row,
        authority_id=row.authority_id,
        now=now,
        setting=row.setting,
        starts_on=row.starts_on,
        **detail,
    )
