"""What the process may write in its log."""

import logging
import re

_SECRET_ADDRESS = re.compile(r"""(/lank/)[^/\s]+|(/kalender/)(?!(?:ny|stang-av|paminnelser)/)[^/\s?"']+""")
"""Also an address that is only nearly a calendar's (cut off, %2e for its dot): it names the secret all the same."""


class WithoutSecrets(logging.Filter):
    """Take the secret out of the address of a one-time link or a calendar: who reads the log must not use it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, a secret address masked."""
        text = record.getMessage()
        if _SECRET_ADDRESS.search(text):
            record.msg, record.args = _SECRET_ADDRESS.sub(r"\1\2***", text), ()
        return True
