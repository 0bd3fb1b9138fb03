"""Makes django.mo of django.po: `python -m tests.language.compile`."""

from tests.language.catalogue import COMPILED, compiled

if __name__ == "__main__":
    COMPILED.write_bytes(compiled())
