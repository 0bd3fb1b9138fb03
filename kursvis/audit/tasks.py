"""The worker's part of the log: it seals, and tells each day how far."""

import logging
from datetime import date

from kursvis.audit import queries, services
from kursvis.core import time
from kursvis.core.jobs import each_day, every_five_minutes

logger = logging.getLogger(__name__)


@every_five_minutes("audit.seal")
def seal() -> None:
    """Seal what has been committed."""
    services.seal(now=time.now())


@each_day("audit.tell_head")
def tell_head(day: date) -> None:
    """Tell the head of the chain in the worker's log, which stands elsewhere: the log cannot then be made anew."""
    logger.info("audit head %s", queries.head() or "none")
