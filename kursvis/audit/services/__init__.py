"""Writing the log, sealing it, and erasing what it tells of persons."""

from kursvis.audit.services.erasing import erase
from kursvis.audit.services.recording import event_of, record, record_many
from kursvis.audit.services.sealing import seal

__all__ = ["erase", "event_of", "record", "record_many", "seal"]
