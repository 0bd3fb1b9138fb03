"""Django's command line; goes on in the project's virtual environment when this Python has no Django."""

import importlib.util
import os
import sys
from pathlib import Path

ENVIRONMENT = Path(__file__).resolve().parent / ".venv"


def main() -> None:
    """Run a management command."""
    if importlib.util.find_spec("django") is None:
        python = ENVIRONMENT / "bin" / "python"
        if Path(sys.prefix) == ENVIRONMENT or not python.exists():
            sys.exit("Django is not installed. `make demo` or `make test` makes the virtual environment .venv.")
        os.execv(python, [str(python), *sys.argv])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kursvis.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
