"""Files with holdings and facts as people have them: CSV of any spreadsheet, YAML, JSON; mistakes at their row."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

HEADING = "state,zone,category,status,basis,low,high,date\n"
ROW = "RUS,flank_1996,battle_tanks,total,estimated,1550,1570,1999-07-01\n"
AS_MAP = {"state": "RUS", "zone": "flank_1996", "category": "battle_tanks", "status": "total", "basis": "estimated"}
CASE = {"treaty": "CFE_FLANK_1996", "on": "1999-07-01", "state": "RUS"}


def read(client: TestClient, text: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = client.post("/api/comply/file", json={"text": text, "name": name}).json()
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("holdings.csv", HEADING + ROW),
        ("holdings.csv", "\ufeff" + HEADING + ROW),
        ("holdings.CSV", (HEADING + ROW).replace(",", ";")),
        ("holdings.tsv", (HEADING + ROW).replace(",", "\t")),
        ("case.json", json.dumps([{**AS_MAP, "low": 1550, "high": 1570, "date": "1999-07-01"}])),
        ("case.json", json.dumps({"holdings": [{**AS_MAP, "count": "1550..1570", "date": "1999-07-01"}]})),
        ("case.yml", f"holdings:\n  - {{{', '.join(f'{k}: {v}' for k, v in AS_MAP.items())}, "
                     "count: 1550..1570, date: 1999-07-01}\n"),
    ],
)  # fmt: skip
def test_the_same_holdings_in_every_form_are_the_same_case(client: TestClient, name: str, text: str) -> None:
    found = read(client, text, name)
    assert (found["schema"], found["holdings"], found["facts"]) == ("case_file/1", HEADING + ROW, {})
    answer = client.post("/api/comply", json={**CASE, "holdings": found["holdings"]}).json()
    assert answer["sentence"].startswith("Flank Document (CFE_FLANK_1996), RUS on 1999-07-01: it was bound by it")


def test_facts_come_along_as_they_are_written(client: TestClient) -> None:
    text = "site_holding: 30..40\ndeployment_begins: 1999-07-04\nconceals: false\n"
    found = read(client, text, "facts.yaml")
    assert found["holdings"] is None
    assert found["facts"] == {"site_holding": "30..40", "deployment_begins": "1999-07-04", "conceals": False}
    asked = {**CASE, "treaty": "CFE_1990", "facts": found["facts"]}
    assert client.post("/api/comply", json=asked).status_code == 200


def test_one_number_is_both_ends_and_nothing_is_left_open(client: TestClient) -> None:
    rows = [{**AS_MAP, "count": 7, "date": "1999-07-01"}, {**AS_MAP, "date": "1999-07-02"}]
    lines = read(client, json.dumps(rows), "case.json")["holdings"].splitlines()
    assert lines[1].endswith(",7,7,1999-07-01")
    assert lines[2].endswith(",,,1999-07-02")


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("case.yml", "holdings: [", "case.yml, line 1"),
        ("case.yml", "- 1\n", "case.yml, field holdings"),
        ("case.yml", "holdings: {state: RUS}\n", "case.yml, field holdings"),
        ("case.yml", "42\n", "case.yml"),
        ("case.yml", "", "case.yml"),
        ("case.yml", "a: &x 1\nb: *x\n", "case.yml"),
        ("case.json", json.dumps([AS_MAP, {**AS_MAP, "tanks": 3}]), "case.json, row 2, field tanks"),
        ("holdings.csv", "\x00\x01", "holdings.csv"),
    ],
)
def test_a_mistake_names_its_place(client: TestClient, name: str, text: str, where: str) -> None:
    found = client.post("/api/comply/file", json={"text": text, "name": name})
    assert found.status_code == 422
    assert found.json()["where"].startswith(where)


def test_a_file_with_too_many_rows_is_refused(client: TestClient) -> None:
    assert "at most 500" in read(client, HEADING + ROW * 501, "holdings.csv")["error"]
    assert read(client, HEADING + ROW * 500, "holdings.csv")["schema"] == "case_file/1"
