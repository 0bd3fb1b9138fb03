"""How often one address may try, whoever it tries to be."""

from django.http import HttpRequest

from kursvis.accounts.rules.locks import Limit
from kursvis.core import rate_limits


def may_try(request: HttpRequest, kind: str, limit: Limit) -> bool:
    """Count one more try from where the request comes; say whether it is within the limit."""
    return rate_limits.hit(kind, rate_limits.sender_of(request), within=limit.within) <= limit.most


def was_good(request: HttpRequest, kind: str) -> None:
    """Take back the try: only failures count, since a whole school may stand behind one address."""
    rate_limits.give_back(kind, rate_limits.sender_of(request))
