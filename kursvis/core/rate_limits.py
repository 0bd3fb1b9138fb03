"""How often something may be tried, counted in the database so that every web process agrees.

A number of tries belongs to a kind ("login") and a value (a typed name, an address); only a keyed hash of both is kept.
The period begins with the first try and follows real time, whatever day the demo is on.
"""

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kursvis.core import time
from kursvis.core.models import RateLimit

_BEGIN_OR_COUNT = """
INSERT INTO core_ratelimit AS kept (key, count, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN kept.ends_at <= %(now)s THEN 1 ELSE kept.count + 1 END,
    ends_at = CASE WHEN kept.ends_at <= %(now)s THEN excluded.ends_at ELSE kept.ends_at END
RETURNING count
"""
_GIVE_BACK = "UPDATE core_ratelimit SET count = count - 1 WHERE key = %s AND count > 0"
_ONE_HOME = 64
"""One subscriber of IPv6 has at least a network of this prefix to choose addresses from."""


def hit(kind: str, value: str, *, within: timedelta) -> int:
    """Count one more try, and return which one of its period it is: of two at once, one is first.

    Count before the try, not after it; then no number of simultaneous tries exceeds the limit.
    """
    now = time.real_now()
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN_OR_COUNT, {"key": _key(kind, value), "now": now, "ends_at": now + within})
        tries: int = cursor.fetchone()[0]
    return tries


def tries_of(kind: str, value: str) -> int:
    """Return how many tries the period that runs has seen."""
    row = RateLimit.objects.filter(key=_key(kind, value), ends_at__gt=time.real_now()).first()
    return row.count if row else 0


def give_back(kind: str, value: str) -> None:
    """Take back one try: it was a good one, which nobody counts."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [_key(kind, value)])


def forget(kind: str, value: str) -> None:
    """Begin anew."""
    RateLimit.objects.filter(key=_key(kind, value)).delete()


def forget_old() -> int:
    """Remove what has run out; return how many."""
    return RateLimit.objects.filter(ends_at__lte=time.real_now()).delete()[0]


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from.

    An IPv4 address that a socket of both kinds has put in IPv6 is itself: else all of them would be one sender.

    A proxy's word counts only where the installation has one (`KURSVIS_BEHIND_PROXY`), and then the last one that it
    added: what stands before it, anybody can send.
    """
    said = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return said.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def sender_of(request: HttpRequest) -> str:
    """Return where a request comes from, to count by: an address, of IPv6 the subscriber's network."""
    address = address_of(request)
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    inside = parsed.ipv4_mapped
    return str(inside or ip_network((parsed, _ONE_HOME), strict=False))


def _key(kind: str, value: str) -> str:
    return salted_hmac("kursvis.core.rate_limits", f"{kind}:{value}", algorithm="sha256").hexdigest()
