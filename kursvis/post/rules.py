"""The outbox: channels and states. Knows addresses, not persons."""

from enum import StrEnum


class Channel(StrEnum):
    """How something is delivered."""

    EMAIL = "email"
    PRINT = "print"


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
