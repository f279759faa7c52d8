"""What every body and procedure must satisfy: listed, described, tried by cases on either side, and monotone."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indivisible.rules.councils as folder
from indivisible.errors import FileError, QuestionError
from indivisible.record.record import Record
from indivisible.rules.ballot import ADOPTED, VOTES, Condition, Rule, conditions_of, count
from indivisible.rules.councils import COUNCILS
from indivisible.rules.decision_case import read_many
from indivisible.rules.facts import DAY, read_facts
from indivisible.rules.flips import flips
from indivisible.rules.outcomes import possible
from indivisible.rules.procedure import Council, Meeting, Procedure, council_of, meeting_of, procedure_of
from indivisible.values import NEVER_BEGUN, NEVER_ENDED, day_of, iso

CASES = [
    case
    for path in sorted((Path(__file__).parents[1] / "cases" / "councils").glob("*.yaml"))
    for case in read_many(path)
    if not case.get("change")
]
PROCEDURES = [(council, one) for council in COUNCILS for one in council.PROCEDURES]
NAMED = [
    f"{council.KEY} {one.name} {iso(one.since) if one.since != NEVER_BEGUN else 'from the first day'}"
    for council, one in PROCEDURES
]
# The weights of these days are tried on either side by qualified_majority_not_proposed, which is the same rule.
SAME_RULE = {("EU", "cfsp_implementing", day) for day in ("2004-05-01", "2004-11-01", "2007-01-01", "2013-07-01")}
SOME_DAYS = ("1960-01-01", "1996-01-01", "2010-01-01", "2024-03-01")
SMALL = 5
quick = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def test_every_module_with_a_key_is_listed() -> None:
    listed = {council.__name__ for council in COUNCILS}  # type: ignore[attr-defined]
    for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        loaded = importlib.import_module(module.name)
        assert not hasattr(loaded, "KEY") or module.name in listed, f"{module.name} is not in COUNCILS"
    keys = [council.KEY for council in COUNCILS]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("council", COUNCILS, ids=lambda council: council.KEY)
def test_a_body_is_described(record: Record, council: Council) -> None:
    assert record.resolve(council.ORGANIZATION, "organization") == council.ORGANIZATION
    assert council.LAYER in ("legal", "participation")
    assert all(fact.name == name and fact.meaning for name, fact in council.FACTS.items())
    asked = {name for one in council.PROCEDURES for name in one.asks}
    assert asked == set(council.FACTS), asked ^ set(council.FACTS)
    names = {one.name for one in council.PROCEDURES}
    assert {name for name in council.STEPS.values() if name} <= names
    for name in names:  # variants of one procedure never hold on one day
        spans = sorted((one.since, one.until) for one in council.PROCEDURES if one.name == name)
        assert all(before[1] <= after[0] for before, after in pairwise(spans)), name
        assert all(since < until for since, until in spans)


@pytest.mark.parametrize(("council", "one"), PROCEDURES, ids=NAMED)
def test_a_procedure_is_described(council: Council, one: Procedure) -> None:
    assert len(one.gist.split()) >= 4, "the rule in our own words stands beside the code"
    assert one.basis
    assert one.title
    assert set(one.votes) <= set(VOTES)
    assert len(set(one.votes)) == len(one.votes)


def tried() -> dict[tuple[str, str, int], set[bool]]:
    """On which sides (adopted or not) the corpus tries each procedure."""
    found: dict[tuple[str, str, int], set[bool]] = {}
    for case, council, one in OF_CASES:
        outcome = case["expect"].get("outcome")
        if outcome is not None:
            found.setdefault((council.KEY, one.name, one.since), set()).add(outcome == ADOPTED)
    return found


def of_cases() -> Iterator[tuple[Mapping[str, Any], Council, Procedure]]:
    for case in CASES:
        named = [c for c in COUNCILS if case["body"] in (c.KEY, c.NAME)]
        if named:
            try:
                yield case, named[0], procedure_of(named[0], case.get("procedure") or "", day_of(str(case["on"])))
            except QuestionError:
                assert "error" in case["expect"]


OF_CASES = list(of_cases())
TRIED = tried()


@pytest.mark.parametrize(("council", "one"), PROCEDURES, ids=NAMED)
def test_a_procedure_is_tried_on_either_side(council: Council, one: Procedure) -> None:
    if one.since != NEVER_BEGUN and (council.KEY, one.name, iso(one.since)) in SAME_RULE:
        return
    assert TRIED.get((council.KEY, one.name, one.since)) == {True, False}


def example(council: Council, one: Procedure) -> tuple[Mapping[str, Any], list[int]]:
    """The facts of a case that this procedure adopts, or of any; and its day, where these facts name days."""
    cases = [
        case for case, of, by in OF_CASES if of is council and by.name == one.name and "error" not in case["expect"]
    ]
    adopted = [case for case in cases if case["expect"].get("outcome") == ADOPTED]
    for case in (*adopted, *cases):
        facts = {name: value for name, value in case.get("facts", {}).items() if name in one.asks}
        if facts:
            dated = any(council.FACTS[name].kind == DAY for name in facts)
            return facts, [day_of(str(case["on"]))] if dated else []
    return {}, []


def days_of(one: Procedure) -> list[int]:
    first = [one.since] if one.since != NEVER_BEGUN else []
    last = [one.until - 1] if one.until != NEVER_ENDED else []
    inner = [day for day in map(day_of, SOME_DAYS) if one.since <= day < one.until]
    return [*first, *last, *inner]


MEETINGS: dict[tuple[str, str, int], list[Meeting]] = {}


def meetings(record: Record, council: Council, one: Procedure) -> list[Meeting]:
    """The body on up to three days on which the procedure holds and the rule can be built."""
    key = (council.KEY, one.name, one.since)
    if key in MEETINGS:
        return MEETINGS[key]
    given_facts, days = example(council, one)
    facts = read_facts(given_facts, council.FACTS, where="contract")
    without = facts.names(one.without) or () if one.without else ()
    found: list[Meeting] = []
    for day in days or days_of(one):
        try:
            meeting = meeting_of(record, council, day, facts, without=without)
            one.rule(meeting)
        except (QuestionError, FileError):
            continue
        found.append(meeting)
    MEETINGS[key] = found[:3]
    return MEETINGS[key]


SMALLER: dict[tuple[str, str, int], tuple[Rule, tuple[str, ...]]] = {}


def small(record: Record, council: Council, one: Procedure) -> tuple[Rule, tuple[str, ...]]:
    """The rule on a handful of the voters, among them some of each kind."""
    key = (council.KEY, one.name, one.since)
    if key not in SMALLER:
        SMALLER[key] = _small(meetings(record, council, one)[-1], one)
    return SMALLER[key]


def _small(meeting: Meeting, one: Procedure) -> tuple[Rule, tuple[str, ...]]:
    rule = one.rule(meeting)
    kinds: dict[tuple[Any, ...], list[str]] = {}
    for member in meeting.voters:
        kinds.setdefault(points_of(rule, member), []).append(member)
    spread = [name for group in zip(*(names * SMALL for names in kinds.values()), strict=False) for name in group]
    rare = [name for names in sorted(kinds.values(), key=len) for name in names]
    facts = [name for fact in one.asks for name in named_in(meeting, fact) if name in meeting.voters]
    for chosen, size in ((spread, SMALL), (rare, SMALL), (facts, SMALL), (facts, SMALL + 1), (facts, SMALL + 2)):
        voters = tuple(sorted(list(dict.fromkeys((*chosen, *meeting.voters)))[:size]))
        try:
            return one.rule(replace(meeting, voters=voters)), voters
        except QuestionError:  # a rule that asks for members who are not among these
            continue
    raise AssertionError("no handful of voters on which it can be built")


@pytest.mark.parametrize(("council", "one"), PROCEDURES, ids=NAMED)
def test_it_builds_and_is_monotone(record: Record, council: Council, one: Procedure) -> None:
    found = meetings(record, council, one)
    assert found, "no day on which it can be built"
    for meeting in found:
        rule = one.rule(meeting)
        for part in conditions_of(rule):
            assert part.says
            assert part.article
            for member, points in part.points.items():
                assert member in meeting.voters
                assert set(points) <= set(one.votes), "points for a vote that the procedure does not know"
                along = [points.get(vote, 0) for vote in one.votes]
                assert along == sorted(along), (part.says, member)


@pytest.mark.parametrize(("council", "one"), PROCEDURES, ids=NAMED)
def test_all_for_is_adopted_and_all_against_is_not(record: Record, council: Council, one: Procedure) -> None:
    for meeting in meetings(record, council, one):
        rule = one.rule(meeting)
        assert ADOPTED in possible(rule, dict.fromkeys(meeting.voters, one.votes[-1]), one.votes)
        assert ADOPTED not in possible(rule, dict.fromkeys(meeting.voters, one.votes[0]), one.votes)


def ballots(data: st.DataObject, voters: tuple[str, ...], votes: tuple[str, ...]) -> dict[str, str]:
    return {member: data.draw(st.sampled_from(votes)) for member in voters}


def outcome_of(rule: Rule, ballot: Mapping[str, str]) -> str | None:
    return count(rule, ballot).outcome


@pytest.mark.parametrize(("council", "one"), PROCEDURES, ids=NAMED)
@quick
@given(data=st.data())
def test_flips_are_those_of_a_brute_force(
    record: Record, council: Council, one: Procedure, data: st.DataObject
) -> None:
    rule, voters = small(record, council, one)
    ballot = ballots(data, voters, one.votes)
    outcome = outcome_of(rule, ballot)
    if outcome is None:
        return
    found = flips(rule, ballot, outcome, one.votes)
    instead = one.votes[0] if outcome == ADOPTED else one.votes[-1]
    slow: list[list[str]] = []
    for size in range(1, len(voters) + 1):
        slow = [
            list(some)
            for some in combinations(sorted(voters), size)
            if all(ballot[member] != instead for member in some)
            and turned(outcome_of(rule, {**ballot, **dict.fromkeys(some, instead)}), outcome)
        ]
        if slow:
            break
    assert sorted(found.sets()) == sorted(slow)
    assert found.proven
    assert found.complete


def turned(new: str | None, old: str) -> bool:
    return new is not None and (new == ADOPTED) is not (old == ADOPTED)


@pytest.mark.parametrize(("council", "one"), PROCEDURES, ids=NAMED)
@quick
@given(data=st.data())
def test_no_other_vote_turns_it_sooner(record: Record, council: Council, one: Procedure, data: st.DataObject) -> None:
    """Flips try the vote most for or most against; no other vote of fewer members does what these do not."""
    rule, voters = small(record, council, one)
    ballot = ballots(data, voters, one.votes)
    outcome = outcome_of(rule, ballot)
    if outcome is None:
        return
    size = flips(rule, ballot, outcome, one.votes).size
    for some in combinations(voters, min((size or 3) - 1, 2)):
        for cast in product(one.votes, repeat=len(some)):
            new = outcome_of(rule, {**ballot, **dict(zip(some, cast, strict=True))})
            assert new is None or (new == ADOPTED) is (outcome == ADOPTED)


@pytest.mark.parametrize(("council", "one"), PROCEDURES, ids=NAMED)
@quick
@given(data=st.data())
def test_what_is_possible_is_what_some_filling_gives(
    record: Record, council: Council, one: Procedure, data: st.DataObject
) -> None:
    rule, voters = small(record, council, one)
    ballot = ballots(data, voters, one.votes)
    unknown = data.draw(st.lists(st.sampled_from(voters), min_size=1, max_size=3, unique=True))
    slow: set[str] = set()
    for cast in product(one.votes, repeat=len(unknown)):
        full = {**ballot, **dict(zip(unknown, cast, strict=True))}
        slow |= {outcome} if (outcome := outcome_of(rule, full)) is not None else set(possible(rule, full, one.votes))
    found = set(possible(rule, {**ballot, **dict.fromkeys(unknown, None)}, one.votes))
    assert found == slow
    known = outcome_of(rule, ballot)  # forgetting a vote never changes a known outcome into another known one
    assert known is None or known in found


@pytest.mark.parametrize(("council", "one"), PROCEDURES, ids=NAMED)
@quick
@given(data=st.data())
def test_more_for_never_undoes_it(record: Record, council: Council, one: Procedure, data: st.DataObject) -> None:
    rule, voters = small(record, council, one)
    ballot = ballots(data, voters, one.votes)
    if outcome_of(rule, ballot) != ADOPTED:
        return
    for member in voters:
        for vote in one.votes[one.votes.index(ballot[member]) :]:
            assert outcome_of(rule, {**ballot, member: vote}) == ADOPTED


@pytest.mark.parametrize(("council", "one"), PROCEDURES, ids=NAMED)
@quick
@given(data=st.data())
def test_members_that_are_alike_can_change_places(
    record: Record, council: Council, one: Procedure, data: st.DataObject
) -> None:
    rule, voters = small(record, council, one)
    alike = [(a, b) for a, b in combinations(voters, 2) if points_of(rule, a) == points_of(rule, b)]
    if not alike:
        return
    first, second = data.draw(st.sampled_from(alike))
    other = {first: second, second: first}
    ballot = ballots(data, voters, one.votes)
    changed = {other.get(member, member): vote for member, vote in ballot.items()}
    outcome = outcome_of(rule, ballot)
    assert outcome_of(rule, changed) == outcome
    if outcome is not None:
        sets = {frozenset(some) for some in flips(rule, ballot, outcome, one.votes).sets()}
        swapped = {frozenset(other.get(member, member) for member in some) for some in sets}
        assert {frozenset(some) for some in flips(rule, changed, outcome, one.votes).sets()} == swapped


def points_of(rule: Rule, member: str) -> tuple[tuple[tuple[str, int], ...], ...]:
    return tuple(tuple(sorted(part.points.get(member, {}).items())) for part in conditions_of(rule))


def named_in(meeting: Meeting, fact: str) -> tuple[str, ...]:
    found = meeting.facts.values.get(fact)
    return tuple(name for name in found if isinstance(name, str)) if isinstance(found, tuple) else ()


def test_conditions_are_whole_numbers(record: Record) -> None:
    for council, one in PROCEDURES:
        for meeting in meetings(record, council, one)[:1]:
            for part in conditions_of(one.rule(meeting)):
                assert isinstance(part, Condition)
                assert isinstance(part.needs, int)
                assert all(isinstance(n, int) for points in part.points.values() for n in points.values())


def test_bodies_are_found_by_any_name(record: Record) -> None:
    for council in COUNCILS:
        assert council_of(record, council.KEY.lower()) is council
        assert council_of(record, council.NAME) is council
