"""The whole address of a page, for what is read outside the pages: an e-mail, a paper."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return a page's address on this installation (`KURSVIS_ADDRESS`), without a request: the worker has none."""
    return f"{settings.ADDRESS}{path}"
