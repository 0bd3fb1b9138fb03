"""State diagrams from the transition tables, as Mermaid text."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from kursvis.core.wording import label


def state_diagram(table: Mapping[Any, frozenset[Any]], kind: str) -> str:
    """Return a Mermaid state diagram of a transition table, with the labels people see."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value} : {label(kind, state).text}" for state in table]
    first: StrEnum = next(iter(table))
    lines.append(f"    [*] --> {first.value}")
    for old, news in table.items():
        lines += [f"    {old.value} --> {new.value}" for new in sorted(news)]
        if not news:
            lines.append(f"    {old.value} --> [*]")
    return "\n".join([*lines, "```"])
