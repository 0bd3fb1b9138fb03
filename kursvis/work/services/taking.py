"""Taking a step for the rows of a chunk: all together where the kind can, else each behind a savepoint of its own."""

import logging
from collections.abc import Callable, Iterable, Mapping

from django.db import OperationalError, transaction

from kursvis.core.reasons import Reason, Refused
from kursvis.work import rules
from kursvis.work.kinds import Outcome, Rows
from kursvis.work.models import RunRow
from kursvis.work.rules import RowStatus

logger = logging.getLogger(__name__)


def take_together(
    rows: list[RunRow],
    subjects: Rows,
    step: Callable[[list[RunRow]], Mapping[int, Outcome]] | None,
    went: RowStatus,
    not_went: RowStatus,
) -> bool:
    """Take a step for the whole chunk behind one savepoint; say whether it went. If not, nothing was written."""
    if step is None:
        return False
    try:
        with transaction.atomic():
            outcomes = step([row for row in rows if row.subject_id in subjects])
    except OperationalError:
        raise
    except Exception:
        logger.warning("A chunk did not go together; it is gone through row by row", exc_info=True)
        return False
    for row in rows:
        outcome = outcomes.get(row.subject_id, [Reason("work.gone")])
        mark(row, went, not_went, outcome if isinstance(outcome, list) else [])
        row.undo = outcome if isinstance(outcome, dict) and went is RowStatus.DONE else row.undo
    save(rows)
    return True


def take(rows: Iterable[RunRow], step: Callable[[RunRow], None], went: RowStatus, not_went: RowStatus) -> None:
    """Take a step for each row behind a savepoint of its own: a row that is refused, or fails, stops no other."""
    rows = list(rows)
    for row in rows:
        try:
            with transaction.atomic():
                step(row)
            mark(row, went, not_went, [])
        except Refused as refusal:
            mark(row, went, not_went, list(refusal.reasons))
        except OperationalError:  # a deadlock or a lost connection: the whole chunk is done again by its job
            raise
        except Exception:
            logger.exception("Run %s, row %s", row.run_id, row.position)
            mark(row, went, not_went, [Reason("work.failed")])
    save(rows)


def mark(row: RunRow, went: RowStatus, not_went: RowStatus, reasons: list[Reason]) -> None:
    """Set how it went for a row: not, when there are reasons."""
    row.status = (not_went if reasons else went).value
    row.reasons = rules.stored(reasons)


def save(rows: list[RunRow]) -> None:
    """Write the marks of the rows."""
    RunRow.objects.bulk_update(rows, ["status", "reasons", "undo"])
