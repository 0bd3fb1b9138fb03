"""How many random sequences of steps are tried on the database: a hundred in `make test`, thousands in `make proof`."""

import os

from hypothesis import HealthCheck, settings

IN_MAKE_TEST = 100
NUMBER = int(os.environ.get("KURSVIS_SEQUENCES", IN_MAKE_TEST))

database_sequences = settings(
    max_examples=NUMBER,
    derandomize=NUMBER == IN_MAKE_TEST,
    suppress_health_check=list(HealthCheck),
)
"""For a test whose every example walks a sequence and rolls it back. Always the same examples in `make test`."""
