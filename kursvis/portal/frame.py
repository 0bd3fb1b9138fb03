"""What the frame around every page shows: navigation by process, who is logged in, the demo's date."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame for templates, or nothing when nobody is logged in."""
    return {}
