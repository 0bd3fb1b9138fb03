"""The worker's part of accounts."""

from datetime import date

from django.contrib.sessions.backends.db import SessionStore

from kursvis.core.jobs import each_day


@each_day("accounts.clear_sessions")
def clear_sessions(day: date) -> None:
    """Remove the sessions that have run out. They follow real time, whatever day the demo is on."""
    SessionStore.clear_expired()
