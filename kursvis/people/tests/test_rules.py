"""Who may open a person's data."""

import pytest

from kursvis.people.rules import against_opening

NOT_NAMED, NO_REASON = "people.not_a_named_reader", "people.reason_missing"


@pytest.mark.parametrize(
    ("protected", "own", "named", "reason", "codes"),
    [
        (False, False, False, "", []),
        (True, True, False, "", []),
        (True, False, True, "Kallelse ska skrivas om", []),
        (True, False, True, "  ", [NO_REASON]),
        (True, False, False, "Kallelse ska skrivas om", [NOT_NAMED]),
        (True, False, False, "", [NOT_NAMED, NO_REASON]),
    ],
)
def test_opening(protected: bool, own: bool, named: bool, reason: str, codes: list[str]) -> None:
    reasons = against_opening(is_protected=protected, is_own=own, is_named_reader=named, reason=reason)
    assert [reason.code for reason in reasons] == codes
