"""The worker's part of accounts."""

from datetime import date

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kursvis.accounts import services
from kursvis.accounts.login.bankid import services as bankid
from kursvis.accounts.services import saved_forms
from kursvis.core import time
from kursvis.core.jobs import each_day

_MAILS = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="accounts.send_link", retry=_MAILS)
def send_link(*, link_id: int) -> None:
    """Make the secret of a one-time link, and mail it."""
    with time.one_reading():
        services.links.send(link_id=link_id, now=time.now())


@app.task(name="accounts.send_forgotten", retry=_MAILS)
def send_forgotten(*, typed: str) -> None:
    """Mail a new-password link to whoever a typed name or address belongs to, if to anybody."""
    with time.one_reading():
        services.links.send_forgotten(typed=typed, now=time.now())


@app.task(name="accounts.send_notice", retry=_MAILS)
def send_notice(*, user_id: int, notice: str, **values: str) -> None:
    """Mail somebody a notice about her account."""
    with time.one_reading():
        services.mails.send_notice(user_id=user_id, notice=notice, now=time.now(), **values)


@app.task(name="accounts.lock_after_failures", retry=_MAILS)
def lock_after_failures(*, user_id: int) -> None:
    """Lock an account whose name has been tried too often."""
    with time.one_reading():
        services.locks.lock_after_failures(user_id=user_id, now=time.now())


@each_day("accounts.lock_inactive")
def lock_inactive(day: date) -> None:
    """Lock who has been away too long, and warn who soon is. Follows real time: moving the demo's date locks nobody."""
    services.locks.lock_inactive(today=time.swedish_date(time.real_now()), now=time.now())


@each_day("accounts.clear_sessions")
def clear_sessions(day: date) -> None:
    """Remove the sessions that have run out. They follow real time, whatever day the demo is on."""
    SessionStore.clear_expired()


@each_day("accounts.delete_saved_forms")
def delete_saved_forms(day: date) -> None:
    """Delete what was kept of timed out forms and nobody has asked for. In real time, as the sessions."""
    saved_forms.delete_old(now=time.real_now())


@each_day("accounts.forget_bankid_orders")
def forget_bankid_orders(day: date) -> None:
    """Erase logins with BankID that nobody came back to."""
    bankid.forget_old(now=time.real_now())
