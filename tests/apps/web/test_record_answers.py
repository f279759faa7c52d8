"""What the page asks of the record is answered as on the command line, and twice the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from indivisible.apps.desk import Desk
from indivisible.report.json_text import rounded

ASKED: dict[str, tuple[str, Callable[[Desk], Any]]] = {
    "members": ("members?organization=CSTO&on=2000-06-01", lambda desk: desk.members("CSTO", on="2000-06-01")),
    "a role": (
        "members?organization=OSCE&on=2010&role=partner&layer=participation",
        lambda desk: desk.members("OSCE", on="2010", role="partner", layer="participation"),
    ),
    "treaty": ("treaty?name=CFE_1990&on=2008-01-01", lambda desk: desk.treaty("CFE_1990", on="2008-01-01")),
    "one party": (
        "treaty?name=CFE_1990&on=2008-01-01&state=RUS",
        lambda desk: desk.treaty("CFE_1990", on="2008-01-01", state="RUS"),
    ),
    "state": ("state?name=ARM&on=2020-01-01", lambda desk: desk.state("ARM", on="2020-01-01")),
    "timeline": ("timeline?name=CSTO", lambda desk: desk.timeline("CSTO")),
    "diff": (
        "diff?first=2003-01-01&second=2004-12-31&about=NATO",
        lambda desk: desk.diff("2003-01-01", "2004-12-31", about="NATO"),
    ),
    "why": (
        "why/members?organization=NATO&state=FIN&on=2024-01-01",
        lambda desk: desk.why_members("NATO", "FIN", on="2024-01-01"),
    ),
    "list": ("list/organizations?grep=treaty", lambda desk: desk.list("organizations", grep="treaty")),
    "models": ("list/models", lambda desk: desk.list("models")),
}


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_that_of_the_command_line(client: TestClient, desk: Desk, name: str) -> None:
    address, ask = ASKED[name]
    found, wanted = client.get(f"/api/{address}"), ask(desk)
    assert found.status_code == 200, found.text
    view = found.json()["viewpoint"]
    assert (view["state"], view["says"]) == (None, "Disputed matters are shown as disputed.")
    assert found.json() == {**rounded(wanted.to_dict()), "sentence": wanted.sentence(), "viewpoint": view}
    assert next(iter(found.json())) == "schema"


def test_an_answer_that_is_at_hand_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/members?organization=NATO&on=2024-01-01")
    again = client.get("/api/members?organization=NATO&on=2024-01-01", headers={"If-None-Match": first.headers["etag"]})
    other = client.get("/api/members?organization=NATO&on=1999-01-01", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert not again.content
    assert len(other.json()["members"]) == 16


def test_a_mistake_is_never_kept_as_an_answer(client: TestClient) -> None:
    tag = client.get("/api/members?organization=NAYO&on=2024-01-01").headers.get("etag")
    assert tag is None
    again = client.get("/api/members?organization=NAYO&on=2024-01-01", headers={"If-None-Match": "*"})
    assert again.status_code == 404


def test_a_claim_is_told_with_its_sources(client: TestClient, desk: Desk) -> None:
    address = desk.record.claims(subject="FIN", field="role", object="NATO")[0].address
    found = client.get("/api/claim", params={"address": address}).json()
    assert (found["subject_name"], found["object"], found["address"]) == ("Finland", "NATO", address)
    assert found["sources"]
    assert found["sources"][0]["title"]


@pytest.mark.parametrize("address", ["nonsense", "a:b", "organizations/NATO.csv:99999", f"x:{'9' * 5000}", "x:²"])
def test_where_no_claim_stands(client: TestClient, address: str) -> None:
    assert client.get("/api/claim", params={"address": address}).status_code == 400


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("csv", b"state,name"), ("html", b"<!doctype html>"), ("pdf", b"%PDF-1.4"), ("parquet", b"PAR1"),
        ("dta", b"<stata_dta>"),
    ],
)  # fmt: skip
def test_an_answer_can_be_taken_away(client: TestClient, form: str, begins: bytes) -> None:
    found = client.get(f"/api/members?organization=NATO&on=2024-01-01&form={form}")
    assert found.status_code == 200
    assert found.content.startswith(begins)
    assert found.headers["content-disposition"] == f'attachment; filename="members.{form}"'


@pytest.mark.parametrize("form", ["docx", "svg", "../etc/passwd"])
def test_a_form_that_is_not_there(client: TestClient, form: str) -> None:
    found = client.get("/api/members", params={"organization": "NATO", "on": "2024-01-01", "form": form})
    assert found.status_code == 400
    assert found.json()["where"] == "form"


def test_about(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/about").json()
    assert found["record"] == desk.record.digest
    assert found["limits"]["draws"] == 200


def test_data_says_what_is_imported(client: TestClient) -> None:
    found = client.get("/api/data").json()
    assert found["schema"] == "data_list/1"
    assert found["datasets"]
