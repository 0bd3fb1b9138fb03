"""The demo's mailbox: how much it keeps, and which links in a text lead into the demo itself."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

KEPT = 500
"""The newest are kept; a demo that runs for long does not grow."""

_ADDRESS = re.compile(r"https?://\S+?(?=[.,;:!?)]*(?:\s|$))")


@dataclass(frozen=True)
class Part:
    """A piece of a text: plain, or (with a path) a link to a page of the demo."""

    text: str
    path: str = ""


def parts(body: str, *, address: str) -> list[Part]:
    """Divide a text at its links to the host of `address`. What leads to another host stays plain text."""
    found, read = [], 0
    for match in _ADDRESS.finditer(body):
        path = _path(match.group(), host=urlsplit(address).hostname)
        if path:
            found += [Part(body[read : match.start()]), Part(match.group(), path)]
            read = match.end()
    return [part for part in (*found, Part(body[read:])) if part.text]


def _path(link: str, *, host: str | None) -> str:
    """Return the path of a link to the host, or nothing. A path of two slashes would lead to another host."""
    try:
        split = urlsplit(link)
    except ValueError:
        return ""
    if split.hostname != host or not split.path.startswith("/") or split.path.startswith("//"):
        return ""
    return split.path + (f"?{split.query}" if split.query else "")
