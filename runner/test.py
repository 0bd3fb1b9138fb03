"""`make test`, `make proof` and `make test-server`: the checks and tests, with a database and a browser of their own."""

import argparse
import shlex
import sys
import threading

from runner.browser import chromium
from runner.child import tie_to_make
from runner.test_server import test_server
from runner.trouble import told


def serve() -> int:
    """Keep a test server running until we are stopped; prints what to `eval` to use it."""
    with test_server() as environment:
        for name, value in {**environment, **chromium()}.items():
            print(f"export {name}={shlex.quote(value)}")
        print("# the server runs until this process ends (Ctrl-C)", flush=True)
        threading.Event().wait()
    return 0


def main() -> int:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", action="store_true", help="run a database for tests, and print its environment")
    parser.parse_args()
    tie_to_make()
    return serve()


if __name__ == "__main__":
    sys.exit(told(main))
