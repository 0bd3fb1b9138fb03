"""What a municipality has decided, on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from kursvis.organisation.models import SettingValue
from kursvis.organisation.rules.settings import Setting, Values, values_on


def settings_of(authority_id: int, *, on: date) -> Values:
    """Return every setting of an authority on a day, for one query."""
    return values_of([authority_id], on=on)[authority_id]


def values_of(authority_ids: Iterable[int], *, on: date) -> dict[int, Values]:
    """Return every setting of each authority on a day, for one query."""
    wanted = list(authority_ids)
    rows: dict[int, list[tuple[Setting, int, date]]] = defaultdict(list)
    stored = SettingValue.objects.filter(authority_id__in=wanted, starts_on__lte=on)
    for authority_id, setting, value, first in stored.values_list("authority_id", "setting", "value", "starts_on"):
        rows[authority_id].append((Setting(setting), value, first))
    return {authority_id: values_on(rows[authority_id], day=on) for authority_id in wanted}
