"""The steps of accounts: users, their roles, delegations, links, locks and sessions."""

from kursvis.accounts.services import attempts, links, locks, mails, own
from kursvis.accounts.services.assignments import assign, end, grant, refuse, withdraw
from kursvis.accounts.services.delegations import delegate
from kursvis.accounts.services.sessions import logged_in, logged_out
from kursvis.accounts.services.users import create_user, ensure_person

__all__ = [
    "assign",
    "attempts",
    "create_user",
    "delegate",
    "end",
    "ensure_person",
    "grant",
    "links",
    "locks",
    "logged_in",
    "logged_out",
    "mails",
    "own",
    "refuse",
    "withdraw",
]
