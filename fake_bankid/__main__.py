"""`python -m fake_bankid FOLDER PERSONS.json --api-port N --app-port N`: serves until it is stopped."""

import argparse
import json
import threading
from pathlib import Path

from fake_bankid import certificates, server
from fake_bankid.orders import Person


def main() -> None:
    """Make the certificates where they are missing, and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the certificates are kept")
    parser.add_argument("persons", type=Path, help="JSON: [[personnummer, given name, surname], …]")
    parser.add_argument("--api-port", type=int, default=0)
    parser.add_argument("--app-port", type=int, default=0)
    given = parser.parse_args()
    certificates.make(given.folder)
    persons = [Person(*row) for row in json.loads(given.persons.read_text(encoding="utf-8"))]
    api, app, _stop = server.start(server.Bank(persons), given.folder, api_port=given.api_port, app_port=given.app_port)
    print(json.dumps({"api": api, "app": app}), flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
