"""What the documents of both forms say in the same words."""

from collections.abc import Iterable
from typing import Any


def prior_knowledge(alternatives: Iterable[Iterable[Any]]) -> str:
    """Return what a course builds on, in words: "A och B eller C"; empty when it builds on nothing."""
    return " eller ".join(
        " och ".join(str(row.required) if row.required else row.note for row in together) for together in alternatives
    )
