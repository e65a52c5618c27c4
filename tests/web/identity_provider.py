"""A small OpenID Connect provider on loopback: discovery, codes with PKCE, tokens, user info."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "fulcrum", "a secret of the provider"


class Provider:
    """Who it says has signed in, and what it was asked."""

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.person: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.refused: list[str] = []

    def configuration(self) -> dict[str, Any]:
        """What discovery says."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """The address that leads back with a code."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code, once, to the right client with the right proof."""
        begun = self.codes.pop(asked.get("code", ""), None)
        proof = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        is_right = (
            begun is not None
            and begun["code_challenge"] == challenge
            and (asked.get("client_id"), asked.get("client_secret")) == (CLIENT, SECRET)
        )
        if not is_right:
            self.refused.append(asked.get("code", ""))
            return None
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": 1, "exp": 4_000_000_000, **self.person}
        return {
            "access_token": "access",
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": jwt.encode(claims, "k" * 32, algorithm="HS256"),
        }


@contextmanager
def running_provider() -> Iterator[Provider]:
    """The provider, answering until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    server.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        asked = urlsplit(self.path)
        if asked.path == "/.well-known/openid-configuration":
            self._json(provider.configuration())
        elif asked.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", provider.authorize(_flat(asked.query)))
            self.end_headers()
        elif asked.path == "/userinfo" and self.headers.get("Authorization") == "Bearer access":
            self._json(provider.person)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        found = provider.token(_flat(body))
        self._json(found or {"error": "invalid_grant"}, 200 if found else 400)

    def _json(self, told: dict[str, Any], status: int = 200) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
