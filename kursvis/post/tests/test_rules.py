"""The rules of the outbox."""

import pytest

from kursvis.core.transitions import may_move
from kursvis.post.rules import (
    TRANSITIONS,
    Channel,
    MessageStatus,
    against_headers,
    against_printing,
    against_resending,
)


@pytest.mark.parametrize("header", ["Hej\nBcc: alla@example.org", "Hej\rTo: x", "Hej\r\nX: y", "a\0b"])
def test_a_line_break_in_a_header_is_refused(header: str) -> None:
    assert [reason.code for reason in against_headers("Hej", header)] == ["post.line_break_in_header"]


def test_plain_headers_are_accepted() -> None:
    assert against_headers("Åke Öst", "ake@example.org", "Kallelse – nivå 1a") == []


@pytest.mark.parametrize(
    "channel, status, code",
    [
        (Channel.EMAIL, MessageStatus.QUEUED, "post.is_not_for_print"),
        (Channel.PRINT, MessageStatus.SENT, "post.wrong_state"),
    ],
)
def test_only_a_queued_print_is_printed(channel: Channel, status: MessageStatus, code: str) -> None:
    assert [reason.code for reason in against_printing(channel, status)] == [code]
    assert against_printing(Channel.PRINT, MessageStatus.QUEUED) == []


def test_only_a_failed_message_is_sent_again() -> None:
    assert [status for status in MessageStatus if not against_resending(status)] == [MessageStatus.FAILED]
    assert not may_move(TRANSITIONS, MessageStatus.SENT, MessageStatus.QUEUED)
