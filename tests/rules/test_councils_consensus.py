"""Bodies that decide by votes and vetoes or by consensus: against slow oracles, and what beside the votes is said."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from itertools import combinations, pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indivisible.record.record import Record
from indivisible.rules.ballot import ADOPTED, NO_DECISION, REJECTED, conditions_of
from indivisible.rules.councils import brics, cis, csto, nato, osce, sco, unga, union_state, unsc
from indivisible.rules.decide import decide
from indivisible.rules.facts import CHOICE, DAY, NAME, NAMES, TRUTH, read_facts
from indivisible.rules.procedure import VOTING, Procedure, meeting_of, procedure_of
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, day_of, iso

PATH = Path(__file__).resolve().parents[1] / "cases" / "councils" / "test_council_cases.py"
SPEC = importlib.util.spec_from_file_location("council_cases_for_consensus", PATH)
assert SPEC is not None
assert SPEC.loader is not None
council_cases = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(council_cases)

BODIES: tuple[ModuleType, ...] = (brics, cis, csto, nato, osce, sco, unga, union_state, unsc)
PROCEDURES: list[tuple[ModuleType, Procedure]] = [(body, one) for body in BODIES for one in body.PROCEDURES]
NAMED = [f"{body.KEY} {one.name} {one.build.__name__}" for body, one in PROCEDURES]
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
COUNCIL = ("ALB", "ARE", "BRA", "CHN", "FRA", "GAB", "GBR", "GHA", "IND", "IRL", "KEN", "MEX", "NOR", "RUS", "USA")
PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
CSTO_MEMBERS = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")


@pytest.mark.parametrize(("body", "one"), PROCEDURES, ids=NAMED)
def test_a_procedure_is_told_and_asks_for_declared_facts(body: ModuleType, one: Procedure) -> None:
    assert len(one.gist.split()) >= 6, "the rule in our own words stands beside the code"
    assert one.title
    assert one.basis
    assert set(one.asks) <= set(body.FACTS)
    assert one.since < one.until


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.KEY)
def test_variants_follow_one_another_and_every_fact_is_asked(body: ModuleType) -> None:
    for name in {one.name for one in body.PROCEDURES}:
        spans = sorted((one.since, one.until) for one in body.PROCEDURES if one.name == name)
        for (_, until), (since, _) in pairwise(spans):
            assert until == since, f"{name}: a gap or an overlap"
    assert {fact for one in body.PROCEDURES for fact in one.asks} == set(body.FACTS)
    assert set(body.STEPS.values()) - {""} <= {one.name for one in body.PROCEDURES}


@pytest.mark.parametrize(("body", "one"), PROCEDURES, ids=NAMED)
def test_a_vote_more_for_never_counts_less(record: Record, body: ModuleType, one: Procedure) -> None:
    rule = one.rule(
        meeting_of(record, body, _inside(one), read_facts(_some_facts(record, body, one), body.FACTS, where=""))
    )
    for condition in conditions_of(rule):
        for member, points in condition.points.items():
            assert set(points) <= set(one.votes), member
            rising = [points.get(vote, 0) for vote in one.votes]
            if condition.found == "share":  # who stays away is not counted: between no and yes
                rising = [points.get(vote, 0) for vote in ("no", "abstain", "yes")]
            assert rising == sorted(rising), (condition.says, member)


def _inside(one: Procedure) -> int:
    return max(one.since, day_of("1950-06-01")) if one.until < NEVER_ENDED else max(one.since, day_of("2022-06-01"))


def _some_facts(record: Record, body: ModuleType, one: Procedure) -> dict[str, object]:
    """Facts of the right kinds for a procedure, members taken from the record."""
    names = list(meeting_of(record, body, _inside(one), read_facts({}, body.FACTS, where="")).voters)
    number = 2 if one.name == "minus_two" else 1
    values: dict[str, Any] = {TRUTH: True, DAY: "2022-01-01", NAME: names[0], NAMES: names[:number], CHOICE: "other"}
    return {name: values[body.FACTS[name].kind] for name in one.asks if name != "permanent_members"}


def test_every_procedure_has_a_case_that_carries_and_one_that_does_not(record: Record) -> None:
    seen: dict[str, set[str]] = {}
    for _, case in council_cases.CASES:
        outcome = case["expect"].get("outcome")
        for body in BODIES:
            if case["body"] == body.KEY and outcome:
                one = procedure_of(body, case.get("procedure") or "", day_of(str(case["on"])))
                seen.setdefault(f"{body.KEY} {one.name} {one.build.__name__}", set()).add(outcome)
    for name in NAMED:
        assert seen.get(name), f"{name}: no case"
    for start in {f"{body.KEY} {one.name} " for body, one in PROCEDURES}:
        found = {outcome for key, outcomes in seen.items() if key.startswith(start) for outcome in outcomes}
        assert ADOPTED in found, f"{start}: no case that carries"
        assert found & {REJECTED, NO_DECISION}, f"{start}: no case that does not carry"


@FEW
@given(votes=st.tuples(*[st.sampled_from(VOTING)] * 15))
def test_the_security_council_as_counted_by_hand(record: Record, votes: tuple[str, ...]) -> None:
    ballot = dict(zip(COUNCIL, votes, strict=True))
    found = decide(record, {"body": "UNSC", "on": "2022-03-01", "votes": ballot})
    enough = votes.count("yes") >= 9
    vetoes = [member for member in PERMANENT if ballot[member] == "no"]
    assert found.outcome == (ADOPTED if enough and not vetoes else REJECTED)
    assert found.defeated_by == (None if enough and not vetoes else "shortfall" if not enough else "veto")
    procedural = decide(record, {"body": "UNSC", "on": "2022-03-01", "procedure": "procedural", "votes": ballot})
    assert procedural.outcome == (ADOPTED if enough else REJECTED)


@FEW
@given(
    votes=st.tuples(*[st.sampled_from(VOTING)] * 6),
    inside=st.sets(st.sampled_from(CSTO_MEMBERS), min_size=1),
)
def test_a_limited_format_and_its_smallest_flips_as_tried_one_by_one(
    record: Record, votes: tuple[str, ...], inside: set[str]
) -> None:
    ballot = dict(zip(CSTO_MEMBERS, votes, strict=True))

    def outcome(cast: Mapping[str, str]) -> str:
        objects_to_format = any(cast[member] == "no" for member in CSTO_MEMBERS if member not in inside)
        objects = any(cast[member] == "no" for member in inside)
        return REJECTED if objects_to_format or objects else ADOPTED

    case = {
        "body": "CSTO",
        "on": "2022-03-01",
        "procedure": "limited_format",
        "facts": {"format": sorted(inside)},
        "votes": ballot,
    }
    found = decide(record, case)
    assert found.outcome == outcome(ballot)
    instead = "no" if found.outcome == ADOPTED else "yes"
    for size in range(1, 7):
        turning = [
            list(who)
            for who in combinations(CSTO_MEMBERS, size)
            if outcome({**ballot, **dict.fromkeys(who, instead)}) != found.outcome
        ]
        if turning:
            assert found.to_dict()["flips"] == sorted(turning)
            return
    raise AssertionError("nobody could turn it")


@FEW
@given(yes=st.integers(0, 193), no=st.integers(0, 193))
def test_two_thirds_and_majority_as_fractions(record: Record, yes: int, no: int) -> None:
    if yes + no > 193:
        return
    counts = {"yes": yes, "no": no, "abstain": 193 - yes - no}
    important = decide(record, {"body": "UNGA", "on": "2022-03-02", "counts": counts})
    assert important.outcome == (ADOPTED if yes and 3 * yes >= 2 * (yes + no) else REJECTED)
    other = decide(record, {"body": "UNGA", "on": "2022-03-02", "procedure": "other", "counts": counts})
    assert other.outcome == (ADOPTED if yes > no else REJECTED)
    amendment = decide(record, {"body": "UNGA", "on": "2022-03-02", "procedure": "charter_amendment", "counts": counts})
    assert amendment.outcome == (ADOPTED if yes >= 129 else REJECTED)


CONSENSUS = [("BRICS", "2023-06-01"), ("CIS", "2023-06-01"), ("NATO", "2023-06-01"), ("OSCE", "2023-06-01"),
             ("SCO", "2023-06-01"), ("UNION_STATE", "2023-06-01")]  # fmt: skip


@pytest.mark.parametrize(("body", "on"), CONSENSUS)
def test_one_objection_and_only_an_objection_stops_consensus(record: Record, body: str, on: str) -> None:
    members = decide(record, {"body": body, "on": on, "others": "yes"}).meeting.voters
    for vote in ("abstain", "absent", "not_participating"):
        assert decide(record, {"body": body, "on": on, "others": vote}).outcome == ADOPTED
    for member in (members[0], members[-1]):
        found = decide(record, {"body": body, "on": on, "votes": {member: "no"}, "others": "yes"})
        assert (found.outcome, found.defeated_by, found.flips and found.flips.sets()) == (
            REJECTED,
            "objection",
            [[member]],
        )


@pytest.mark.parametrize(
    ("on", "assembly", "debate"),
    [
        ("1950-11-02", False, False),
        ("1950-11-03", True, False),
        ("2022-04-25", True, False),
        ("2022-04-26", True, True),
    ],
)
def test_what_follows_a_veto_by_date(record: Record, on: str, assembly: bool, debate: bool) -> None:
    follows = (
        decide(record, {"body": "UNSC", "on": on, "votes": {"FRA": "no"}, "others": "yes"}).to_dict()["follows"] or ""
    )
    assert ("A/RES/377(V)" in follows, "ten working days" in follows) == (assembly, debate)
    short = decide(record, {"body": "UNSC", "on": on, "votes": {"FRA": "no"}, "others": "abstain"}).to_dict()
    assert (short["defeated_by"], short["follows"]) == ("shortfall", None)  # what lacks votes is not vetoed


def test_a_frozen_member_is_told_only_on_its_days(record: Record) -> None:
    def notes(on: str) -> str:
        return " ".join(decide(record, {"body": "CSTO", "on": on, "others": "yes"}).notes)

    assert "ARM" in notes("2024-06-01")
    assert notes("2023-06-01") == ""
    unpaid = {"body": "CSTO", "on": "2025-06-01", "facts": {"in_arrears": ["ARM"]}, "others": "yes"}
    told = " ".join(decide(record, unpaid).notes)
    assert "the vote of ARM does not count" in told
    assert "legally the vote is kept" not in told


def test_medium_rules_say_so(record: Record) -> None:
    found = decide(record, {"body": "UNION_STATE", "on": "2022-01-01", "others": "yes"})
    assert found.to_dict()["confidence"] == "medium"
    assert "medium confidence" in found.sentence()
    assert "medium confidence" not in decide(record, {"body": "SCO", "on": "2022-01-01", "others": "yes"}).sentence()


def test_totals_name_nobody(record: Record) -> None:
    """Members stand in for one another where only totals are known, so no name may be read off."""
    found = decide(record, {"body": "UNGA", "on": "2022-03-02", "counts": {"yes": 129, "no": 64}})
    told = found.to_dict()
    assert (told["votes"], told["flips"]) == (None, [])
    assert all(isinstance(group["of"], int) for groups in told["flips_of"] for group in groups)
    assert not any(f" {member}" in found.sentence() for member in found.meeting.voters)


def test_members_whose_vote_is_not_known_are_not_told_as_voting(record: Record) -> None:
    found = decide(record, {"body": "UNGA", "on": "2022-03-02", "counts": {"yes": 141, "no": 5, "abstain": 35}})
    assert found.counts() == {"abstain": 35, "no": 5, "unknown": 12, "yes": 141}
    told = {group["vote"] for groups in found.to_dict()["flips_of"] for group in groups}
    assert told == {"yes"}
    veto = decide(record, {"body": "UNSC", "on": "2022-03-01", "votes": {"RUS": "no"}})
    assert {group["vote"] for groups in veto.to_dict()["flips_of"] for group in groups} == {"no", "unknown"}
    assert "whose vote is not known" in veto.sentence()


def test_the_days_of_a_body_lie_inside_the_record(record: Record) -> None:
    for _, one in PROCEDURES:
        for day in (one.since, one.until - 1):
            if day not in (NEVER_BEGUN, NEVER_ENDED - 1):
                assert iso(day) <= iso(record.known_to)
