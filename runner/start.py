"""The door that make uses: checks the Python at hand, makes the virtual environment and goes on in it.

Runs with any Python 3, so that an old one gets a sentence to read: what needs a newer one is imported after the check.
"""

import os
import shlex
import shutil
import sys

OLDEST = (3, 11)


def main() -> int:
    """Do what make was asked: demo, demo-reset, test, proof or test-server."""
    from runner import environment, location, reset
    from runner.ports import free_port
    from runner.trouble import Trouble

    task = sys.argv[1] if len(sys.argv) == 2 else ""
    if task == "demo-reset":
        return reset.reset()
    if task == "demo":
        already = location.running()
        if already is not None:
            address = "http://127.0.0.1:" + str(already["port"])
            raise Trouble("it is already running at " + address + " (process " + str(already["pid"]) + ").")
        free_port(location.home())
        environment.go_on("requirements.txt", "runner.demo", [])
    arguments = shlex.split(os.environ.get("ARGS", ""))
    options = {"test": arguments, "proof": ["--proof", *arguments], "test-server": ["--server"]}
    if task not in options:
        raise Trouble("say what to start: make demo, demo-reset, test, proof or test-server.")
    return environment.go_on("requirements-dev.txt", "runner.test", options[task])


def _too_old() -> str:
    newer = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
    hint = f"Try: make {sys.argv[-1]} PYTHON={newer[0]}" if newer else "Install a newer one."
    this = ".".join(map(str, sys.version_info[:2]))
    return f"Kursvis needs Python 3.11 or newer, and {sys.executable} is {this}. {hint}"


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit(_too_old())
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    os.chdir(sys.path[0])
    from runner.trouble import told

    sys.exit(told(main))
