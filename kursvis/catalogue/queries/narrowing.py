"""What a list of course starts is narrowed to, as the address says."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Narrowing:
    """What a list of course starts is narrowed to; None and "" narrow nothing."""

    text: str = ""
    status: str = ""
    level: str = ""
    study_form: str = ""
    authority: UUID | None = None
    school: UUID | None = None
    round: UUID | None = None
    starts_on: date | None = None
    ended_too: bool = False
    starts_from: date | None = None
    sent_back: str = ""
    course: str = ""
    lacks_agreement: bool = False
    late: bool = False
    incomplete: bool = False

    def without_status(self) -> "Narrowing":
        """Return the same without the state, to count what stands in each."""
        return replace(self, status="")

    def coming_late(self) -> "Narrowing":
        """Return the same for what came in late only, to count it."""
        return replace(self, late=True)

    def lacking_agreement(self) -> "Narrowing":
        """Return the same for what lacks an agreement only, to count it."""
        return replace(self, lacks_agreement=True)

    def lacking_something(self) -> "Narrowing":
        """Return the same for what does not tell an applicant everything, to count it."""
        return replace(self, incomplete=True)
