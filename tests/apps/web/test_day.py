"""A day as the map has it: the snapshot's own ties, disputes as disputes, and areas for every state."""

from __future__ import annotations

import random
from typing import Any

import pytest
from fastapi.testclient import TestClient

from indivisible.apps.desk import Desk
from indivisible.apps.web.disputes import disputes_on
from indivisible.apps.web.existence import existence, owners, states_of
from indivisible.apps.web.territories import Areas
from indivisible.apps.web.viewpoint import seen_from
from indivisible.architecture.snapshot import as_of, states_on
from indivisible.values import day_of, iso

ON = "2015-06-01"


@pytest.fixture(scope="module")
def day(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/day?on={ON}").json()
    return found


def test_every_pledge_of_the_snapshot_stands_once(day: dict[str, Any], desk: Desk) -> None:
    keys = [state["key"] for state in day["states"]]
    found = set()
    for group in day["pledges"]:
        both = [(a, b) for a, b in group["mutual"]] + [(b, a) for a, b in group["mutual"]] + group["oneway"]
        for a, b in both:
            one = (keys[a], keys[b], group["kind"], group["treaty"], group["article"])
            assert one not in found
            found.add(one)
    snapshot = as_of(desk.record, day_of(ON))
    assert found == {(p.sender, p.receiver, p.kind, p.treaty, p.article) for p in snapshot.pledges}
    assert keys == list(snapshot.states)
    assert {(keys[a], keys[b]) for a, b in day["borders"]} == {pair for pair in snapshot.borders if pair[0] < pair[1]}


def test_members_are_those_of_the_question_of_members(day: dict[str, Any], desk: Desk) -> None:
    listed = {one["key"]: one for one in day["organizations"]}
    for key in ("NATO", "CSTO", "EU", "OSCE", "PFP", "UN"):
        wanted = desk.members(key, on=ON)
        assert listed[key]["members"] == list(wanted.members)
        assert listed[key]["unsure"] == [state for state, why in wanted.unsure if why != "silent"]


def test_a_dispute_is_shown_as_one_and_by_a_viewpoint_as_its_state_holds(client: TestClient) -> None:
    def statehood(viewpoint: str) -> dict[str, str | None]:
        found = client.get(f"/api/day?on=2020-01-01&viewpoint={viewpoint}").json()
        assert found["viewpoint"]["state"] == (viewpoint or None)
        return {one["key"]: one["statehood"] for one in (*found["states"], *found["others"])}

    assert statehood("")["XKX"] == statehood("")["TWN"] == statehood("")["PSE"] == "disputed"
    assert (statehood("SRB")["XKX"], statehood("SRB")["TWN"]) == ("denied", "disputed")
    assert statehood("CHN")["TWN"] == "denied"
    assert statehood("")["FRA"] is None


def test_who_says_what_is_taken_from_the_words_of_the_record(desk: Desk) -> None:
    found = {(one.matter, one.subject): one for one in disputes_on(desk.record, day_of("2020-01-01"))}
    assert [saying.speaker for saying in found["statehood", "XKX"].sayings] == ["RUS", "SRB"]
    abkhazia = {saying.speaker: saying.says for saying in found["statehood", "ABK"].sayings}
    assert abkhazia == {"GEO": "does not recognise it", "RUS": "recognises it"}
    assert found["statehood", "ESH"].said_by("MAR") == "does not recognise it"
    assert found["statehood", "PSE"].sayings == ()
    assert ("statehood", "ABK") not in {(d.matter, d.subject) for d in disputes_on(desk.record, day_of("2008-08-25"))}


def test_what_a_state_asserts_counts_by_its_viewpoint_alone(desk: Desk, client: TestClient) -> None:
    asked = "treaty?name=NPT&on=2010-01-01&state=PRK"
    by = {view: client.get(f"/api/{asked}&viewpoint={view}").json() for view in ("", "PRK", "USA")}
    assert [by[view]["status"] for view in ("", "PRK", "USA")] == ["disputed", "withdrawn", "disputed"]
    assert "viewpoint" not in by[""]
    assert by["PRK"]["viewpoint"]["state"] == "PRK"
    layers = {view: client.get(f"/api/map/layer?layer=treaty:NPT&on=2010-01-01&viewpoint={view}").json() for view in by}
    assert [_class(layers[view], "PRK") for view in ("", "PRK", "USA")] == ["disputed", "left", "disputed"]
    assert [_class(layers[view], "TWN") for view in ("", "USA")] == ["disputed", "party"]
    assert len(seen_from(desk.record, "FRA").columns) == len(desk.record.columns)


def test_two_viewpoints_on_one_matter(desk: Desk) -> None:
    consent = {"subject": "DEP_RUS_GEO_ABKHAZIA", "field": "consent"}
    assert {claim.value for claim in desk.record.claims(**consent)} == {"yes", "no"}
    assert [claim.value for claim in seen_from(desk.record, "GEO").claims(**consent)] == ["no"]
    assert [claim.value for claim in seen_from(desk.record, "RUS").claims(**consent)] == ["yes"]
    assert {claim.value for claim in seen_from(desk.record, "FRA").claims(**consent)} == {"yes", "no"}


def test_an_export_names_the_viewpoint(client: TestClient) -> None:
    found = client.get("/api/members?organization=CSTO&on=2025-06-01&viewpoint=RUS&form=csv").text.splitlines()
    assert found[0].endswith(",viewpoint")
    assert all(line.endswith(",RUS") for line in found[1:])
    page = client.get("/api/members?organization=CSTO&on=2025-06-01&viewpoint=RUS&form=html").text
    assert "Viewpoint: Russia (RUS)" in page


def _class(layer: dict[str, Any], state: str) -> str:
    return next(one["class"] for one in layer["states"] if one["state"] == state)


def test_the_states_of_a_day_are_those_of_the_snapshot(desk: Desk) -> None:
    rng = random.Random(7)
    days = [rng.randrange(day_of("1945-01-01"), desk.record.known_to) for _ in range(25)]
    edges = sorted({edge for lives in existence(desk.record).values() for pair in lives for edge in pair})
    days += [day + step for day in edges[-30:-1] for step in (-1, 0) if day + step < desk.record.known_to]
    for day in days:
        assert states_of(desk.record, day) == list(states_on(desk.record, day)), iso(day)


def test_areas_of_states_that_came_apart(desk: Desk) -> None:
    areas = Areas(desk.record)
    before = areas.of(states_of(desk.record, day_of("1980-01-01")))
    after = areas.of(states_of(desk.record, day_of("2000-01-01")))
    assert len(before["SUN"]) == 15
    assert "804" in before["SUN"]
    assert after["UKR"] == ("804",)
    assert before["DDR"] == before["DEU"] == ("276",)
    assert "688" in before["YUG"]
    without = {state for state, found in {**before, **after}.items() if not found}
    assert without <= {"XKX", "ZAN"}, "areas that the record has no code for"


def test_areas_over_time_are_those_of_each_day(desk: Desk) -> None:
    found = owners(desk.record, first="1945-01-01")
    for on in ("1945-01-01", "1960-07-01", "1991-12-25", "1991-12-26", "2024-01-01"):
        by_state: dict[str, set[str]] = {}
        for area in found["areas"]:
            for span in area["spans"]:
                if span["from"] <= on and (span["to"] is None or on < span["to"]):
                    for state in span["states"]:
                        by_state.setdefault(state, set()).add(area["area"])
        wanted = Areas(desk.record).of(states_of(desk.record, day_of(on)))
        assert {state: tuple(sorted(one)) for state, one in by_state.items()} == {k: v for k, v in wanted.items() if v}


def test_turning_days(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/days?about=NATO&from=1949-01-01").json()
    days = [one["day"] for one in found["days"]]
    assert days == sorted(set(days))
    assert days[0] >= "1949-01-01"
    assert {"1949-08-24", "1999-03-12", "2023-04-04", "2024-03-07"} <= set(days)
    assert found["to"] == iso(desk.record.known_to - 1)


@pytest.mark.parametrize("on", ["2999-01-01", "2020", "2020-02-30", "yesterday", "", "2020-01-01\x00"])
def test_a_day_that_cannot_be_shown(client: TestClient, on: str) -> None:
    found = client.get("/api/day", params={"on": on})
    assert found.status_code == 400
    assert found.json()["do"]
