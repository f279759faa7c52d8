"""The description of the API holds: every answer has the shape it promises, and no question breaks the server."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path
from typing import Any

import hypothesis
import jsonschema
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient

SHAPED = (
    "about", "day?on=2010-01-01&viewpoint=RUS", "days", "members?organization=NATO&on=2010",
    "treaty?name=NPT&on=2010", "state?name=FRA&on=2010-01-01", "timeline?name=NPT",
    "diff?first=2009-01-01&second=2010-01-01", "why/members?organization=NATO&state=FRA&on=2010", "list/treaties",
    "network?on=2010-01-01&organizations=NATO", "matrix?on=2010-01-01&among=CSTO",
    "map/layer?layer=membership:NATO&on=2010-01-01", "map/layer?layer=reading:landscape&on=2010-01-01",
    "map/spans?layer=treaty:NPT", "map/areas", "changes", "steps", "models", "treaties/rules?treaty=INF_1987",
    "bodies?on=2010-01-01", "designs", "power?body=UNSC&on=2010-01-01",
    "assess?change=nordic-accession&models=distance", "why/assess?change=nordic-accession&state=FIN&models=distance",
)  # fmt: skip


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


@pytest.mark.parametrize("address", SHAPED)
def test_answers_have_the_shape_that_is_described(client: TestClient, described: dict[str, Any], address: str) -> None:
    path = f"/api/{address.partition('?')[0]}"
    path = "/api/list/{what}" if path.startswith("/api/list/") else path
    shape = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    found = client.get(f"/api/{address}")
    assert found.status_code == 200, found.text
    jsonschema.validate(found.json(), {**shape, "components": described["components"]})
    json.loads(found.text, parse_constant=lambda word: pytest.fail(f"{word} in an answer"))


def test_every_question_is_described_with_its_mistakes(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        assert path.startswith("/api/")
        for method, one in methods.items():
            assert one["summary"], (path, method)
            assert one["description"].strip(), (path, method)
            assert {"400", "404", "413", "422", "424", "503", "504"} <= set(one["responses"]), (path, method)
    words = json.dumps(described)
    assert '"const": "assess/1"' in words


SLOW = ("/api/history/stream", "/api/design", "/api/data")  # asked in tests of their own


def test_no_question_breaks_the_server(app: FastAPI, client: TestClient) -> None:
    """Whatever the description allows, and what it does not: an answer or a mistake as JSON, never a fault."""
    schema = schemathesis.openapi.from_dict(app.openapi())
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 35
    for operation in operations:
        if operation.path not in SLOW:
            for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
                _tried(operation, mode, client)


def _tried(operation: Any, mode: Any, client: TestClient) -> None:
    @hypothesis.settings(
        max_examples=3, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(hypothesis.HealthCheck), phases=[hypothesis.Phase.generate],
    )  # fmt: skip
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1:8383")
        sent["content"] = sent.pop("data", None)
        kept = ("method", "url", "params", "json", "content")
        found = client.request(**{key: value for key, value in sent.items() if key in kept})
        assert found.status_code not in (500, 502), (case.method, sent, found.text)
        if found.status_code >= 400:
            assert found.json()["schema"] == "error/1", sent

    with contextlib.suppress(hypothesis.errors.Unsatisfiable):  # where nothing can be asked wrongly
        one()


def test_every_address_of_the_how_to_is_answered(client: TestClient) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "how-to" / "serve.md").read_text(encoding="utf-8")
    addresses = re.findall(r"`(/api/\S+\?\S+)`", page)
    assert len(addresses) >= 9
    for address in addresses:
        assert client.get(address).status_code == 200, address
    body = re.search(r"-d '(\{.*?\})'", page, re.DOTALL)
    assert body is not None
    found = client.post("/api/assess", content=body[1], headers={"Content-Type": "application/json"})
    assert '"event": "done"' in found.text.splitlines()[-1]
