"""The port that the web server listens on."""

import os
import socket
import time
from pathlib import Path

from runner.trouble import Trouble

HOST = "127.0.0.1"


def free_port(home: Path) -> int:
    """PORT (8000), when nobody uses it; after an unclean stop the old web server is given time to end.

    Raises Trouble when PORT is no port or is in use.
    """
    port = _chosen()
    until = time.monotonic() + (10 if (home / "running.json").exists() else 0)
    while not _is_free(port):
        if time.monotonic() >= until:
            raise Trouble(
                f"port {port} is in use by another program on this machine. Stop that program, "
                f"or choose another port: make demo PORT={port + 1 if port < 65535 else 8000}"
            )
        time.sleep(0.2)
    return port


def _chosen() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Trouble(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except PermissionError:
            raise Trouble(f"only root may listen on port {port}; choose one above 1023: make demo PORT=8000") from None
        except OSError:
            return False
    return True
