"""Who may ask, what a page may do, and what is too much."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indivisible.apps.desk import Desk
from indivisible.apps.web.guard import is_loopback_address
from indivisible.apps.web.limits import Limits
from indivisible.apps.web.server import app_of

TOKEN = "a-token-of-some-length"
HERE, THERE = "http://127.0.0.1:8383", "http://192.0.2.7:8383"
LIMITS = Limits()


@pytest.fixture(scope="module")
def guarded(desk: Desk) -> TestClient:
    """A server that others can reach, with a token."""
    return TestClient(app_of(desk, limits=LIMITS, token=TOKEN), base_url=THERE)


def test_nothing_without_the_token(guarded: TestClient) -> None:
    for path in ("/", "/api/about", "/api/openapi.json", "/assets/app.js"):
        found = guarded.get(path)
        assert (found.status_code, found.json()["kind"]) == (401, "token")
        assert found.headers["www-authenticate"] == "Bearer"
    for wrong in ("", "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"bearer: {TOKEN}", "Bearer é"):
        assert guarded.get("/api/openapi.json", headers={"Authorization": wrong.encode()}).status_code == 401
    assert guarded.get("/api/openapi.json?token=wrong").status_code == 401


def test_with_the_token_in_the_heading(guarded: TestClient) -> None:
    assert guarded.get("/api/openapi.json", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_the_token_moves_from_the_address_into_a_cookie(desk: Desk) -> None:
    one = TestClient(app_of(desk, limits=LIMITS, token=TOKEN), base_url=THERE)
    first = one.get(f"/change?name=a&token={TOKEN}&b=%20", follow_redirects=False)
    assert (first.status_code, first.headers["location"]) == (303, "/change?name=a&b=+")
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in first.headers["location"]
    assert one.get("/api/openapi.json").status_code == 200


def test_the_token_never_leads_to_another_site(desk: Desk) -> None:
    one = TestClient(app_of(desk, limits=LIMITS, token=TOKEN), base_url=THERE)
    for path in ("//evil.example/x", "/\\evil.example", "///evil.example"):
        to = one.get(f"{THERE}{path}?token={TOKEN}", follow_redirects=False).headers["location"]
        assert to.startswith("/")
        assert not to.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8383", "127.0.0.1.evil.example", "192.0.2.7", "", "[::2]"]
)
def test_without_a_token_only_by_this_machines_own_names(client: TestClient, host: str) -> None:
    found = client.get("/api/steps", headers={"Host": host})
    assert (found.status_code, found.json()["kind"]) == (403, "forbidden")


@pytest.mark.parametrize("host", ["127.0.0.1:8383", "localhost", "localhost:1", "[::1]:8383", "127.8.8.8"])
def test_this_machines_own_names(client: TestClient, host: str) -> None:
    assert client.get("/api/steps", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_other_site_asks_through_the_browser(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/api/steps", headers=headers).status_code == 403


def test_the_page_itself_asks(client: TestClient) -> None:
    for headers in ({"Origin": HERE}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
        assert client.get("/api/steps", headers=headers).status_code == 200


def test_every_answer_keeps_the_page_to_itself(client: TestClient) -> None:
    for path in ("/", "/api/steps", "/api/nothing", "/api/members", "/api/members?organization=X&on=2020"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self';")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_no_site_is_told_that_it_may_ask(client: TestClient) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    assert client.options("/api/assess", headers=asked).status_code == 403


def test_an_upload_that_is_too_large(client: TestClient) -> None:
    found = client.post("/api/comply", content=b"x" * 200_001, headers={"Content-Type": "application/json"})
    assert (found.status_code, found.json()["kind"]) == (413, "too_large")

    def pieces() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * 10_000

    found = client.post("/api/comply", content=pieces(), headers={"Content-Type": "application/json"})
    assert (found.status_code, found.json()["kind"]) == (413, "too_large")
    for length in ("-1", "many", ""):
        assert client.post("/api/comply", content=b"", headers={"Content-Length": length}).status_code in (400, 413)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"a":' * 30_000])
def test_bodies_that_are_no_question(client: TestClient, body: bytes) -> None:
    for path in ("comply", "decide", "assess", "change/check", "design", "bargain", "power"):
        found = client.post(f"/api/{path}", content=body, headers={"Content-Type": "application/json"})
        assert found.status_code in (400, 422), (path, found.text)
        assert found.json()["schema"] == "error/1"


def test_packed_where_the_browser_can_unpack(client: TestClient) -> None:
    found = client.get("/api/list/states", headers={"Accept-Encoding": "gzip"})
    assert found.headers["content-encoding"] == "gzip"
    plain = client.get("/api/list/states", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == found.json()


def test_a_page_that_is_not_built_says_so(client: TestClient) -> None:
    for path in ("/", "/change?name=x"):
        found = client.get(path)
        assert found.status_code == 503
        assert "npm run build" in found.text


def test_the_page_and_its_files(desk: Desk, page: Path) -> None:
    one = TestClient(app_of(desk, limits=LIMITS, static=page), base_url=HERE)
    for path in ("/", "/change?name=nordic-accession", "/map/2020"):
        found = one.get(path)
        assert (found.status_code, found.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert found.headers["cache-control"] == "no-cache"
    script = one.get("/assets/app.js")
    assert "javascript" in script.headers["content-type"]
    assert "immutable" in script.headers["cache-control"]
    assert one.get("/assets/none.js").status_code == 404
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/..%5csecret.txt", "/%00"):
        assert "nobody" not in one.get(path).text


def test_addresses_that_are_not_there(client: TestClient) -> None:
    found = client.get("/api/nothing/here")
    assert (found.status_code, found.json()["kind"]) == (404, "no_such_page")
    assert client.post("/api/steps").status_code == 405
    assert client.post("/api/steps").json()["kind"] == "method"
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert "swagger" not in client.get(path).text.lower()


def test_addresses_of_one_machine() -> None:
    assert all(map(is_loopback_address, ("127.0.0.1", "127.0.0.2", "::1", "localhost")))
    assert not any(map(is_loopback_address, ("0.0.0.0", "::", "192.168.0.1", "example.org", "")))
