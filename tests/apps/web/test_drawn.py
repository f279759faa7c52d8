"""Layers, networks and squares: the same ties as the questions they are drawn from, and the same figure twice."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from indivisible.apps.desk import Desk
from indivisible.apps.web.layers import layer, parsed
from indivisible.apps.web.network import network
from indivisible.apps.web.spans import spans
from indivisible.apps.web.viewpoint import Viewpoint
from indivisible.architecture.snapshot import as_of
from indivisible.errors import QuestionError
from indivisible.record.record import Record
from indivisible.values import day_of, iso

NOBODY = Viewpoint("", "")


def classes(client: TestClient, name: str, on: str) -> dict[str, str]:
    found = client.get("/api/map/layer", params={"layer": name, "on": on}).json()
    assert all(one["sentence"].endswith(".") for one in found["states"])
    known = {line["class"] for line in found["legend"]}
    counted = {line["class"]: line["states"] for line in found["legend"]}
    shown = [one["class"] for one in found["states"]]
    assert set(shown) <= known
    assert counted == {kind: shown.count(kind) for kind in known}
    return {one["state"]: one["class"] for one in found["states"]}


@pytest.mark.parametrize(
    ("state", "before", "on", "after"),
    [
        ("FIN", "other", "2023-04-04", "member"),
        ("POL", "other", "1999-03-12", "member"),
        ("DEU", "not_member", "1955-05-06", "member"),
    ],
)
def test_the_day_of_an_accession(client: TestClient, state: str, before: str, on: str, after: str) -> None:
    eve = iso(day_of(on) - 1)
    found = classes(client, "membership:NATO", eve)[state], classes(client, "membership:NATO", on)[state]
    assert found[1] == after
    assert found[0] in (before, "other", "not_member")


@pytest.mark.parametrize("key", ["NATO", "CSTO", "EU", "UN", "PFP", "OSCE", "ARAB_LEAGUE"])
def test_membership_is_that_of_the_question_of_members(desk: Desk, key: str) -> None:
    for on in ("1955-05-05", "1974-08-15", "1995-01-01", "2012-12-20", "2024-06-01"):
        answer = desk.members(key, on=on)
        unsure = dict(answer.unsure)
        for one in layer(desk.record, NOBODY, f"membership:{key}", on=on)["states"]:
            state, kind = one["state"], one["class"]
            assert (kind in ("member", "suspended")) == (state in answer.members), (key, on, state, kind)
            assert (kind in ("unsure", "disputed")) == (unsure.get(state, "silent") != "silent"), (key, on, state)


@pytest.mark.parametrize("key", ["NPT_1968", "CFE_1990", "UN_CHARTER_1945", "CTBT_1996", "BTWC_1972", "TPNW_2017"])
def test_status_is_that_of_the_question_of_the_treaty(desk: Desk, key: str) -> None:
    for on in ("1970-03-04", "1970-03-05", "1992-11-09", "2007-12-12", "2024-06-01"):
        answer = desk.treaty(key, on=on).to_dict()
        unsure = {one["state"] for one in answer["unsure"]}
        for one in layer(desk.record, NOBODY, f"treaty:{key}", on=on)["states"]:
            state, kind = one["state"], one["class"]
            assert (kind in ("party", "suspended")) == (state in answer["parties"]), (key, on, state, kind)
            assert (kind in ("disputed", "unsure")) == (state in unsure), (key, on, state, kind)


def test_what_has_ended_is_not_what_is_not_listed(client: TestClient) -> None:
    assert classes(client, "treaty:OPEN_SKIES_1992", "2023-01-01")["USA"] == "left"
    assert classes(client, "treaty:CFE_1990", "2010-01-01")["RUS"] == "suspended"
    assert classes(client, "treaty:CFE_1990", "2024-01-01")["RUS"] == "left"


def test_pledges_of_a_state_both_ways(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/map/layer?layer=pledges:USA&on=1980-01-01").json()
    snapshot = as_of(desk.record, day_of("1980-01-01"))
    shown = {one["state"]: one for one in found["states"]}
    assert shown["USA"]["class"] == "self"
    for state in snapshot.states:
        out = {p.kind for p in snapshot.pledges if p.sender == "USA" and p.receiver == state}
        back = {p.kind for p in snapshot.pledges if p.receiver == "USA" and p.sender == state}
        if state != "USA":
            direction = "both" if out and back else "given" if out else "received" if back else None
            assert shown[state]["direction"] == direction
            assert (shown[state]["class"] == "none") == (not out and not back)
            assert ("defence" in out | back) == (shown[state]["class"] == "defence")


def test_spans_are_the_layers_of_every_day(desk: Desk) -> None:
    rng = random.Random(3)
    for name in ("membership:CSTO", "membership:NATO", "pledges:CYP", "pledges:SUN", "treaty:CFE_1990", "treaty:NPT"):
        life = spans(desk.record, name, first="1945-01-01")
        edges = sorted({s[end] for one in life["states"] for s in one["spans"] for end in ("from", "to") if s[end]})
        days = [rng.choice(edges) for _ in range(3)]
        days += [iso(day_of(day) - 1) for day in days if day > "1945-01-01"]
        for on in days:
            if day_of(on) >= desk.record.known_to:
                continue
            shown = layer(desk.record, NOBODY, name, on=on)["states"]
            wanted = {one["state"]: (one["class"], one["sentence"]) for one in shown}
            assert _on(life, on) == wanted, (name, on)


def _on(life: dict[str, Any], on: str) -> dict[str, tuple[str, str]]:
    return {
        one["state"]: (span["class"], span["sentence"])
        for one in life["states"] for span in one["spans"]
        if span["from"] <= on and (span["to"] is None or on < span["to"])
    }  # fmt: skip


def test_layers_that_are_not_told_over_time(client: TestClient) -> None:
    for name in ("reading:distance", "change:nordic-accession:distance"):
        assert client.get(f"/api/map/spans?layer={name}").status_code == 400
    assert client.get("/api/map/spans?layer=membership:NATO&from=2999-01-01").status_code == 400


@pytest.mark.parametrize(
    "name", ["", "membership", "membership:", "treaty:NPT:x", "change:x", "colour:red", ":", "a:b:c"]
)
def test_what_is_no_layer(client: TestClient, name: str) -> None:
    with pytest.raises(QuestionError):
        parsed(name)
    assert client.get("/api/map/layer", params={"layer": name, "on": "2020-01-01"}).status_code == 400


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("layer=membership:NAYO&on=2020-01-01", 404),
        ("layer=pledges:SUN&on=2020-01-01", 400),
        ("layer=membership:NATO", 400),
        ("layer=membership:NATO&on=2999-01-01", 400),
        ("layer=membership:NATO&on=2020-01-01&viewpoint=Atlantis", 404),
        ("layer=reading:astrology&on=2020-01-01", 404),
        ("layer=reading:distance/sunny&on=2020-01-01", 400),
        ("layer=change:nowhere:distance", 404),
        ("layer=change:../../x.yml:distance", 404),
    ],
)
def test_a_layer_that_cannot_be_shown(client: TestClient, asked: str, status: int) -> None:
    found = client.get(f"/api/map/layer?{asked}")
    assert found.status_code == status, found.text
    assert found.json()["schema"] == "error/1"


def test_a_reading_is_that_of_the_assessment(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/map/layer?layer=reading:commitment/defence&on=2023-04-03").json()
    judged = desk.assess("nordic-accession", models=["commitment"], settings={"commitment.kind": "defence"})
    before = {one.state: one.before for one in judged.assessment.models[0].states}
    assert len(found["states"]) == len(before)
    for one in found["states"]:
        score = before[one["state"]]
        if one["value"] is not None:
            assert one["value"] == pytest.approx(score.best)
        if one.get("low") is not None:
            assert (one["low"], one["high"]) == (pytest.approx(score.low), pytest.approx(score.high))
    unknown = [one for one in found["states"] if one["class"] == "unknown"]
    assert all(one["value"] is None for one in unknown)


def test_gains_and_losses_are_those_of_the_assessment(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/map/layer?layer=change:nordic-accession:distance").json()
    judged = desk.assess("nordic-accession", models=["distance"]).assessment.models[0]
    assert found["on"] == "2023-04-03"
    assert {one["state"]: one["class"] for one in found["states"]} == {s.state: s.verdict for s in judged.states}


def test_the_same_network_twice_and_no_two_dots_in_one_place(client: TestClient, desk: Desk) -> None:
    asked = {"on": "1980-01-01", "kinds": ["defence", "neutrality"], "organizations": ["NATO", "WARSAW_PACT"]}
    first = network(desk.record, **asked)  # type: ignore[arg-type]
    assert first == network(desk.record, **asked)  # type: ignore[arg-type]
    places = np.array([[one["x"], one["y"]] for one in first["nodes"]])
    assert np.abs(places).max() == 1.0
    apart = np.linalg.norm(places[:, None] - places[None, :], axis=2) + np.eye(len(places))
    assert apart.min() > 0.002
    sent = client.get("/api/network?on=1980-01-01&kinds=defence,neutrality&organizations=NATO,WARSAW_PACT").json()
    assert sent["nodes"] == first["nodes"]


def test_ties_draw_together(desk: Desk) -> None:
    found = network(desk.record, on="1980-01-01")
    place = {one["key"]: np.array([one["x"], one["y"]]) for one in found["nodes"]}
    keys = sorted(place)
    tied = {frozenset((one["from"], one["to"])) for one in found["edges"]}
    near = [np.linalg.norm(place[a] - place[b]) for a, b in map(sorted, tied)]
    far = [np.linalg.norm(place[a] - place[b]) for a in keys for b in keys if a < b and frozenset((a, b)) not in tied]
    assert np.mean(near) < 0.8 * np.mean(far)


def test_lines_are_the_pledges_of_the_snapshot(desk: Desk) -> None:
    found = network(desk.record, on="2010-01-01", kinds=("defence",), lone=True)
    lines = set()
    for one in found["edges"]:
        lines.add((one["from"], one["to"]))
        if one["mutual"]:
            lines.add((one["to"], one["from"]))
    snapshot = as_of(desk.record, day_of("2010-01-01"))
    assert lines == {(p.sender, p.receiver) for p in snapshot.pledges if p.kind == "defence"}
    assert len(found["nodes"]) == len(snapshot.states)
    assert sum(one["ties"] for one in found["nodes"]) == 2 * len(found["edges"])


def test_nothing_tied_is_an_empty_figure(desk: Desk) -> None:
    found = network(desk.record, on="2010-01-01", kinds=())
    assert (found["nodes"], found["edges"]) == ([], [])


def test_the_square_has_a_cell_for_every_pledge(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/matrix?on=2010-01-01&kind=defence&among=NATO,CSTO").json()
    keys, texts = [[one["key"] for one in found[name]] for name in ("states", "treaties")]
    cells = {(keys[row], keys[column]): {texts[n] for n in listed} for row, column, listed, _ in found["cells"]}
    members = {*desk.members("NATO", on="2010-01-01").members, *desk.members("CSTO", on="2010-01-01").members}
    wanted: dict[tuple[str, str], set[str]] = {}
    for pledge in as_of(desk.record, day_of("2010-01-01")).pledges:
        if pledge.kind == "defence" and {pledge.sender, pledge.receiver} <= members:
            wanted.setdefault((pledge.sender, pledge.receiver), set()).add(pledge.treaty)
    assert cells == wanted
    assert keys == sorted(members)
    assert sorted(found["order"]) == list(range(len(keys)))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("matrix?on=2010-01-01&kind=friendship", 400),
        ("matrix?on=2010-01-01&among=Atlantis", 404),
        ("network?on=2010-01-01&kinds=friendship", 400),
        ("network?on=2010-01-01&organizations=Hanse", 404),
        ("network?on=2999-01-01", 400),
    ],
)
def test_figures_that_cannot_be_drawn(client: TestClient, address: str, status: int) -> None:
    found = client.get(f"/api/{address}")
    assert (found.status_code, found.json()["schema"]) == (status, "error/1")


def test_a_league_worked_out_by_hand(world: Record) -> None:
    """Dates that are a year are not known for sure within it; what two sources say otherwise is disputed."""

    def on(day: str) -> dict[str, str]:
        return {one["state"]: one["class"] for one in layer(world, NOBODY, "membership:LEAGUE", on=day)["states"]}

    assert on("1969-12-31") == {"ALA": "member", "BLA": "not_member", "CLA": "not_member", "DLA": "not_member",
                                "ELA": "not_member"}  # fmt: skip
    assert on("1970-06-01")["BLA"] == "unsure"
    assert on("1971-01-01")["BLA"] == on("1980-06-14")["BLA"] == "member"
    assert on("1980-06-15")["BLA"] == "not_member"
    assert (on("1979-12-31")["ELA"], on("1980-01-01")["ELA"]) == ("member", "disputed")
    assert "ELA" not in on("1990-01-01")
    assert on("1985-03-15")["CLA"] == "unsure"
    assert (on("2000-05-04")["CLA"], on("2000-05-05")["CLA"], on("2001-05-05")["CLA"]) == (
        "member", "suspended", "member",
    )  # fmt: skip
    assert on("1992-01-01")["DLA"] == "other"
    assert on("1950-01-01")["ALA"] == "member"
    assert on("1949-12-31")["ALA"] == "not_member"
