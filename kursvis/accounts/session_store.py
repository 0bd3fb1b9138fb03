"""Sessions in the database that know when they were last used: their row is written then, at most once a minute."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession


class SessionStore(db.SessionStore):
    """Django's own, with the time of its latest writing. The row holds when it expires, which is counted from there."""

    seen_at: datetime | None = None

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row: AbstractBaseSession | None = super()._get_session_from_db()  # type: ignore[misc]  # not in the stubs
        self.seen_at = row.expire_date - timedelta(seconds=self.get_session_cookie_age()) if row else None
        return row
