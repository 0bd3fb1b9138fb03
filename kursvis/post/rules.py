"""The outbox: channels and states. Knows addresses, not persons."""

from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.core.transitions import may_move


class Channel(StrEnum):
    """How something is delivered."""

    EMAIL = "email"
    PRINT = "print"
    PROTECTED = "protected"


def channel_for(address: str, *, sealed: bool) -> Channel:
    """Return how a message goes: by e-mail where there is an address, else on paper; sealed paper by its own route."""
    if address:
        return Channel.EMAIL
    return Channel.PROTECTED if sealed else Channel.PRINT


class MessageStatus(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


TRANSITIONS = {
    MessageStatus.QUEUED: frozenset({MessageStatus.SENT, MessageStatus.FAILED}),
    MessageStatus.FAILED: frozenset({MessageStatus.QUEUED}),
    MessageStatus.SENT: frozenset[MessageStatus](),
}


def against_headers(*headers: str) -> list[Reason]:
    """Return a reason when a text that becomes a mail header holds a line break: it could forge further headers."""
    broken = any(character in header for header in headers for character in "\r\n\0")
    return [Reason("post.line_break_in_header")] if broken else []


def against_printing(channel: Channel, status: MessageStatus) -> list[Reason]:
    """Return every reason why a message may not be marked as printed and posted."""
    if channel is Channel.EMAIL:
        return [Reason("post.is_not_for_print")]
    if not may_move(TRANSITIONS, status, MessageStatus.SENT):
        return [Reason("post.wrong_state", {"state": ("message", status)})]
    return []


def against_resending(status: MessageStatus) -> list[Reason]:
    """Return every reason why a message may not be put in the queue again: only one that failed is."""
    if may_move(TRANSITIONS, status, MessageStatus.QUEUED):
        return []
    return [Reason("post.wrong_state", {"state": ("message", status)})]
