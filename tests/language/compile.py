"""Makes django.mo of django.po: `python -m tests.language.compile`."""

from tests.language.catalogue import COMPILED, SOURCE, compiled, read

if __name__ == "__main__":
    COMPILED.write_bytes(compiled(read(SOURCE.read_text(encoding="utf-8"))))
