"""Notes which texts are looked up while a page is rendered in English, and which of them have no English."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils.translation import trans_real

from tests.language import texts
from tests.language.catalogue import read


def translated() -> frozenset[str]:
    """Return the texts that have their English."""
    return frozenset(entry.msgid for entry in read().translated_entries())


@contextmanager
def noted() -> Iterator[set[str]]:
    """Give a set that fills with the program's own texts that are looked up in English meanwhile."""
    looked_up: set[str] = set()
    own = texts.everything()

    def spied(original: Any) -> Any:
        def look_up(self: Any, message: str, *others: Any) -> Any:
            if self.language() == "en" and message in own:
                looked_up.add(message)
            return original(self, message, *others)

        return look_up

    with pytest.MonkeyPatch.context() as patch:
        for name in ("gettext", "ngettext"):
            patch.setattr(trans_real.DjangoTranslation, name, spied(getattr(trans_real.DjangoTranslation, name)), False)
        yield looked_up
