"""The rules of letters."""

import pytest

from kursvis.letters.rules import address_for


@pytest.mark.parametrize(
    "email, is_protected, address",
    [("elev@example.org", False, "elev@example.org"), ("elev@example.org", True, ""), ("", False, "")],
)
def test_a_protected_persons_letters_never_go_by_email(email: str, is_protected: bool, address: str) -> None:
    assert address_for(email, is_protected=is_protected) == address
