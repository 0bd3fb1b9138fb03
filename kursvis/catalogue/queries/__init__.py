"""Reading the offer, the rounds and the register: one module a sub-process."""

from kursvis.catalogue.queries.offer import get_for, get_published, published, readable_by

__all__ = ["get_for", "get_published", "published", "readable_by"]
