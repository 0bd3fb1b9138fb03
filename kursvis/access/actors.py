"""Who acts, as every layer sees it. Pure: no Django, no database."""

from dataclasses import dataclass
from typing import Protocol

from kursvis.access.rules import ROLES, Action, Permission, Role


class Actor(Protocol):
    """Somebody (or the system itself) who reads and does."""

    @property
    def user_id(self) -> int | None: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def shows_inactive(self) -> bool:
        """Say whether lists and pickers show what is no longer in force too (*Visa inaktiva*, R09)."""

    @property
    def held(self) -> "tuple[Held, ...]":
        """Return the roles that are held today, each with its unit."""

    @property
    def confirmed(self) -> frozenset[Action]:
        """Return the kinds of steps for which she has just shown anew who she is (R06)."""

    def holds(self, permission: Permission, *, authority_id: int | None = None, school_id: int | None = None) -> bool:
        """Say whether the permission is held at the school, at its authority, or (neither given) anywhere."""

    def authorities(self, permission: Permission) -> frozenset[int]:
        """Return the authorities where the permission is held for every school."""

    def schools(self, permission: Permission) -> frozenset[int]:
        """Return the schools where the permission is held by a role at that school."""


@dataclass(frozen=True)
class Held:
    """A role that is held today, at an authority or at one school of it."""

    role: Role
    authority_id: int
    school_id: int | None = None
    unit: str = ""


@dataclass(frozen=True)
class Person:
    """A user with the roles that she holds today. Without roles she is a student or an applicant."""

    user_id: int | None
    name: str
    held: tuple[Held, ...] = ()
    shows_inactive: bool = False
    confirmed: frozenset[Action] = frozenset()

    def authorities(self, permission: Permission) -> frozenset[int]:
        """Return the authorities where the permission is held for every school."""
        return frozenset(h.authority_id for h in self.held if h.school_id is None and permission in ROLES[h.role])

    def schools(self, permission: Permission) -> frozenset[int]:
        """Return the schools where the permission is held by a role at that school."""
        return frozenset(h.school_id for h in self.held if h.school_id is not None and permission in ROLES[h.role])

    def holds(self, permission: Permission, *, authority_id: int | None = None, school_id: int | None = None) -> bool:
        """Say whether the permission is held at the school, at its authority, or (neither given) anywhere."""
        if authority_id is None and school_id is None:
            return any(permission in ROLES[h.role] for h in self.held)
        return authority_id in self.authorities(permission) or school_id in self.schools(permission)

    def roles(self) -> frozenset[Role]:
        """Return the roles held anywhere."""
        return frozenset(h.role for h in self.held)

    @property
    def is_staff(self) -> bool:
        """Say whether any role is held."""
        return bool(self.held)


NOBODY = Person(user_id=None, name="")
SYSTEM = Person(user_id=None, name="Kursvis", confirmed=frozenset(Action))
"""Who acts when a timed task does, or who stands at the machine: nobody asks it who it is."""
