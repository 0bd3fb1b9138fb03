"""The whole address of a page."""

from typing import Any

from kursvis.core.address import absolute


def test_an_address_needs_no_request(settings: Any) -> None:
    settings.ADDRESS = "https://kursvis.example.se"
    assert absolute("/lank/abc/") == "https://kursvis.example.se/lank/abc/"
