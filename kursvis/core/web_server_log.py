"""The web server's own log of addresses, without the secrets in them: `gunicorn --logger-class`."""

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from kursvis.core.logs import WithoutSecrets


class MaskedLogger(Logger):  # type: ignore[misc,unused-ignore]
    """Writes what gunicorn writes, with the secret of a one-time link or a calendar masked."""

    def setup(self, cfg: Any) -> None:
        """Put the filter on both of gunicorn's logs."""
        super().setup(cfg)
        for log in (self.access_log, self.error_log):
            if not any(isinstance(one, WithoutSecrets) for one in log.filters):
                log.addFilter(WithoutSecrets())
