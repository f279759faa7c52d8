"""Changes, treaties, councils and searches asked through the server: the desk's own answers, and mistakes in place."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from indivisible.apps.assessing import question_of
from indivisible.apps.desk import Desk
from indivisible.apps.web.downloads import as_json
from indivisible.apps.web.viewed import seeing
from indivisible.apps.web.viewpoint import PLAIN
from indivisible.architecture.acts import FIGURES
from indivisible.architecture.change import SHIPPED, change_text
from indivisible.report.json_text import rounded

FIN = {"id": "fin", "do": "accede", "state": "FIN", "organization": "NATO", "date": "2023-04-04"}
PLEDGE = {"id": "x", "do": "pledge", "from": "FIN", "to": "SWE", "kind": "defence"}
LEVERS = {"name": "a", "title": "b", "levers": [{"id": "x", "steps": [FIN]}]}
VETO = {"body": "UNSC", "on": "2022-02-25", "votes": {"RUS": "no", "CHN": "abstain"}, "others": "yes"}
BARGAIN: dict[str, Any] = {
    "schema": "bargain-case/1", "dimensions": ["mandate"], "scale": [0, 100],
    "actors": [
        {"actor": "Aland", "position": 80, "salience": 60, "capability": 100},
        {"actor": "Bland", "position": 20, "salience": 50, "capability": 80},
        {"actor": "Cland", "position": 50, "salience": 30, "capability": 40},
    ],
    "rule": "majority",
}  # fmt: skip


def lines(client: TestClient, address: str, asked: dict[str, Any]) -> list[dict[str, Any]]:
    with client.stream("POST", address, json=asked) as found:
        assert found.headers["content-type"] == "application/x-ndjson"
        return [json.loads(line) for line in found.iter_lines()]


def plain(answer: Any) -> Any:
    told = as_json(seeing(Desk(answer._record), "").named(answer, changed=False))
    assert told["viewpoint"]["says"] == PLAIN
    return json.loads(json.dumps(rounded(told)))


def test_an_assessment_comes_in_pieces_that_make_the_answer(client: TestClient, desk: Desk) -> None:
    found = lines(client, "/api/assess", {"change": "nordic-accession", "models": ["commitment"]})
    kinds = [line["event"] for line in found]
    assert kinds[-1] == "done"
    assert kinds.index("counts") < kinds.index("model") < kinds.index("done")
    counted = [(line["model"], line["output"], line["counts"]) for line in found if line["event"] == "counts"]
    models = [line["model"] for line in found if line["event"] == "model"]
    assert counted == [(one["model"], one["output"], one["counts"]) for one in models]
    whole = {**found[-1]["answer"], "models": models}
    assert whole == plain(desk.assess("nordic-accession", models=["commitment"]))
    assert next(iter(whole)) == "schema"
    progress = [line for line in found if line["event"] == "progress"]
    assert progress[-1]["done"] == progress[-1]["of"]


def test_the_same_in_one_piece_with_a_constant_changed(client: TestClient, desk: Desk) -> None:
    asked = "change=nordic-accession&models=distance&set=distance.scale=1000&materiality=0.05&among=FIN,RUS"
    found = client.get(f"/api/assess?{asked}")
    wanted = desk.assess("nordic-accession", models=["distance"], settings={"distance.scale": "1000"},
                         materiality=0.05, among=["FIN", "RUS"])  # fmt: skip
    assert found.json() == plain(wanted)
    assert found.json()["models"][0]["parameters"]["scale"] == 1000


def test_a_change_as_text_and_as_data_is_the_same_change(client: TestClient) -> None:
    data = {"name": "mine", "title": "Mine", "steps": [FIN]}
    text = yaml.safe_dump({"schema": "change/1", **data}, sort_keys=False)
    answers = [
        client.post("/api/assess/file", json={"models": ["distance"], **way}).json()
        for way in ({"text": text}, {"data": data})
    ]
    assert answers[0] == answers[1]
    assert answers[0]["change"] == "mine"


@pytest.mark.parametrize(("form", "begins"), [("csv", b"model,"), ("html", b"<!doctype html>"), ("pdf", b"%PDF")])
def test_an_assessment_can_be_taken_away(client: TestClient, form: str, begins: bytes) -> None:
    found = client.get(f"/api/assess?change=nordic-accession&models=distance&form={form}")
    assert found.content.startswith(begins)
    assert found.headers["content-disposition"] == f'attachment; filename="assess.{form}"'


def test_why_down_to_the_claims(client: TestClient, desk: Desk) -> None:
    wanted = desk.why_assess("nordic-accession", "RUS", models=["distance"])
    found = client.get("/api/why/assess?change=nordic-accession&state=Russia&models=distance").json()
    assert found == plain(wanted)
    own = client.post("/api/why/assess?state=FIN", json={"data": {"steps": [FIN]}, "models": ["distance"]}).json()
    assert (own["schema"], own["state"]) == ("why-assess/1", "FIN")


def check(client: TestClient, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = client.post("/api/change/check", json={"data": {"steps": list(steps)}, **more})
    assert found.status_code == 200, found.text
    answer: dict[str, Any] = found.json()
    return answer


def test_a_change_without_mistakes(client: TestClient) -> None:
    found = check(client, FIN)
    assert (found["ok"], found["errors"]) == (True, [])
    assert yaml.safe_load(found["text"])["schema"] == "change/1"


def test_every_mistake_is_at_its_step_and_field(client: TestClient) -> None:
    found = check(
        client, FIN, {"id": "a", "do": "accede", "state": "FIN"}, {"id": "b", "do": "acede", "state": "FIN"},
        {"id": "c", "do": "pledge", "from": "FIN", "to": "SWE", "kind": "defense"},
        {"id": "d", "do": "accede", "state": "FIN", "organization": "NATO", "date": "2023-02-30"},
        {"id": "e", "do": "accede", "state": "FIN", "organization": "NATO", "colour": "red"},
    )  # fmt: skip
    assert [(one["step"], one["field"]) for one in found["errors"]] == [
        (1, "organization"), (2, "do"), (3, "kind"), (4, "date"), (5, "colour"),
    ]  # fmt: skip
    assert all(one["error"] and one["kind"] == "file" for one in found["errors"])


@pytest.mark.parametrize(
    ("step", "kind", "field", "reason"),
    [
        ({**FIN, "state": "Finlandia"}, "unknown_name", "state", None),
        ({**FIN, "organization": "NAYO"}, "unknown_name", "organization", None),
        ({**PLEDGE, "to": ["members of NAYO"]}, "unknown_name", "to", None),
        ({**FIN, "state": "FRA"}, "change", None, "already_so"),
        ({**FIN, "do": "withdraw"}, "change", None, "not_so"),
    ],
)  # fmt: skip
def test_what_only_the_record_can_tell(
    client: TestClient, step: dict[str, Any], kind: str, field: str | None, reason: str | None
) -> None:
    (one,) = check(client, step)["errors"]
    assert (one["kind"], one["field"], one["reason"]) == (kind, field, reason)
    assert one["step"] == 0


def test_a_mistake_inside_a_step_names_the_place_within_it(client: TestClient) -> None:
    good = {"do": "pledge", "from": "FIN", "to": "SWE", "kind": "defence"}
    act = {"id": "a", "do": "enact", "treaty": "NPT_1968"}
    (one,) = check(client, FIN, {**act, "effects": [good, {**good, "kind": "love"}]})["errors"]
    assert (one["step"], one["inside"], one["field"]) == (1, 1, "kind")
    (one,) = check(client, FIN, {**act, "effects": [good, {**good, "to": ["SWE", "Narnia"]}]})["errors"]
    assert (one["step"], one["inside"], one["field"]) == (1, 1, "to")
    found = {"id": "b", "do": "found", "organization": "X", "members": ["FIN"], "pledges": [{"kind": "love"}]}
    (one,) = check(client, found)["errors"]
    assert (one["step"], one["inside"], one["field"]) == (0, 0, "kind")
    (one,) = check(client, {**FIN, "id": "", "state": ""})["errors"]
    assert one["inside"] is None


@pytest.mark.parametrize(
    ("steps", "step", "field", "near"),
    [
        ([FIN, FIN], 1, "id", None),
        ([{**FIN, "states": ["SWE"]}], 0, "state", None),
        ([{"id": "a", "do": "set", "state": "FIN", "figure": "gdp", "value": 1}], 0, "figure", "gdp_current_usd"),
        ([{**FIN, "role": "chief"}], 0, "role", "member"),
        ([{**FIN, "date": "2039-04-04"}], 0, "date", None),
    ],
)  # fmt: skip
def test_a_mistake_that_names_no_place_is_put_at_the_field_it_speaks_of(
    client: TestClient, steps: list[dict[str, Any]], step: int, field: str, near: str | None
) -> None:
    errors = check(client, *steps)["errors"]
    assert (errors[0]["step"], errors[0]["field"]) == (step, field)
    assert near is None or near in errors[0]["near"]
    assert "--" not in errors[0]["do"]


@pytest.mark.parametrize(("on", "ok"), [("", True), ("2023-04-03", True), ("2039-01-01", False), ("next year", False)])
def test_a_baseline_that_cannot_be_is_told_at_its_own_field(client: TestClient, on: str, ok: bool) -> None:
    found = check(client, FIN, on=on)
    assert found["ok"] is ok
    assert [(one["step"], one["field"]) for one in found["errors"]] == ([] if ok else [(None, "on")])


def test_the_change_comes_back_as_plain_data_to_be_edited(client: TestClient) -> None:
    text, _ = change_text("drafts-2021")
    found = client.post("/api/change/check", json={"text": text}).json()
    assert found["ok"] is True
    assert found["data"]["steps"][1]["effects"][3]["states"] == ["members of NATO"]
    again = client.post("/api/change/check", json={"data": found["data"]}).json()
    assert (again["ok"], again["data"]) == (True, found["data"])
    assert client.post("/api/change/check", json={"text": "steps: ["}).json()["data"] is None


def test_figures_that_a_step_can_set_come_with_their_units(client: TestClient) -> None:
    known = client.get("/api/steps").json()
    assert {one["name"] for one in known["figures"]} == set(FIGURES)
    assert all(one["unit"] for one in known["figures"])
    for rule in known["rules"]:
        step = {"id": "a", "do": "found", "organization": "X", "members": ["FIN", "SWE"], "rule": rule}
        assert check(client, step)["ok"], rule


def test_text_that_is_no_change_at_all(client: TestClient) -> None:
    for text in (
        "steps: [",
        "- 1",
        "schema: change/2\nname: a\ntitle: b\nsteps: []",
        "a: &x 1\nb: *x",
        "!!python/none x",
    ):
        found = client.post("/api/change/check", json={"text": text}).json()
        assert found["ok"] is False
        assert found["errors"][0]["kind"] == "file"


@pytest.mark.parametrize(
    ("asked", "status", "kind"),
    [
        ({}, 400, "question"),
        ({"change": "nordic-accession", "text": "x"}, 400, "question"),
        ({"change": "nordic"}, 404, "unknown_name"),
        ({"change": "../../../etc/hostname.yml"}, 404, "unknown_name"),
        ({"change": "/etc/hostname"}, 404, "unknown_name"),
        ({"text": "steps: ["}, 422, "file"),
        ({"change": "nordic-accession", "models": ["astrology"]}, 404, "unknown_name"),
        ({"change": "nordic-accession", "settings": {"deterrence.gamma": -1}}, 400, "question"),
        ({"change": "nordic-accession", "settings": {"deterrence.gama": 1}}, 400, "question"),
        ({"change": "nordic-accession", "materiality": 2}, 400, "question"),
        ({"change": "nordic-accession", "among": ["Atlantis"]}, 404, "unknown_name"),
        ({"change": "nordic-accession", "on": "2999-01-01"}, 400, "question"),
        ({"change": "nordic-accession", "power": "cinc"}, 424, "missing_data"),
        ({"change": "nordic-accession", "draws": 201}, 413, "too_large"),
        ({"change": "nordic-accession", "draws": -1}, 400, "question"),
        ({"change": "nordic-accession", "colour": "red"}, 400, "question"),
        ({"data": {"steps": [{**FIN, "state": "FRA"}]}}, 409, "change"),
        ({"data": {"steps": [{**FIN, "id": str(n)} for n in range(21)]}}, 413, "too_large"),
        ({"data": {"steps": [{**FIN, "state": None, "states": [f"S{n}" for n in range(61)]}]}}, 413, "too_large"),
    ],
)  # fmt: skip
def test_assessments_that_cannot_be_made(client: TestClient, asked: dict[str, Any], status: int, kind: str) -> None:
    found = client.post("/api/assess/file", json=asked)
    assert (found.status_code, found.json()["kind"]) == (status, kind), found.text
    assert found.json()["error"]


def test_a_mistake_in_a_stream_is_its_last_line(client: TestClient) -> None:
    found = lines(client, "/api/assess", {"data": {"steps": [{**FIN, "state": "FRA"}]}})
    assert [line["event"] for line in found] == ["error"]
    assert (found[0]["status"], found[0]["reason"]) == (409, "already_so")


def test_the_changes_that_ship_with_their_text(client: TestClient) -> None:
    found = client.get("/api/changes").json()["changes"]
    assert [one["name"] for one in found] == list(SHIPPED)
    for one in found:
        assert one["text"] == change_text(one["name"])[0]
        assert [step["id"] for step in one["steps"]] == [step["id"] for step in yaml.safe_load(one["text"])["steps"]]
    taken = client.post("/api/change/file", json={"change": "nordic-accession"})
    assert taken.headers["content-disposition"] == 'attachment; filename="nordic-accession.yml"'
    assert taken.text == change_text("nordic-accession")[0]


def test_a_change_can_be_made_again_from_its_steps(client: TestClient) -> None:
    for one in client.get("/api/changes").json()["changes"]:
        asked = {"data": {"name": one["name"], "title": one["title"], "steps": one["steps"]}}
        found = client.post("/api/change/check", json=asked).json()
        assert found["ok"], (one["name"], found["errors"])


def test_every_constant_is_listed_with_its_range(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/models").json()["models"]
    keys = [constant["key"] for one in found for constant in one["parameters"]]
    assert keys == [row["constant"] for row in desk.list("models").rows()]
    numbers = [c for one in found for c in one["parameters"] if c["kind"] == "number" and c["default"] is not None]
    assert all(c["low"] is None or c["low"] <= c["default"] <= c["high"] for c in numbers)
    assert next(one for one in found if one["model"] == "commitment")["outputs"][0].startswith("commitment/")
    assert question_of("x", "", "")["power"] == "beckley_2018"


def test_a_veto(client: TestClient, desk: Desk) -> None:
    found = client.post("/api/decide", json=VETO).json()
    assert found == plain(desk.councils.decide(VETO))
    assert (found["outcome"], found["defeated_by"], found["flips"]) == ("rejected", "veto", [["RUS"]])
    carried = client.post("/api/decide", json={**VETO, "votes": {"RUS": "abstain", "CHN": "abstain"}}).json()
    assert carried["outcome"] == "adopted"


@pytest.mark.parametrize(
    ("case", "status"),
    [
        ({}, 422),
        ({**VETO, "body": "Hanse"}, 400),
        ({**VETO, "votes": {"FRA": "perhaps"}}, 422),
        ({**VETO, "votes": {"DEU": "yes"}}, 400),
        ({**VETO, "on": "2022-02-30"}, 422),
        ({**VETO, "change": "/etc/hostname.yml"}, 404),
        ({"body": "X", "on": "2022-02-25", "change": "nothing"}, 400),
    ],
)  # fmt: skip
def test_votes_that_cannot_be_counted(client: TestClient, case: dict[str, Any], status: int) -> None:
    found = client.post("/api/decide", json=case)
    assert found.status_code == status, found.text


def test_bodies_with_who_votes_and_what_is_asked(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/bodies?on=2022-02-25").json()["bodies"]
    council = next(one for one in found if one["key"] == "UNSC")
    assert len(council["members"]["sure"]) == 15
    assert council["procedures"][0]["votes"][0] == "no"
    assert {one["key"] for one in found} == {row["body"] for row in desk.councils.procedures().rows()}
    early = client.get("/api/bodies?on=1960-01-01&body=UNSC").json()["bodies"][0]
    assert len(early["members"]["sure"]) == 11
    assert len(client.get("/api/bodies?body=UNSC").json()["bodies"][0]["procedures"]) > len(early["procedures"])


def test_power(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/power?body=UNSC&on=2024-01-01&by_kind=true").json()
    assert found == plain(desk.councils.power("UNSC", on="2024-01-01", by_kind=True, procedure="", facts={}))
    own = client.post("/api/power", json={"rule": "[51; 50,49,1]"}).json()
    assert own == plain(desk.councils.power_of_rule("[51; 50,49,1]"))
    for asked, status in (({}, 400), ({"rule": "/etc/passwd"}, 400), ({"body": "Hanse", "on": "2024-01-01"}, 400)):
        assert client.post("/api/power", json=asked).status_code == status


def test_bargaining(client: TestClient, desk: Desk) -> None:
    found = client.post("/api/bargain", json=BARGAIN).json()
    assert found == plain(desk.councils.bargain(BARGAIN))
    unsure = {**BARGAIN, "actors": [*BARGAIN["actors"][:2], {**BARGAIN["actors"][2], "position": [[40, 60]]}]}
    drawn = client.post("/api/bargain?draws=5&seed=1", json=unsure).json()
    assert drawn == plain(desk.councils.bargain(unsure, draws=5, seed=1))
    assert client.post("/api/bargain?form=svg", json=BARGAIN).text.lstrip().startswith("<")
    assert client.post("/api/bargain?draws=201", json=BARGAIN).status_code == 413
    assert client.post("/api/bargain", json={"actors": 3}).status_code == 422


def test_holdings(client: TestClient) -> None:
    head = "state,zone,category,status,basis,low,high,date\n"
    asked = {
        "treaty": "CFE_1990",
        "on": "1999-07-01",
        "holdings": f"{head}FRA,area,battle_tanks,total,declared,900,900,1999-07-01\n",
    }
    kept = client.post("/api/comply", json={**asked, "state": "FRA"}).json()
    assert kept["schema"] == "comply/1", kept
    assert "yes" in {one["verdict"] for one in kept["findings"]}
    for bad, field in (
        ("FRA,nowhere,battle_tanks,total,declared,1,1,1999-07-01", "zone"),
        ("Atlantis,area,battle_tanks,total,declared,1,1,1999-07-01", "state"),
        ("FRA,area,battle_tanks,total,declared,9,1,1999-07-01", "high"),
    ):
        found = client.post("/api/comply", json={**asked, "holdings": f"{head}{bad}\n"})
        assert found.status_code in (404, 422), found.text
        told = found.json()["where"] + found.json()["error"]
        assert "row 2" in told
        assert field in told or "Atlantis" in told
        assert "/tmp" not in found.text
    many = head + "FRA,area,battle_tanks,total,declared,1,1,1999-07-01\n" * 501
    assert client.post("/api/comply", json={**asked, "holdings": many}).status_code == 413
    assert client.post("/api/comply", json={**asked, "holdings": "\x00"}).status_code == 422
    assert client.post("/api/comply", json={"treaty": "NATO", "on": "1999-07-01"}).status_code in (400, 404)


def test_what_a_treaty_asks_for(client: TestClient) -> None:
    listed = client.get("/api/treaties/rules").json()["treaties"]
    assert len(listed) > 30
    (one,) = client.get("/api/treaties/rules?treaty=CFE_1990").json()["treaties"]
    assert one["holdings"] is True
    assert [column["name"] for column in one["holdings_columns"]][:3] == ["state", "zone", "category"]
    assert "battle_tanks" in str(one["holdings_columns"])
    assert one["obligations"]
    assert client.get("/api/treaties/rules?treaty=Hanse").status_code == 404


def test_history_says_what_has_to_be_imported(client: TestClient) -> None:
    found = client.get("/api/history?model=distance&from=1990&to=1992")
    assert (found.status_code, found.json()["kind"]) == (424, "missing_data")
    assert "import" in found.json()["do"]
    assert client.get("/api/history?model=distance&from=1816&to=2016").status_code == 413
    assert client.get("/api/history?model=astrology&from=1990&to=1992").status_code == 404
    with client.stream("GET", "/api/history/stream?model=distance&from=1990&to=1992") as told:
        (line,) = [json.loads(one) for one in told.iter_lines()]
    assert (line["event"], line["status"]) == ("error", 424)


def test_design(client: TestClient, desk: Desk) -> None:
    shipped = {one["name"]: one for one in client.get("/api/designs").json()["designs"]}
    assert shipped["five-lands"]["levers"] > 0
    found = lines(client, "/api/design", {"case": "five-lands"})
    assert found[-1]["event"] == "done"
    assert found[-1]["answer"] == plain(desk.design("five-lands"))


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"case": "six-lands"}, 404),
        ({"case": "/etc/hostname.yml"}, 404),
        ({"text": "levers: ["}, 422),
        ({"data": {"name": "a", "title": "b", "levers": []}}, 422),
        ({"data": {**LEVERS, "start": {"facts": "/etc"}}}, 400),
        ({"data": {**LEVERS, "start": {"after": "/x.yml"}}}, 404),
    ],
)  # fmt: skip
def test_searches_that_cannot_be_made(client: TestClient, asked: dict[str, Any], status: int) -> None:
    found = client.post("/api/design", json=asked)
    assert found.status_code == status, found.text


def test_an_assessment_by_a_viewpoint_names_it_in_every_form(client: TestClient) -> None:
    asked = "change=csto-uzbekistan-2012&models=commitment&viewpoint=Russia"
    found = client.get(f"/api/assess?{asked}").json()
    assert found["viewpoint"]["state"] == "RUS"
    assert found["viewpoint"]["says"].startswith("As asserted by Russia (RUS): ")
    assert "as asserted by Russia (RUS)" in client.get(f"/api/assess?{asked}&form=csv").text.splitlines()[1]
    assert client.get(f"/api/why/assess?{asked}&state=UZB").json()["viewpoint"]["state"] == "RUS"
    given = {"change": "csto-uzbekistan-2012", "models": ["commitment"], "viewpoint": "RUS"}
    assert lines(client, "/api/assess", given)[-1]["answer"]["viewpoint"]["state"] == "RUS"
    assert client.get(f"/api/assess?{asked}land").status_code == 404
