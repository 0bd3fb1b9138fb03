"""Why something may not be done. Pure: no Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One reason against a step: a code, and the values that its sentence names.

    The Swedish sentence of each code stands in the `wording.py` of the process that the code begins with.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), hash=False)


class Refused(Exception):
    """A step was not done; nothing was changed. Carries every reason."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


def refuse_if(reasons: list[Reason]) -> None:
    """Raise `Refused` with the reasons, if there are any."""
    if reasons:
        raise Refused(*reasons)
