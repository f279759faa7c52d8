"""Who may ask: only this machine, or whoever has the token; and what the browser is told to keep from doing."""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indivisible.apps.web.errors_as_json import error_of
from indivisible.apps.web.limits import Limits
from indivisible.apps.web.replies import response_of

COOKIE = "indivisible_token"
SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Lets a request through, or answers it with what is wrong; adds the headers that keep a page to itself."""

    def __init__(self, app: ASGIApp, *, token: str, limits: Limits) -> None:
        self.app, self.token, self.limits = app, token, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, safely)
            return
        await self.app(scope, _Measured(receive, self.limits.upload), safely)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        if not self.token and not _is_loopback(headers.get("host", "")):
            return _no(403, "this address is not one of this machine's own", "open http://127.0.0.1 and the port")
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and scope["path"].startswith("/api"):
            return _no(403, "another site asks through this browser", "ask from the page itself")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != headers.get("host"):
            return _no(403, "another site asks through this browser", "ask from the page itself")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.limits.upload:
            return response_of(413, too_large(self.limits.upload))
        return self._without_token(scope, headers) if self.token else None

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        """None where the right token comes along; at first in the address, from where it moves into a cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token", "")
        if given and self._is(given):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            path = "/" + scope["path"].lstrip("/\\")  # two strokes would name another site
            reply = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
            reply.set_cookie(COOKIE, given, httponly=True, samesite="strict", path="/")
            return reply
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if (scheme == "Bearer" and self._is(bearer)) or self._is(_cookie(headers)):
            return None
        return response_of(401, error_of("the token is missing or wrong", kind="token", where="token",
                                         do="open the address that `indivisible serve` printed, with ?token="),
                           headers={"WWW-Authenticate": "Bearer"})  # fmt: skip

    def _is(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())


def too_large(most: int) -> dict[str, Any]:
    """The error for an upload past the limit."""
    return error_of(f"the upload is larger than {most:,} bytes", kind="too_large", do="send less")


class _Measured:
    """Reads the body, and stops where it is longer than allowed, whatever its heading said."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.most, self.seen = receive, most, 0

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.request":
            self.seen += len(message.get("body", b""))
            if self.seen > self.most:
                raise HTTPException(413, f"the upload is larger than {self.most:,} bytes")
        return message


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _no(status: int, what: str, do: str) -> Response:
    return response_of(status, error_of(what, kind="forbidden", where="Host or Origin", do=do))


def _is_loopback(host: str) -> bool:
    """Whether the address that the browser was given names this machine itself."""
    name = (urlsplit(f"//{host}").hostname or "") if host else ""
    return name == "localhost" or is_loopback_address(name)


def is_loopback_address(name: str) -> bool:
    """Whether an address is of this machine only."""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
