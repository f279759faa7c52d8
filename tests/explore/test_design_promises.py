"""What a designer is promised: proofs that hold, contradictions named, bounds that bind, shares that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path
from typing import Any, cast

import design_worlds as lands
import numpy as np
import pytest
import random_levers

from indivisible.errors import FileError
from indivisible.explore import full
from indivisible.explore.blocking import blocking_sets, smallest
from indivisible.explore.bounds import bounds
from indivisible.explore.certificate import blocked
from indivisible.explore.demand import Demand
from indivisible.explore.design import Found, design, examiner_of
from indivisible.explore.design_answer import Design
from indivisible.explore.due import due, works
from indivisible.explore.frontier import not_beaten
from indivisible.explore.interplay import bits
from indivisible.explore.worth import Worths
from indivisible.record.record import Record

PAIRS = list(combinations(lands.LANDS, 2))
LEVERS = [f"id: p{n}, steps: [{lands.step('defence', *pair)}]" for n, pair in enumerate(PAIRS)]


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return lands.world(tmp_path_factory.mktemp("five"), (2, 3, 4, 5, 6), ("AAA", "BBB"))


def groups_of(*levers: str) -> tuple[tuple[int, ...], ...]:
    return examiner_of(random_levers.world(), on_the_day(*levers)).worlds.groups


def on_the_day(*levers: str, more: str = "") -> Any:
    return lands.case([f"id: l{n}, steps: [{{{one}}}]" for n, one in enumerate(levers)], more=more)


# levers that interplay


def test_two_figures_of_one_state_are_not_taken_for_separate() -> None:
    rich = "do: set, states: AAA, figure: gdp_current_usd, value: 9000000000"
    many = "do: set, states: AAA, figure: population, value: 5000000"
    other = "do: set, states: BBB, figure: population, value: 5000000"
    assert groups_of(rich, many, other) == ((0, 1), (2,))


def test_who_may_become_a_member_counts_as_one() -> None:
    join = "do: accede, states: EEE, organization: PACT"
    limit = "do: cap, states: members of PACT, figure: population, at_most: 10"
    grow = "do: set, states: EEE, figure: population, value: 5000000"
    assert groups_of(join, limit, grow) == ((0, 1, 2),)
    assert groups_of(limit, grow) == ((0,), (1,))


def test_a_pledge_between_two_who_may_be_bound_through_others_is_in_their_group() -> None:
    one, other = (f"do: ratify, states: {land}, treaty: COVENANT" for land in ("BBB", "EEE"))
    pledge = "do: pledge, from: BBB, to: EEE, kind: defence"
    assert groups_of(one, other, pledge) == ((0, 1, 2),)
    assert groups_of(pledge, "do: pledge, from: BBB, to: CCC, kind: defence") == ((0,), (1,))


def test_other_levers_do_not_change_the_order_of_two_steps() -> None:
    levers = [
        "id: late, steps: [{do: deploy, states: AAA, host: DDD, personnel: 50, date: 2013-01-01}]",
        "id: limit, steps: [{do: cap, states: members of PACT, figure: population, at_most: 10}]",
        "id: grow, steps: [{do: accede, states: EEE, organization: PACT, date: 2011-01-01}]",
    ]
    worlds = examiner_of(random_levers.world(), lands.case(levers)).worlds
    assert worlds.groups == ((0,), (1, 2))
    for package in range(8):
        worlds.confirmed(package)


# proofs


class Told:
    """A crew of one that knows what each package really fails."""

    def __init__(self, really: dict[int, int]) -> None:
        self.really, self.asked = really, 0

    def map(self, function: Callable[[Any, Any], Any], tasks: Iterable[int]) -> Iterator[tuple[int, int]]:
        for package in tasks:
            self.asked += 1
            yield package, self.really[package]


A, B, C, D = 1, 2, 4, 8


def test_sets_that_only_the_full_judgement_shows_are_not_forgotten() -> None:
    seen, really = {1: A, 2: A, 4: A | D}, {1: A | B, 2: A | C, 4: A | D}
    found = blocked(cast(Any, Told(really)), dict(seen), set(), most=10)
    assert (found.sets, found.whole, found.minimal) == ((A, B | C | D), True, True)
    assert blocking_sets(really.values()) == ((A, B | C | D), True)


def test_where_too_much_would_have_to_be_judged_it_says_so() -> None:
    really = {package: 1 << package % 5 | 1 << 7 for package in range(40)}
    seen = {package: 1 << package % 5 for package in range(40)}
    found = blocked(cast(Any, Told(really)), dict(seen), set(), most=3)
    assert not found.whole
    whole = blocked(cast(Any, Told(really)), dict(seen), set(), most=1000)
    assert (whole.sets, whole.whole) == blocking_sets(really.values())


def test_sets_that_are_cut_short_are_smallest_all_the_same() -> None:
    generator = np.random.default_rng(5)
    for _ in range(60):
        failures = [int(generator.integers(1, 1 << 9)) for _ in range(7)]
        whole = set(blocking_sets(failures)[0])
        for most in (1, 3, 6):
            found, all_of_them = blocking_sets(failures, most=most)
            assert set(found) <= whole
            assert all_of_them == (set(found) == whole) or not all_of_them
    assert smallest([3, 1, 6, 1]) == (1, 6)


def test_where_nothing_needs_to_be_done_the_answer_says_so(five: Record) -> None:
    found = design(five, lands.case(LEVERS[:2], more="harm: {models: [deterrence], materiality: 0}\n"))
    answer = Design(five, found)
    if not found.worths:
        assert "to do nothing meets every demand" in answer.sentence()
        assert any("some lever is taken" in said for said in answer.blocking_said())
    nobody = design(five, lands.case(["id: x, steps: [{do: withdraw, state: AAA, organization: PACT}]"]))
    assert not nobody.worths
    assert nobody.minimal
    assert nobody.all_blocking
    assert "to do nothing meets every demand" in Design(five, nobody).sentence()


def test_an_impossible_lever_that_must_be_taken_blocks_alone(five: Record) -> None:
    levers = ["id: leave, steps: [{do: withdraw, state: EEE, organization: PACT}]", LEVERS[3]]
    found = design(five, lands.case(levers, more="must: [leave]\n"))
    assert [{one.kind for one in demands} for demands in found.blocking] == [{"taken"}]
    assert "lever leave cannot be taken alone: EEE is not a member of PACT" in Design(five, found).sentence()


def test_levers_that_contradict_each_other_are_named(five: Record) -> None:
    levers = [
        "id: join, steps: [{do: accede, state: CCC, organization: PACT}]",
        "id: stay-out, steps: [{do: withdraw, state: CCC, organization: PACT}]",
    ]
    found = design(five, lands.case([*levers, LEVERS[9]], more="harm: {models: [deterrence], states: [AAA]}\n"))
    answer = Design(five, found)
    assert answer.to_dict()["contradictory"] == [["join", "stay-out"]]
    assert "levers join and stay-out contradict each other" in answer.sentence()


@pytest.mark.parametrize(
    ("levers", "says"),
    [
        (["id: a, steps: [{do: accede, state: Nobody, organization: PACT}]"], r"lever a: no state is called 'Nobody'"),
        (["id: a, steps: [{do: cap, state: AAA, figure: gpd, at_most: 1}]"], r"lever a: no figure is called 'gpd'"),
        (["id: a, requires: [b], steps: [{do: dissolve, organization: PACT}]"], "names 'b', which is no other lever"),
        (["id: a, steps: []"], "lever a has no step"),
        (
            ["id: a, steps: [{do: dissolve, organization: PACT}, {do: dissolve, organization: PACT}]",
             "id: a-1, steps: [{do: dissolve, organization: PACT}]"],
            "both be called 'a-1'",
        ),
        (
            ["id: a, requires: [b], steps: [{do: dissolve, organization: PACT}]",
             "id: b, requires: [a], steps: [{do: dissolve, organization: PACT}]"],
            "circle",
        ),
    ],
)  # fmt: skip
def test_a_lever_that_cannot_be_understood_is_named(five: Record, levers: list[str], says: str) -> None:
    with pytest.raises(FileError, match=says) as raised:
        design(five, lands.case(levers))
    assert "x.yml, line" in str(raised.value)


# the frontier


@pytest.mark.parametrize("prefer", ["most_gain, fewest_levers", "leximin", "leximin, fewest_levers"])
def test_leaving_out_what_is_beaten_changes_no_frontier(
    five: Record, prefer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full, "IN_ONE", 4)
    found = {}
    for in_full in (3, 10_000):
        more = "harm: {models: [deterrence], states: [CCC, EEE]}\n"
        more += f"aims: {{prefer: [{prefer}]}}\nlimits: {{in_full: {in_full}}}\n"
        found[in_full] = design(five, lands.case(LEVERS[1:8], more=more))
    few, whole = found[3], found[10_000]
    assert few.left_out
    assert set(few.frontier) == set(whole.frontier)
    assert {one: few.worths[one] for one in few.frontier} == {one: whole.worths[one] for one in whole.frontier}
    assert not_beaten(whole.worths) == whole.frontier
    assert "at least" in Design(five, few).sentence().lower()


def test_the_most_that_a_package_can_be_worth_is_no_less_than_what_it_is_worth() -> None:
    more = "harm: {models: [deterrence, distance, commitment, contest]}\naims: {prefer: [most_gain, leximin]}\n"
    case = on_the_day(
        "do: pledge, from: AAA, to: EEE, kind: defence", "do: accede, states: DDD, organization: PACT",
        "do: set, states: BBB, figure: gdp_current_usd, value: 9000000000",
        "do: release, from: AAA, to: BBB, kind: defence", "do: ratify, states: BBB, treaty: COVENANT", more=more,
    )  # fmt: skip
    worths = Worths(examiner_of(random_levers.world(), case), case.aims.prefer)
    for package in range(32):
        if not worths.examiner.worlds.impossible(package):
            pairs = zip(worths.of(package), worths.at_most(package), strict=True)
            assert all(worth <= most for worth, most in pairs)


# beyond the limit


def test_what_was_not_looked_at_keeps_to_the_bounds(five: Record) -> None:
    more = "harm: {models: [deterrence, distance], states: [AAA, CCC, EEE]}\n"
    found = design(five, lands.case(LEVERS[1:7], more=more))
    told = {(one["wish"], one["model"]): one for one in bounds(found)}
    for package, failed in found.looked.failures.items():
        for label in found.examiner.labels if failed >= 0 else ():
            judged = found.examiner.judge(package)[label].verdicts
            gain = sum(judged[i] == "gains" for i in found.examiner.rows)
            assert gain <= told["most_gain", label]["at_most"]
    assert told["most_gain", "distance"]["at_most"] == 3


def test_beyond_the_limit_a_local_search_goes_on_and_nothing_is_called_proven(five: Record) -> None:
    more = "harm: {models: [deterrence], states: [AAA, EEE]}\nmust: [p1, p2, p3]\nlimits: {evaluations: 12}\n"
    found = design(five, lands.case(LEVERS, more=more))
    assert found.looked.nearby > 0
    assert not found.proven
    answer = Design(five, found)
    said = answer.sentence()
    assert "Not proven: the limit of 12 packages was reached" in said
    assert "by local search" in said
    assert answer.to_dict()["blocking_all"] is None
    assert all("None of the packages looked at" in one for one in answer.blocking_said())
    for package in found.worths:
        assert not found.examiner.fails(package)
    assert answer.to_dict()["packages"]["proven"] is False


def test_ten_thousand_levers_are_answered(five: Record) -> None:
    case = lands.case(LEVERS[:1], more="harm: {models: [deterrence]}\nlimits: {evaluations: 300}\n")
    (first,) = case.levers
    many = [
        replace(first, id=f"q{n}", steps=(replace(first.steps[0], id=f"q{n}", senders=(a,), receivers=(b,)),))
        for n, (a, b) in zip(range(10_000), list(permutations(lands.LANDS, 2)) * 500, strict=True)
    ]
    found = design(five, replace(case, levers=tuple(many)))
    answer = Design(five, found).to_dict()
    assert answer["packages"]["sets_of_levers"] is None
    assert answer["packages"]["proven"] is False
    assert len(found.examiner.worlds.groups) == 10


# how sure, and whose doing


def test_over_draws_a_package_has_to_hold(five: Record) -> None:
    base = "harm: {models: [deterrence], states: [AAA, BBB], settings: {deterrence.fade: none}, draws: {%s}}\n"
    base %= "count: 8, seed: 3, most: %s"
    strict = design(five, lands.case(LEVERS[:4], more=base % 0))
    loose = design(five, lands.case(LEVERS[:4], more=base % 1))
    again = design(five, lands.case(LEVERS[:4], more=base % 0))
    assert set(strict.worths) <= set(loose.worths)
    assert strict.worths == again.worths
    for package in loose.worths:
        shares = strict.examiner.shares_lost(
            strict.examiner.worlds.seen(package, strict.examiner.reads), {"deterrence": frozenset({"fade"})}
        )
        lost = any(share > 0 for one in shares.values() for share in one[strict.examiner.rows])
        assert (package in strict.worths) != lost
    assert any(one.kind == "robust" for one in strict.examiner.demands)
    never = base.replace("AAA, BBB", "CCC") % 0
    assert design(five, lands.case(LEVERS[8:9], more=never)).worths  # no draw has it lose: 0 is not more than 0


def test_what_the_levers_add_adds_up(five: Record) -> None:
    levers = [*LEVERS[2:5], f"id: more, requires: [p2], steps: [{lands.step('offence', 'AAA', 'EEE')}]"]
    examiner = examiner_of(five, lands.case(levers, more="harm: {models: [deterrence, distance]}\n"))
    whole = 0b1111
    for label, shared in due(examiner, whole).items():
        assert shared.shares is not None
        total = examiner.screens[label].change(whole)
        assert np.allclose(shared.shares.due.sum(axis=0), total, equal_nan=True)
        assert np.allclose(shared.shares.due, by_orders(examiner, label, 4), equal_nan=True)
    assert works(examiner, 0b1000) == 0
    assert works(examiner, 0b1001) == 0b1001


def by_orders(examiner: Any, label: str, count: int) -> np.ndarray[Any, Any]:
    """What each lever adds, the mean over all orders in which they may come."""
    orders = list(permutations(range(count)))
    found = np.zeros((count, len(examiner.states)))
    for order in orders:
        for n, lever in enumerate(order):
            before, after = (works(examiner, bits(order[:m])) for m in (n, n + 1))
            found[lever] += examiner.screens[label].change(after) - examiner.screens[label].change(before)
    return found / len(orders)


def test_a_body_whose_rule_is_not_known_does_not_surely_consent(five: Record) -> None:
    levers = ["id: join, steps: [{do: accede, state: CCC, organization: PACT}], consent: {bodies: [PACT]}"]
    found = design(five, lands.case(levers, more="harm: {models: [deterrence], states: [CCC]}\n"))
    assert not found.worths
    assert any(Demand("consent", "PACT", "deterrence", "join") in demands for demands in found.blocking)


# worlds under other names


def answers(found: Found) -> set[frozenset[str]]:
    return {frozenset(lever.id for lever in found.examiner.worlds.taken(one)) for one in found.frontier}


def test_other_names_and_another_order_give_the_same(tmp_path: Path) -> None:
    output, turned = (2, 5, 3, 6, 4), (3, 6, 4, 2, 5)
    name = {land: lands.LANDS[turned.index(size)] for land, size in zip(lands.LANDS, output, strict=True)}
    first = lands.world(tmp_path / "first", output, ("AAA", "BBB"))
    second = lands.world(tmp_path / "second", turned, (name["AAA"], name["BBB"]))
    steps = [("defence", "AAA", "CCC"), ("leave", "BBB", "AAA"), ("offence", "CCC", "DDD"), ("join", "EEE", "AAA")]
    here = [f"id: {n}-l, steps: [{lands.step(*one)}]" for n, one in enumerate(steps)]
    there = [f"id: {n}-l, steps: [{lands.step(kind, name[a], name[b])}]" for n, (kind, a, b) in enumerate(steps)]
    more = "harm: {models: [deterrence], states: [%s]}\n"
    one = design(first, lands.case(here, more=more % "AAA"))
    other = design(second, lands.case(there[::-1], more=more % name["AAA"]))
    assert answers(one) == answers(other)
    assert one.worths
    assert len(one.blocking) == len(other.blocking)
