"""The steps of a bulk run: make, start, stop, take back (people); look through and write in chunks (the worker)."""

from kursvis.work.services.chunks import carry_out_chunk, prepare_chunk, resume, undo_chunk
from kursvis.work.services.runs import create, start, stop, undo

__all__ = ["carry_out_chunk", "create", "prepare_chunk", "resume", "start", "stop", "undo", "undo_chunk"]
