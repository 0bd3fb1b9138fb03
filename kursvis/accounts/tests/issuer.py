"""A tiny OpenID provider that says whatever a test wants: also when somebody logged in, and what no provider should."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from kursvis.core import time

CLIENT_ID, SECRET = "kursvis", "hemlig / ord"
KEY, ANOTHER_KEY = (RSAKey.generate_key(2048, {"kid": name}) for name in ("one", "other"))
SHARED = OctKey.import_key(SECRET.encode() * 4)


class Issuer:
    """Answers as a provider does: discovery, keys, and a token for each code, once."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.codes: dict[str, dict[str, Any]] = {}
        self.description: dict[str, Any] = {}
        self.keys = KeySet([KEY]).as_dict(private=False)
        self.token_error = ""
        self.asked: list[str] = []

    def discovery(self) -> dict[str, Any]:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.address, **{k: f"{self.address}/{v}" for k, v in names.items()}, **self.description}

    def visited(self, address: str, *, key: Any = KEY, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """Let somebody log in at the address that the browser was sent to; return the answer's parameters."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256", asked
        now = int(time.real_now().timestamp())
        usual = {"iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        told = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        code = f"code-{len(self.codes)}"
        self.codes[code] = {"asked": asked, "claims": told, "key": key, "header": header or {"alg": "RS256"}}
        return f"code={code}&state={asked['state']}"

    def token(self, form: dict[str, str], credentials: str) -> tuple[int, dict[str, Any]]:
        kept = self.codes.pop(form["code"], None)
        if self.token_error:
            return 400, {"error": self.token_error}
        if base64.b64decode(credentials.removeprefix("Basic ")).decode() != f"{CLIENT_ID}:hemlig%20%2F%20ord":
            return 401, {"error": "invalid_client"}
        if kept is None or kept["asked"]["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != kept["asked"]["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        hashed = {"at_hash": create_half_hash("opaque", "RS256").decode()}
        signed = _signed(kept["header"], {**hashed, **kept["claims"]}, kept["key"])
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}


def _signed(header: dict[str, Any], claims: dict[str, Any], key: Any) -> str:
    if header["alg"] == "none":
        parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims))
        return ".".join(parts) + "."
    return jwt.encode(header, claims, key, [header["alg"]])


@contextmanager
def run_issuer() -> Iterator[Issuer]:
    """Run one on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked.append(self.path)
            self._say(200, issuer.keys if self.path == "/keys" else issuer.discovery())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(*issuer.token(form, self.headers.get("Authorization", "")))

        def _say(self, status: int, what: Any) -> None:
            content = json.dumps(what).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class's name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = Issuer(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield issuer
    server.shutdown()
    server.server_close()
