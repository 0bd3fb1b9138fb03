"""Importing an offer from a file: sent, read, looked through, imported, taken back, erased (issue R11, ADR 22)."""

from kursvis.catalogue.services.imports.applying import apply_rows, take_rows_back
from kursvis.catalogue.services.imports.erasing import erase_files
from kursvis.catalogue.services.imports.files import RUN, look_through, refused_rows, table_in, upload
from kursvis.catalogue.services.imports.judging import look_at

__all__ = [
    "RUN",
    "apply_rows",
    "erase_files",
    "look_at",
    "look_through",
    "refused_rows",
    "table_in",
    "take_rows_back",
    "upload",
]
