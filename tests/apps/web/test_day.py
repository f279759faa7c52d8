"""A day as the map has it: the snapshot's own ties, disputes as disputes, and areas for every state."""

from __future__ import annotations

import json
import random
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from indivisible.apps.desk import Desk
from indivisible.apps.web.disputes import disputes_on
from indivisible.apps.web.existence import existence, owners, states_of
from indivisible.apps.web.territories import Areas
from indivisible.apps.web.viewpoint import seen_from
from indivisible.architecture.snapshot import as_of, states_on
from indivisible.errors import QuestionError, UnknownName
from indivisible.record.claim import Claim
from indivisible.values import Span, day_of, iso

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

    assert statehood("")["XKX"] == statehood("")["TWN"] == statehood("")["PSE"] == statehood("")["ISR"] == "disputed"
    assert (statehood("SRB")["XKX"], statehood("SRB")["TWN"]) == ("denied", "disputed")
    assert (statehood("CHN")["TWN"], statehood("IRN")["ISR"], statehood("ISR")["PSE"]) == ("denied",) * 3
    assert statehood("DEU")["XKX"] is None, "recognised by the viewpoint: shown as a state"
    assert statehood("")["FRA"] is None


@pytest.mark.parametrize(
    ("state", "on", "shown"),
    [
        ("DDR", "1949-10-06", None), ("DDR", "1949-10-07", "disputed"), ("DDR", "1974-09-03", "disputed"),
        ("DDR", "1974-09-04", None), ("EGY", "1979-03-25", None), ("ISR", "1949-05-11", "disputed"),
        ("CHN", "1950-01-01", "disputed"), ("XKX", "2008-02-17", "disputed"),
    ],
)  # fmt: skip
def test_statehood_is_disputed_from_the_day_to_the_day_on_which_somebody_refuses_it(
    desk: Desk, state: str, on: str, shown: str | None
) -> None:
    found = {one.subject for one in disputes_on(desk.record, day_of(on)) if one.matter == "statehood"}
    assert (state in found) == (shown == "disputed")


def test_who_says_what_is_told_by_speaker(desk: Desk) -> None:
    found = {(one.matter, one.subject): one for one in disputes_on(desk.record, day_of("2020-01-01"))}
    kosovo = {saying.speaker: saying.says for saying in found["statehood", "XKX"].sayings}
    assert {key for key, says in kosovo.items() if says == "does not recognise it"} >= {"CHN", "ESP", "RUS", "SRB"}
    assert {key for key, says in kosovo.items() if says == "recognises it"} >= {"DEU", "FRA", "GBR", "USA"}
    abkhazia = {saying.speaker: saying.says for saying in found["statehood", "ABK"].sayings}
    assert (abkhazia["GEO"], abkhazia["RUS"]) == ("does not recognise it", "recognises it")
    assert found["statehood", "ESH"].said_by("MAR") == "does not recognise it"
    assert found["border", "CHN"].said_by("IND") == "does not recognise it"
    assert found["territory", "AREA_CRIMEA"].said_by("RUS") == "part of Russia"
    assert found["territory", "AREA_CRIMEA"].note == "Held by Russia."
    early = {(one.matter, one.subject) for one in disputes_on(desk.record, day_of("2008-08-25"))}
    assert ("statehood", "ABK") not in early
    assert ("territory", "ABK") in early


def test_who_was_gone_says_nothing(desk: Desk) -> None:
    israel = {one.subject: one for one in disputes_on(desk.record, day_of("1950-01-01")) if one.matter == "statehood"}
    assert israel["ISR"].said_by("SYR") == "does not recognise it", "in the first of its two lives in the record"
    for day, speaks in (("1991-12-01", True), ("1992-01-01", False)):
        palestine = {one.subject: one for one in disputes_on(desk.record, day_of(day)) if one.matter == "statehood"}
        assert ("SUN" in {saying.speaker for saying in palestine["PSE"].sayings}) == speaks


@pytest.mark.parametrize(
    ("area", "on", "shown"),
    [
        ("AREA_CRIMEA", "2014-02-26", None), ("AREA_CRIMEA", "2014-03-18", "disputed"),
        ("AREA_GOLAN", "1967-06-09", None), ("AREA_GOLAN", "1967-06-10", "disputed"),
        ("AREA_NAGORNO_KARABAKH", "1991-10-17", None), ("AREA_NAGORNO_KARABAKH", "1991-10-18", "disputed"),
        ("AREA_NAGORNO_KARABAKH", "2023-12-31", "disputed"), ("AREA_NAGORNO_KARABAKH", "2024-01-01", None),
        ("AREA_KHERSON_ZAPORIZHZHIA", "2021-12-31", None), ("AREA_GIBRALTAR", "1963-08-31", None),
        ("AREA_FALKLANDS_MALVINAS", "1945-01-01", "disputed"), ("AREA_SOMALILAND", "1991-05-17", None),
        ("AREA_SOMALILAND", "1991-05-18", "disputed"),
    ],
)  # fmt: skip
def test_an_area_is_disputed_from_day_to_day(client: TestClient, area: str, on: str, shown: str | None) -> None:
    found = {one["key"]: one["spans"] for one in client.get("/api/map/areas").json()["disputed"]}
    here = [one for one in found[area] if one["from"] <= on and (one["to"] is None or on < one["to"])]
    assert [one["shown"] for one in here if one["disputed"]] == ([shown] if shown else [])


def test_areas_in_dispute_are_those_of_the_day(client: TestClient, desk: Desk) -> None:
    found = client.get("/api/map/areas?viewpoint=UKR").json()
    for on in ("1950-01-01", "1991-12-20", "2024-01-01"):
        drawn = {one["key"] for one in found["disputed"] for span in one["spans"]
                 if span["disputed"] and span["from"] <= on and (span["to"] is None or on < span["to"])}  # fmt: skip
        assert drawn == {one.subject for one in disputes_on(desk.record, day_of(on)) if one.matter == "territory"}
    crimea = next(one for one in found["disputed"] if one["key"] == "AREA_CRIMEA")["spans"][-1]
    assert (crimea["shown"], crimea["of"]) == ("part of Ukraine", "UKR")
    assert crimea["sentence"].startswith("Crimea, as asserted by Ukraine: part of Ukraine. ")
    for one in found["disputed"]:
        ends = [(span["from"], span["to"]) for span in one["spans"]]
        assert all(first[1] is not None and first[1] <= then[0] for first, then in pairwise(ends)), one["key"]
        assert all(span["sentence"].endswith(".") for span in one["spans"])
    cyprus = next(one for one in found["disputed"] if one["key"] == "AREA_NORTHERN_CYPRUS")["spans"][0]
    assert (cyprus["disputed"], cyprus["of"], cyprus["from"], cyprus["to"]) == (
        False,
        "CYP",
        "1960-08-16",
        "1974-08-16",
    )


def test_what_a_state_asserts_counts_by_its_viewpoint_alone(desk: Desk, client: TestClient) -> None:
    asked = "treaty?name=NPT&on=2010-01-01&state=PRK"
    by = {view: client.get(f"/api/{asked}&viewpoint={view}").json() for view in ("", "PRK", "USA")}
    assert [by[view]["status"] for view in ("", "PRK", "USA")] == ["disputed", "withdrawn", "disputed"]
    assert [by[view]["viewpoint"]["state"] for view in by] == [None, "PRK", "USA"]
    layers = {view: client.get(f"/api/map/layer?layer=treaty:NPT&on=2010-01-01&viewpoint={view}").json() for view in by}
    assert [_class(layers[view], "PRK") for view in ("", "PRK", "USA")] == ["disputed", "left", "disputed"]
    assert [_class(layers[view], "TWN") for view in ("", "USA")] == ["disputed", "party"]
    assert seen_from(desk.record, "FRA") is desk.record, "a state that asserts nothing sees the record itself"
    assert len(seen_from(desk.record, "PRK").columns) == len(desk.record.columns)


def test_two_viewpoints_on_one_matter(desk: Desk) -> None:
    consent = {"subject": "DEP_RUS_GEO_ABKHAZIA", "field": "consent"}
    assert {claim.value for claim in desk.record.claims(**consent)} == {"yes", "no"}
    assert [claim.value for claim in seen_from(desk.record, "GEO").claims(**consent)] == ["no"]
    assert [claim.value for claim in seen_from(desk.record, "RUS").claims(**consent)] == ["yes"]
    assert {claim.value for claim in seen_from(desk.record, "FRA").claims(**consent)} == {"yes", "no"}


def _class(layer: dict[str, Any], state: str) -> str:
    return str(next(one["class"] for one in layer["states"] if one["state"] == state))


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
    assert {"688", "~Kosovo"} <= set(before["YUG"])
    assert "~Kosovo" in areas.of(states_of(desk.record, day_of("2008-02-16")))["SRB"]
    later = areas.of([*states_of(desk.record, day_of("2008-02-17")), "XKX"])
    assert (later["XKX"], "~Kosovo" in later["SRB"]) == (("~Kosovo",), False)
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


def test_disputes_as_a_table(desk: Desk) -> None:
    found = desk.rules.disputes("Crimea", on="2014-03-27")
    assert [(row["speaker"], row["says"], row["since"]) for row in found.rows()] == [
        ("Russia", "part of Russia", "2014-03-18"), ("Ukraine", "part of Ukraine", "1991-08-24"),
        ("the United Nations", "part of Ukraine", "2014-03-27"),
    ]  # fmt: skip
    assert found.sentence().startswith("On 2014-03-27 the record holds 1 dispute about Crimea: 1 of territory; ")
    assert "UNGA_68_262" in found.sources()
    assert (
        desk.rules.disputes("Crimea", on="2014-02-26")
        .sentence()
        .startswith("On 2014-02-26 the record holds no disputes")
    )
    every = desk.rules.disputes(on="2020-01-01")
    matters = {(one.matter, saying.claim) for one in disputes_on(desk.record, day_of("2020-01-01"))
               for saying in one.sayings}  # fmt: skip
    assert {(row["matter"], row["claim"]) for row in every.rows()} == matters
    assert {row["of"] for row in desk.rules.disputes("Serbia", on="2020-01-01").rows()} == {"Kosovo"}
    with pytest.raises(UnknownName, match="Atlantis"):
        desk.rules.disputes("Atlantis", on="2020-01-01")
    with pytest.raises(QuestionError, match="past what the record covers"):
        desk.rules.disputes(on="2999-01-01")


def test_every_area_in_dispute_has_a_place_on_the_map(client: TestClient) -> None:
    """What the page can draw is what the record has, no more and no less."""
    source = Path(__file__).resolve().parents[3] / "web" / "src"
    outlines = json.loads((source / "disputed_outlines.json").read_text(encoding="utf-8"))["areas"]
    code = (source / "disputed_areas.ts").read_text(encoding="utf-8")
    listed = set(re.findall(r"\b(AREA_\w+|[A-Z]{3}): \[", code)) | set(outlines)
    found = {one["key"] for one in client.get("/api/map/areas").json()["disputed"]}
    assert listed == found
    for key, polygons in outlines.items():
        points = [point for rings in polygons for ring in rings for point in ring]
        assert all(-180 <= east <= 180 and -60 <= north <= 75 for east, north in points), key
        assert all(ring[0] == ring[-1] for rings in polygons for ring in rings), key


def test_who_recognises_whom_is_said_by_those_who_are_there(desk: Desk) -> None:
    """A recognition is of a state, by another; it does not begin before either exists nor after either has ended."""
    record = desk.record
    lives: dict[str, list[Span]] = {}
    for claim in record.claims(field="kind"):
        lives.setdefault(claim.subject, []).append(claim.span)
    spoken: dict[tuple[str, str], list[Claim]] = {}
    for claim in record.claims(field="recognition"):
        assert claim.subject != claim.object, claim.address
        for key in (claim.subject, claim.object):
            begun = max(claim.span.from_earliest, day_of("1945-01-01"))
            first = min(span.from_earliest for span in lives[key])
            last = max(span.to_latest for span in lives[key])
            assert not claim.begin or first <= claim.span.from_latest, claim.address
            assert begun < last, claim.address
        spoken.setdefault((claim.subject, claim.object), []).append(claim)
    for pair, claims in spoken.items():
        spans = sorted((one.span for one in claims), key=lambda span: span.from_earliest)
        for one, then in pairwise(spans):
            assert one.to_latest <= then.from_earliest, f"{pair} says two things on one day"
    places = {key: record.name_of(key) for key in record.entities("area")}
    for name in places.values():
        parts = name.split(" / ")
        assert parts == sorted(parts, key=str.casefold), f"{name}: names stand in alphabetical order"
