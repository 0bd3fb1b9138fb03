"""The API over mutual TLS, and the page that plays the app over plain HTTP, both on this machine only."""

import json
import ssl
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from fake_bankid import page, requests
from fake_bankid.orders import ApiError, Order, Orders, Person, device_id, opaque, signature

PREFIX = "/rp/v6.0/"
MOST_BYTES = 600_000


class Bank:
    """What both servers share: the orders, the persons, and an error to give instead of the next answer."""

    def __init__(self, persons: list[Person], clock: Callable[[], float] = time.monotonic) -> None:
        self.orders = Orders(clock)
        self.persons = {person.personnummer: person for person in persons}
        self.lock = threading.Lock()
        self.next_error: ApiError | None = None

    def answer(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Answer one call of the API."""
        if self.next_error is not None:
            error, self.next_error = self.next_error, None
            raise error
        if path in ("auth", "sign"):
            return _started(self.orders.start(path, body, requests.checked_order(path, body)))
        if path == "collect":
            return _collected(self.orders.collect(requests.order_ref(body)))
        if path == "cancel":
            self.orders.cancel(requests.order_ref(body))
            return {}
        raise ApiError(404, "notFound", "No such address")


def _started(order: Order) -> dict[str, Any]:
    return {
        "orderRef": order.ref,
        "autoStartToken": order.auto_start_token,
        "qrStartToken": order.qr_start_token,
        "qrStartSecret": order.qr_start_secret,
    }


def _collected(order: Order) -> dict[str, Any]:
    if order.state != "complete":
        return {"orderRef": order.ref, "status": order.state, "hintCode": order.hint}
    person = order.person
    assert person is not None
    user = {
        "personalNumber": person.personnummer,
        "name": f"{person.given_name} {person.surname}",
        "givenName": person.given_name,
        "surname": person.surname,
    }
    done = {
        "user": user,
        "device": {"ipAddress": order.ip, "uhi": device_id()},
        "bankIdIssueDate": "2026-01-15",
        "stepUp": {"mrtd": False},
        "signature": signature(order),
        "ocspResponse": opaque(order),
    }
    return {"orderRef": order.ref, "status": "complete", "completionData": done}


class _Handler(BaseHTTPRequestHandler):
    bank: Bank
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: Any) -> None:
        """Stay quiet: personal numbers do not belong in a log."""

    def send(self, status: int, content: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def body(self) -> bytes:
        return self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST_BYTES))


class _Api(_Handler):
    def do_POST(self) -> None:
        content = self.body()
        try:
            if not self.path.startswith(PREFIX):
                raise ApiError(404, "notFound", "No such address")
            with self.bank.lock:
                found = self.bank.answer(
                    self.path.removeprefix(PREFIX), requests.parsed(content, self.headers.get("Content-Type", ""))
                )
        except ApiError as error:
            self._json(error.status, {"errorCode": error.code, "details": error.details})
        else:
            self._json(200, found)

    def do_GET(self) -> None:
        self._json(405, {"errorCode": "methodNotAllowed", "details": "Only POST"})

    def _json(self, status: int, found: dict[str, Any]) -> None:
        self.send(status, json.dumps(found).encode(), "application/json")


class _App(_Handler):
    def do_GET(self) -> None:
        with self.bank.lock:
            content = page.show(self.bank.orders, self.bank.persons.values(), self.path)
        self.send(200, content.encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        with self.bank.lock:
            address = page.act(self.bank.orders, self.bank.persons, self.body().decode())
        self.send(303, b"", "text/plain", Location=address)


def start(bank: Bank, folder: Path, *, api_port: int = 0, app_port: int = 0) -> tuple[int, int, Callable[[], None]]:
    """Serve API and app in threads; return both ports, and what stops them. `folder` holds the certificates."""
    api = ThreadingHTTPServer(("127.0.0.1", api_port), type("Api", (_Api,), {"bank": bank}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(folder / "server.pem")
    context.load_verify_locations(folder / "ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    api.socket = context.wrap_socket(api.socket, server_side=True)
    app = ThreadingHTTPServer(("127.0.0.1", app_port), type("App", (_App,), {"bank": bank}))
    servers = (api, app)
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def stop() -> None:
        for server in servers:
            server.shutdown()
            server.server_close()

    return api.server_address[1], app.server_address[1], stop
