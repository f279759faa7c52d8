"""Files with holdings and facts as people have them: CSV of any spreadsheet, YAML, JSON; mistakes at their row."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from indivisible.apps.desk import Desk

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


@pytest.mark.parametrize("body", ["UNSC", "EU", "OSCE", "CSTO", "NATO"])
def test_votes_that_were_taken_are_opened_as_they_were_cast(client: TestClient, body: str) -> None:
    found = client.get(f"/api/decisions?body={body}").json()
    assert found["schema"] == "decisions/1"
    days = [one["on"] for one in found["decisions"]]
    assert days
    assert days == sorted(days, reverse=True)
    for one in found["decisions"][:3]:
        asked = {"body": body, **{name: one[name] for name in ("on", "procedure", "votes", "others", "facts")}}
        answer = client.post("/api/decide", json=asked).json()
        assert one["outcome"] in (answer["outcome"], *answer["possible"]), (one["case"], answer)
        assert one["source"]


def test_a_body_without_known_votes_has_none_and_one_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get("/api/decisions?body=ASEAN").json()["decisions"] == []
    assert client.get("/api/decisions?body=NOWHERE").status_code in (400, 404)


def test_every_constant_of_bargaining_is_listed_and_can_be_set(client: TestClient) -> None:
    listed = client.get("/api/bargain/settings").json()["settings"]
    actors = [
        {"actor": a, "position": [p], "salience": [50], "capability": c} for a, p, c in (("A", 70, 9), ("B", 20, 8))
    ]
    case = {"schema": "bargain-case/1", "dimensions": ["m"], "scale": [0, 100], "rule": "majority", "actors": actors}
    usual = client.post("/api/bargain", json=case).json()["settings"]
    assert {one["name"]: one["default"] for one in listed} == usual
    for one in listed:
        value = one["choices"][-1] if one["choices"] else {"most_turns": 3, "ends_below": 0.1}[one["name"]]
        answer = client.post("/api/bargain", json={**case, "settings": {one["name"]: value}}).json()
        assert answer["settings"] == {**usual, one["name"]: value}
        assert one["meaning"]
        assert one["source"]


def test_draws_within_a_case_of_bargaining_count_too(client: TestClient) -> None:
    actors = [{"actor": "A", "position": [[60, 70]], "salience": [50], "capability": 9},
              {"actor": "B", "position": [20], "salience": [50], "capability": 8}]  # fmt: skip
    case = {"schema": "bargain-case/1", "dimensions": ["m"], "scale": [0, 100], "rule": "majority", "actors": actors}
    assert client.post("/api/bargain", json={**case, "draws": 201}).json()["kind"] == "too_large"
    assert client.post("/api/bargain", json={**case, "draws": 5}).json()["draws"]["draws"] == 5
    assert client.post("/api/bargain", json={**case, "draws": "many"}).json()["kind"] == "file"


def test_a_package_of_a_search_is_a_change_that_is_judged_as_the_search_judged_it(client: TestClient) -> None:
    step = {"do": "pledge", "from": "FIN", "to": "CHE", "kind": "consultation", "mutual": True}
    case = {"name": "a", "title": "A", "description": "d", "start": {"on": "2023-04-03"},
            "levers": [{"id": "x", "title": "X", "steps": [step]}], "harm": {"models": ["commitment"]},
            "aims": {"prefer": ["most_gain", "fewest_levers"]}}  # fmt: skip
    with client.stream("POST", "/api/design", json={"data": case}) as found:
        last = json.loads(list(found.iter_lines())[-1])
    assert last["event"] == "done", last
    assert len(last["changes"]["frontier"]) == len(last["answer"]["frontier"])
    assert last["changes"]["frontier"], last["answer"]["sentence"]
    one = last["changes"]["frontier"][0]
    answer = client.post("/api/assess/file", json=one).json()
    counts = {(each["model"], each["output"]): each["counts"] for each in answer["models"]}
    for each in last["answer"]["frontier"][0]["models"]:
        assert each["counts"] in counts.values()


def test_a_search_in_a_world_of_its_own_has_no_changes_of_the_record_and_can_be_taken_away(client: TestClient) -> None:
    with client.stream("POST", "/api/design", json={"case": "five-lands"}) as found:
        last = json.loads(list(found.iter_lines())[-1])
    assert last["changes"] == {"frontier": [], "nearest": []}
    for form, begins in (("csv", b"package,"), ("pdf", b"%PDF"), ("html", b"<!doctype html>")):
        file = client.post(f"/api/design/file?form={form}", json={"case": "five-lands"})
        assert file.content.startswith(begins)
        assert file.headers["content-disposition"] == f'attachment; filename="design.{form}"'


EXERCISE = {"name": "Shield", "by": ["NOR", "SWE"], "host": ["NOR"], "starts": "2019-03-11", "ends": "2019-03-22",
            "organised": True, "no_advance_notice": False, "transfer": False, "troops": 13500}  # fmt: skip


def test_an_exercise_is_asked_about_by_its_fields(client: TestClient, desk: Desk) -> None:
    fields = {one["name"]: one for one in client.get("/api/exercise/fields").json()["fields"]}
    assert set(EXERCISE) <= set(fields)
    assert fields["figures"]["columns"][0]["name"] == "basis"
    answer = client.post("/api/notify", json=EXERCISE).json()
    wanted = json.loads(json.dumps(desk.rules.notify(EXERCISE).to_dict()))
    assert answer["duties"] == wanted["duties"]
    notified = [one for one in answer["duties"] if one["duty"] == "notify" and one["required"] == "yes"]
    assert {one["by_when"] for one in notified} == {"2019-01-28"}
    for form, begins in (("csv", b"text,article,duty"), ("pdf", b"%PDF")):
        assert client.post(f"/api/notify?form={form}", json=EXERCISE).content.startswith(begins)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts": ""}, "field starts"), ({"troops": "many"}, "field troops"), ({"troops": -1}, "field troops"),
        ({"by": ["Narnia"]}, "field by"), ({"weather": 1}, "exercise"),
    ],
)  # fmt: skip
def test_a_mistake_of_an_exercise_names_its_field(client: TestClient, wrong: dict[str, Any], words: str) -> None:
    found = client.post("/api/notify", json={**EXERCISE, **wrong})
    assert found.status_code == 422
    assert words in found.json()["where"]


def test_a_search_without_packages_has_its_nearest_misses_as_changes(client: TestClient) -> None:
    with client.stream("POST", "/api/design", json={"case": "nordic-accession"}) as found:
        last = json.loads(list(found.iter_lines())[-1])
    nearest = last["answer"]["nearest"]
    assert (last["answer"]["frontier"], last["changes"]["frontier"]) == ([], [])
    assert len(last["changes"]["nearest"]) == len(nearest) > 1
    steps = [[step["id"] for step in yaml.safe_load(one["text"])["steps"]] for one in last["changes"]["nearest"]]
    assert len({tuple(sorted(one)) for one in steps}) == len({tuple(sorted(one["levers"])) for one in nearest})
    assert len(steps[0]) <= len(steps[1])
