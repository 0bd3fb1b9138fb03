"""The OpenID provider of the demo's municipality, as a process of its own, for tests."""

import signal
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from runner.child import spawn, stop
from runner.directory import NEW_PERSON, command
from runner.location import PROJECT


@contextmanager
def run_provider(people: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Run it on a free port, with these people (what it calls them, their names); return its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    process = spawn(command(port, [*people, NEW_PERSON]), folder=PROJECT, output=-3)
    issuer = f"http://127.0.0.1:{port}"
    try:
        _wait_for(issuer)
        yield issuer
    finally:
        stop(process, signal.SIGTERM, 5, signal.SIGKILL)


def _wait_for(issuer: str) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            httpx.get(f"{issuer}/.well-known/openid-configuration", trust_env=False).raise_for_status()
            return
        except httpx.HTTPError:
            assert time.monotonic() < until, "the provider did not start"
            time.sleep(0.1)
