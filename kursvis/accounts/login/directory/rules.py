"""What an answer from a municipality's directory must be, whom it may let in, and what may be set up.

Sources: OpenID Connect Core 1.0 (sections 3.1.2, 3.1.3.7 and 2), RFC 9207 (the issuer in the answer).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from kursvis.core.reasons import Reason

ANSWERED_WITHIN = timedelta(minutes=10)
"""How long somebody may take at the directory before she begins anew."""
CLOCKS_DIFFER = timedelta(seconds=60)
"""How much the directory's clock may differ from ours, for how long a token holds."""
LOGIN_LEEWAY = timedelta(seconds=10)
"""The same for a login that must be new: an older one than this is an old one."""
DENIED = frozenset({"access_denied", "login_required", "interaction_required", "consent_required"})
"""What a directory says where the person, or the directory itself, has said no. All else is a fault of the set-up."""
FAULTS = frozenset(
    {
        "accounts.directory_unreachable",
        "accounts.directory_failed",
        "accounts.directory_set_up_wrong",
        "accounts.directory_untrusted",
        "accounts.directory_tells_no_name",
    }
)
"""What neither the person nor her browser has done: the page says so with status 502."""
_LOCAL = ("127.0.0.1", "localhost", "::1")

UNKNOWN = frozenset({"accounts.directory_unknown_name", "accounts.directory_no_role"})
"""Somebody whom the directory knows, but not we: she is told whom to ask."""


class NamedBy(StrEnum):
    """Which claim of the ID token says who somebody is. The value is the claim's own name."""

    SUBJECT = "sub"
    USER_NAME = "preferred_username"
    EMAIL = "email"


@dataclass(frozen=True)
class Asked:
    """What a browser has asked a directory, kept in its session until the one answer that it gets."""

    directory: str
    state: str
    nonce: str
    verifier: str
    asked_at: datetime
    next: str = ""
    action: str = ""
    """The kind of step that is to be confirmed; nothing at a login."""


def against_answer(
    asked: Asked | None, *, directory: str, state: str, told_issuer: str, issuer: str, now: datetime
) -> list[Reason]:
    """Return why an answer is no answer to what this browser asked. Each is answered once: `asked` is gone then."""
    if asked is None or not state or (asked.directory, asked.state) != (directory, state):
        return [Reason("accounts.directory_not_asked")]
    if told_issuer and told_issuer != issuer:
        return [Reason("accounts.directory_not_asked")]
    if not timedelta(0) <= now - asked.asked_at <= ANSWERED_WITHIN:
        return [Reason("accounts.directory_too_late")]
    return []


def reason_of_error(error: str) -> Reason:
    """Return what an error code of the directory means to the person."""
    return Reason("accounts.directory_denied" if error in DENIED else "accounts.directory_failed")


def against_old_login(auth_time: object, *, asked_at: datetime, now: datetime) -> list[Reason]:
    """Return why an answer does not show that she logged in anew: the directory does not say when, or says long ago.

    `auth_time` is the claim: seconds since 1970, of which whoever sent the token may have written anything.
    """
    if not isinstance(auth_time, int | float) or isinstance(auth_time, bool):
        return [Reason("accounts.directory_tells_no_time")]
    earliest, latest = (asked_at - LOGIN_LEEWAY).timestamp(), (now + LOGIN_LEEWAY).timestamp()
    # Whole seconds: 12:00:05.9 is told as 12:00:05.
    return [] if int(earliest) <= auth_time <= latest else [Reason("accounts.directory_old_login")]


@dataclass(frozen=True)
class NamedFacts:
    """The person whom a name in a directory belongs to here."""

    user_id: int
    personnummer: str
    works_here: bool
    works_elsewhere: bool


def against_person(named: NamedFacts | None, *, name: str, personnummer: str = "") -> list[Reason]:
    """Return why somebody whom the directory has vouched for, by a name, does not come in.

    `personnummer` is what the directory said of her, if anything: it must not be another's. A directory opens what
    belongs to its own municipality; who works for another one too comes in another way.
    """
    if not name:
        return [Reason("accounts.directory_tells_no_name")]
    if named is None:
        return [Reason("accounts.directory_unknown_name", {"name": name})]
    if personnummer and named.personnummer and personnummer != named.personnummer:
        return [Reason("accounts.directory_another_person")]
    if not named.works_here:
        return [Reason("accounts.directory_no_role")]
    return [Reason("accounts.directory_works_elsewhere")] if named.works_elsewhere else []


def against_another(named_id: int | None, *, user_id: int | None) -> list[Reason]:
    """Return why a new login at the directory does not confirm a step: it was somebody else's."""
    is_hers = named_id is not None and named_id == user_id
    return [] if is_hers else [Reason("accounts.directory_another_account")]


def against_issuer(issuer: str, *, local_allowed: bool) -> list[Reason]:
    """Return what is wrong with the address of a directory: https and a host, and nothing after the path.

    `local_allowed`: in demo and tests it may be on the own machine, without https.
    """
    try:
        parts = urlsplit(issuer)
        host = parts.hostname or ""
    except ValueError:
        return [Reason("accounts.directory_issuer_wrong")]
    if not may_be_asked(issuer, local_allowed=local_allowed):
        return [Reason("accounts.directory_issuer_not_https")]
    has_more = bool(parts.query or parts.fragment or parts.username or parts.password) or issuer[-1:] in "?#"
    has_space = any(character.isspace() for character in issuer)
    return [Reason("accounts.directory_issuer_wrong")] if has_more or has_space or not host else []


def may_be_asked(address: str, *, local_allowed: bool) -> bool:
    """Say whether an address may be asked, or somebody be sent there: by https, or in demo on the own machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (local_allowed and parts.scheme == "http" and host in _LOCAL))


def as_name(value: object, named_by: NamedBy) -> str:
    """Return the name that a claim gives, as it is compared; nothing for what cannot be a name.

    A user name and an e-mail address are the same in capitals; a `sub` is not (OpenID Connect Core, section 2).
    """
    if not isinstance(value, str) or len(value) > 255 or not _can_be_kept(value):
        return ""
    return value if named_by is NamedBy.SUBJECT else value.strip().lower()


def _can_be_kept(text: str) -> bool:
    """Say whether PostgreSQL can hold a text: no NUL, no halves of letters."""
    return "\0" not in text and text == text.encode("utf-8", "ignore").decode()


def against_name(name: str, *, is_taken: bool, works_here: bool) -> list[Reason]:
    """Return why somebody may not be given a name in the directory."""
    if not name:
        return [Reason("accounts.directory_name_missing")]
    if is_taken:
        return [Reason("accounts.directory_name_taken")]
    return [] if works_here else [Reason("accounts.directory_no_role_to_enter")]
