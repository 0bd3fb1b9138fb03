"""Several people who press at the same moment, each on her own connection. For tests with `committed`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from kursvis.core.reasons import Refused

AT_ONCE = 8


def race(step: Callable[[int], object]) -> list[str]:
    """Run the step in eight threads at once; return "won" or the first reason's code for each, sorted."""
    start = Barrier(AT_ONCE)

    def run(number: int) -> str:
        start.wait(timeout=20)
        return told(lambda: step(number))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(run, range(AT_ONCE)))


def told(step: Callable[[], object]) -> str:
    """Take the step in this thread and let its connections go; return "won", or the first reason's code."""
    try:
        step()
    except Refused as refusal:
        return refusal.reasons[0].code
    finally:
        connections.close_all()
    return "won"
