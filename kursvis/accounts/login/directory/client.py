"""One directory: the address of a login there, and who an answer vouches for (authorization code flow with PKCE)."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kursvis.accounts.login.directory.rules import CLOCKS_DIFFER, NamedBy, may_be_asked
from kursvis.core.reasons import Reason, Refused

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key that only the directory has. Neither `none` nor those by a shared secret (HS…)."""
_SCOPES = {NamedBy.SUBJECT: "openid", NamedBy.USER_NAME: "openid profile", NamedBy.EMAIL: "openid email"}
_SECONDS = 10
_MOST_BYTES = 1_000_000
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Client:
    """Talks to one directory, as what we are there. `local_allowed`: see `rules.may_be_asked`."""

    issuer: str
    client_id: str
    secret: str
    redirect_uri: str
    named_by: NamedBy
    local_allowed: bool = False

    def login_address(self, *, state: str, nonce: str, verifier: str, anew: bool) -> str:
        """Return where the browser is sent. `anew`: she must log in there although she already has.

        Raises `Refused` when the directory cannot be asked, or is not what it should be.
        """
        with self._http() as http:
            found = self._discovered(http)
        again = {"prompt": "login", "max_age": "0"} if anew else {}
        challenge = create_s256_code_challenge(verifier)
        address = prepare_grant_uri(
            found["authorization_endpoint"],
            self.client_id,
            "code",
            redirect_uri=self.redirect_uri,
            scope=_SCOPES[self.named_by],
            state=state,
            nonce=nonce,
            code_challenge=challenge,
            code_challenge_method="S256",
            **again,
        )
        return str(address)

    def claims_of(self, code: str, *, nonce: str, verifier: str, now: datetime) -> Mapping[str, Any]:
        """Return what the directory says of the person, for the code that she came back with.

        The ID token must be signed by the directory, be its own, for us, for this login, and in force. Raises
        `Refused`. `now` is real time.
        """
        with self._http() as http:
            found = self._discovered(http)
            token = self._token(http, found, code, verifier)
            keys = self._read(lambda: http.get(found["jwks_uri"]))
        try:
            return self._verified(token, keys, nonce=nonce, now=now)
        except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._refusal("accounts.directory_untrusted", repr(error)) from error

    def _http(self) -> httpx.Client:
        """Return what asks: the environment's proxies and a redirect elsewhere lead nowhere."""
        return httpx.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False)

    def _token(self, http: httpx.Client, found: Mapping[str, Any], code: str, verifier: str) -> dict[str, Any]:
        """Return what the directory gives for a code. Our secret stands where the directory wants it."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect_uri}
        form["code_verifier"] = verifier
        known = found.get("token_endpoint_auth_methods_supported")
        if not (known and isinstance(known, list)) or "client_secret_basic" in known:
            auth = httpx.BasicAuth(quote(self.client_id, safe=""), quote(self.secret, safe=""))
            return self._read(lambda: http.post(found["token_endpoint"], data=form, auth=auth))
        form |= {"client_id": self.client_id, "client_secret": self.secret}
        return self._read(lambda: http.post(found["token_endpoint"], data=form))

    def _discovered(self, http: httpx.Client) -> dict[str, Any]:
        """Return the directory's own description: of this very issuer, with addresses that may be asked."""
        found = self._read(lambda: http.get(self.issuer.rstrip("/") + "/.well-known/openid-configuration"))
        addresses = [found.get(name) for name in _ENDPOINTS]
        if found.get("issuer") != self.issuer or not all(map(self._may_ask, addresses)):
            raise self._refusal("accounts.directory_set_up_wrong", "its description is of another issuer, or not https")
        return found

    def _may_ask(self, address: Any) -> bool:
        return isinstance(address, str) and may_be_asked(address, local_allowed=self.local_allowed)

    def _read(self, ask: Callable[[], httpx.Response]) -> dict[str, Any]:
        """Return what the directory answers. Raises `Refused` when it says no, or nothing that can be read."""
        try:
            answer = ask()
            found = answer.json() if len(answer.content) <= _MOST_BYTES else None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise self._refusal("accounts.directory_unreachable", repr(error)) from error
        if isinstance(found, dict) and answer.is_success:
            return found
        told = found.get("error") if isinstance(found, dict) else None
        raise self._refusal(_code_of(told, answer.status_code), f"{answer.status_code} {told} from {answer.url.path}")

    def _verified(self, token: Mapping[str, Any], keys: Any, *, nonce: str, now: datetime) -> Mapping[str, Any]:
        read = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))
        options: Any = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "sub": {"essential": True},
        }
        params = {"nonce": nonce, "client_id": self.client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(read.claims, read.header, options, params)
        claims.validate(now=int(now.timestamp()), leeway=int(CLOCKS_DIFFER.total_seconds()))
        return dict(claims)

    def _refusal(self, code: str, told: str) -> Refused:
        """Return a refusal, having told whoever runs the installation more than the person is told."""
        logger.warning("directory %s: %s: %s", self.issuer, code, told[:300])
        return Refused(Reason(code))


def _code_of(error: object, status: int) -> str:
    """Return the code of the refusal that an answer is: the code used or old, we unknown, or the directory at fault."""
    if error == "invalid_grant":
        return "accounts.directory_too_late"
    is_ours = error in ("invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type")
    if is_ours or status in (401, 404):
        return "accounts.directory_set_up_wrong"
    return "accounts.directory_failed"
