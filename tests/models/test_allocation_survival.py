"""Allocation: survival against the definition in every world that may be, and what it may and may not hang on."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.architecture.arrays import Arrays, Plane, Ties, pairs_of
from indivisible.errors import MissingData
from indivisible.measures.allocation import equilibria
from indivisible.models import allocation
from indivisible.models.base import Settings, recombined, settle
from indivisible.models.survival import MOST_DOUBTS, confrontation
from oracles.survival_by_hand import Pair, assured, possible

ASSURED, POSSIBLE = (settle("allocation", allocation.parameters, {"output": o}) for o in ("assured", "possible"))
both_outputs = pytest.mark.parametrize(
    ("ready", "slow"), [(ASSURED, assured), (POSSIBLE, possible)], ids=("assured", "possible")
)
Spans = list[tuple[int, int]]
World = tuple[Spans, set[Pair], set[Pair], set[Pair], set[Pair]]


def arrays(world: World) -> Arrays:
    """Powers as spans, pledges and hostilities sure and in doubt."""
    spans, pledges, unsure, hostile, wary = world
    names = "ABCDEFGH"[: len(spans)]
    found = Arrays.of(
        dict.fromkeys(names, 0.0),
        pledges=[(names[j], names[i], "defence") for j, i in sorted(pledges)],
        unsure=[(names[j], names[i], "defence") for j, i in sorted(unsure)],
    )
    low, high = (np.array(ends, dtype=float) for ends in zip(*spans, strict=True))
    tables = [pairs_of([(names[a], names[b]) for a, b in pairs], found.states) for pairs in (hostile, hostile | wary)]
    number = 1 + np.arange(len(names) ** 2).reshape(len(names), len(names))
    doubt = np.where(tables[1] & ~tables[0], np.minimum(number, number.T), 0)
    best = np.where(low == high, low, np.nan)
    return replace(found, power=Plane(low, best, high), hostility=Ties(*tables, doubt))


@st.composite
def worlds(draw: st.DrawFn, *, most: int = 5, known: bool = False, doubts: int = 2) -> World:
    n = draw(st.integers(1, most))
    spans = [(p, p) for p in draw(st.lists(st.integers(0, 5), min_size=n, max_size=n))]
    if not known:
        for k in draw(st.sets(st.integers(0, n - 1), max_size=2)):
            spans[k] = (spans[k][0], spans[k][0] + draw(st.integers(1, 3)))
    ways = [(j, i) for j in range(n) for i in range(n) if i != j]
    pairs = [(a, b) for a, b in ways if a < b]

    def some(of: list[Pair], size: int) -> set[Pair]:
        return draw(st.sets(st.sampled_from(of), max_size=size)) if of else set()

    pledges, hostile = some(ways, 7), some(pairs, 5)
    unsure, wary = (set(), set()) if known else (some(ways, doubts) - pledges, some(pairs, 2) - hostile)
    return spans, pledges, unsure, hostile, wary


def subsets(pairs: set[Pair]) -> list[set[Pair]]:
    ordered = sorted(pairs)
    return [{p for p, k in zip(ordered, kept, strict=True) if k} for kept in product((False, True), repeat=len(pairs))]


def settlings(world: World) -> list[tuple[list[int], set[Pair], set[Pair]]]:
    """Every world that may be."""
    spans, pledges, unsure, hostile, wary = world
    return [
        (list(powers), pledges | more, hostile | foes)
        for powers in product(*(range(low, high + 1) for low, high in spans))
        for more in subsets(unsure)
        for foes in subsets(wary)
    ]


@both_outputs
@settings(max_examples=150, deadline=None)
@given(world=worlds())
def test_survival_in_every_world_that_may_be(ready: Settings, slow: object, world: World) -> None:
    """What is said to be sure is so in each; *possible* is sure, or open, exactly where the worlds say so."""
    reading = allocation.read(arrays(world), ready)
    found = np.array([slow(*one) for one in settlings(world)])  # type: ignore[operator]
    low, high = (np.where(reading.unopposed, 1.0, end) for end in (reading.low, reading.high))
    assert (low <= found.min(axis=0)).all()
    assert (high >= found.max(axis=0)).all()
    if ready is POSSIBLE:
        assert np.array_equal(low, found.min(axis=0))
        assert np.array_equal(high, found.max(axis=0))
    for i in range(len(reading.states)):
        if not reading.unopposed[i]:
            assert recombined(reading.parts(i)) == (reading.low[i] if np.isnan(reading.best[i]) else reading.best[i])


@both_outputs
@settings(max_examples=150, deadline=None)
@given(world=worlds(known=True, most=6))
def test_survival_where_all_is_known(ready: Settings, slow: object, world: World) -> None:
    reading = allocation.read(arrays(world), ready)
    score = np.where(reading.unopposed, 1.0, reading.best)
    assert score.tolist() == slow(*settlings(world)[0])  # type: ignore[operator]
    assert np.array_equal(reading.low, reading.high, equal_nan=True)


@both_outputs
@settings(max_examples=100, deadline=None)
@given(world=worlds(most=4), data=st.data())
def test_the_change_at_every_point_lies_within_its_bounds(
    ready: Settings, slow: object, world: World, data: st.DataObject
) -> None:
    """Pledges come and go; powers, and what is in doubt, are the same before and after."""
    spans, pledges, unsure, hostile, wary = world
    ways = [(j, i) for j in range(len(spans)) for i in range(len(spans)) if i != j]
    other = data.draw(st.sets(st.sampled_from(ways), max_size=3)) if ways else set()
    changed = (spans, pledges ^ (other - unsure), unsure, hostile, wary)
    low, high = allocation.change_bounds(arrays(world), arrays(changed), ready)
    touched = allocation.touched(arrays(world), arrays(changed), ready)
    for before, after in zip(settlings(world), settlings(changed), strict=True):
        old, new = (np.array(slow(*one), dtype=int) for one in (before, after))  # type: ignore[operator]
        assert ((low <= new - old) & (new - old <= high)).all()
        assert (touched | (new == old)).all()


@settings(max_examples=100, deadline=None)
@given(world=worlds(known=True))
def test_whoever_is_assured_is_possible_and_needs_no_friends_if_strong_enough(world: World) -> None:
    sure, maybe = (allocation.read(arrays(world), ready) for ready in (ASSURED, POSSIBLE))
    opposed = ~sure.unopposed
    assert (sure.best[opposed] <= maybe.best[opposed]).all()
    worst, _ = confrontation(arrays(world), without=()).ends
    alone = np.array([own >= demand for own, demand in zip(worst.own, worst.demand, strict=True)])
    assert (sure.best[opposed & alone] == 1.0).all()


@settings(max_examples=150, deadline=None)
@given(world=worlds(known=True), data=st.data())
def test_where_possible_is_monotone(world: World, data: st.DataObject) -> None:
    """Its own or a friend's power never hurts, an adversary's never helps, anybody else's is nothing to a state."""
    spans, pledges, unsure, hostile, wary = world
    k = data.draw(st.integers(0, len(spans) - 1))
    more = [(p + 3 * (i == k), p + 3 * (i == k)) for i, (p, _) in enumerate(spans)]
    old, new = (allocation.read(arrays((s, pledges, unsure, hostile, wary)), POSSIBLE) for s in (spans, more))
    for i in np.flatnonzero(~old.unopposed).tolist():
        foe, friend = (min(i, k), max(i, k)) in hostile, (k, i) in pledges
        change = new.best[i] - old.best[i]
        assert change >= 0.0 if i == k or (friend and not foe) else True
        assert change <= 0.0 if foe else True
        assert change == 0.0 if not foe and not friend and i != k else True


def world_of(powers: dict[str, float], pledges: str, hostile: str) -> Arrays:
    """`GA` in pledges: G is pledged to defend A."""
    return Arrays.of(
        dict(powers),
        pledges=[(one[0], one[1], "defence") for one in pledges.split()],
        hostile=[(one[0], one[1]) for one in hostile.split()],
    )


def scores(found: Arrays, ready: Settings) -> dict[str, float]:
    reading = allocation.read(found, ready)
    return {s: float(b) for s, b in zip(reading.states, reading.best, strict=True) if not np.isnan(b)}


def test_assured_is_not_monotone_in_the_state_s_own_power() -> None:
    """A is hostile to X, and to K and L, who share its friend G: as A grows, they take what G could spare for A."""
    pledges, hostile = "GA GK GL", "AX AK AL"
    before = world_of({"A": 1, "G": 4, "K": 0, "L": 0, "X": 3}, pledges, hostile)
    after = world_of({"A": 2, "G": 4, "K": 0, "L": 0, "X": 3}, pledges, hostile)
    assert scores(before, ASSURED)["A"] == 1.0
    assert scores(after, ASSURED)["A"] == 0.0
    assert scores(after, POSSIBLE)["A"] == 1.0


def test_assured_is_not_monotone_in_a_friend_s_power() -> None:
    """G gives to A alone, H to A, M and N, who are hostile to G: as G grows, M and N lack more than G can make up."""
    before = world_of({"A": 0, "G": 1, "H": 4, "M": 0, "N": 0, "X": 3}, "GA HA HM HN", "AX GM GN")
    after = world_of({"A": 0, "G": 2, "H": 4, "M": 0, "N": 0, "X": 3}, "GA HA HM HN", "AX GM GN")
    assert scores(before, ASSURED)["A"] == 1.0
    assert scores(after, ASSURED)["A"] == 0.0


def test_a_pledge_can_be_at_the_expense_of_a_third_state_only_where_friends_share_out() -> None:
    before = world_of({"A": 1, "B": 1, "G": 4, "X": 3}, "GA", "AX BX")
    after = world_of({"A": 1, "B": 1, "G": 4, "X": 3}, "GA GB", "AX BX")
    for end in allocation.change_bounds(before, after, ASSURED):
        assert end.tolist() == [0.0, 1.0, 0.0, 0.0]  # four to spare cover two and two
    poorer = [world_of({"A": 1, "B": 1, "G": 3, "X": 3}, pledges, "AX BX") for pledges in ("GA", "GA GB")]
    low, high = allocation.change_bounds(poorer[0], poorer[1], ASSURED)
    assert (low[0], high[0], low[1], high[1]) == (-1.0, -1.0, 0.0, 0.0)
    low, high = allocation.change_bounds(poorer[0], poorer[1], POSSIBLE)
    assert (low[0], high[0], low[1], high[1]) == (0.0, 0.0, 1.0, 1.0)
    told = allocation.read(poorer[1], ASSURED).because(0)
    assert told is not None
    assert told.told == "{X} could send 3 against its 1; it and {B} lack 4, of which {G} can spare 3"


def test_a_pledge_between_hostile_states_counts_for_nothing() -> None:
    both = world_of({"A": 1, "B": 5}, "BA AB", "AB")
    plain = world_of({"A": 1, "B": 5}, "", "AB")
    for ready in (ASSURED, POSSIBLE):
        assert scores(both, ready) == scores(plain, ready) == {"A": 0.0, "B": 1.0}
    assert "1 pair is pledged and hostile at once" in allocation.read(both, ASSURED).note
    assert "pledged" not in allocation.read(plain, ASSURED).note


def test_equal_power_is_enough_and_the_last_digit_counts() -> None:
    for sent, survives in ((0.3, 1.0), (0.3000000001, 0.0)):
        found = world_of({"A": 0.1, "G": 0.2, "X": sent}, "GA", "AX")
        for ready in (ASSURED, POSSIBLE):
            assert scores(found, ready)["A"] == survives


@pytest.mark.parametrize(
    ("powers", "pledges", "told"),
    [
        ({"A": 4, "X": 3}, "", "{X} could send 3 against its 4: enough by itself"),
        ({"A": 1, "X": 3}, "", "{X} could send 3 against its 1, and no friend has anything to spare for it"),
        ({"A": 1, "G": 5, "X": 3}, "GA", "{X} could send 3 against its 1; {G} would give it 2: enough"),
        ({"A": 1, "G": 1, "X": 3}, "GA", "{X} could send 3 against its 1; of the 2 that it lacks {G} can spare 1"),
        ({"A": 1, "X": 0}, "", "nobody who is hostile to it has any power"),
    ],
)
def test_what_decided_is_told_in_words(powers: dict[str, float], pledges: str, told: str) -> None:
    reason = allocation.read(world_of(powers, pledges, "AX"), ASSURED).because(0)
    assert reason is not None
    assert (reason.told, reason.certain) == (told, True)


def test_what_is_not_known_is_told_by_its_worst_end() -> None:
    found = Arrays.of({"A": 1, "G": 2, "X": None}, pledges=[("G", "A", "defence")], hostile=[("A", "X")])
    for ready in (ASSURED, POSSIBLE):
        reading = allocation.read(found, ready)
        assert (reading.low[0], reading.high[0]) == (0.0, 1.0)
        assert np.isnan(reading.best[0])
        reason = reading.because(0)
        assert reason is not None
        assert not reason.certain
        assert "an amount without bound" in reason.told
        assert recombined(reading.parts(0)) == 0.0


def test_what_cannot_survive_at_all_is_told_by_its_best_end() -> None:
    found = Arrays.of({"A": 1, "X": None}, hostile=[("A", "X")], bounds={"X": (5.0, 9.0)})
    for ready in (ASSURED, POSSIBLE):
        reading = allocation.read(found, ready)
        assert reading.best[0] == 0.0
        reason = reading.because(0)
        assert reason is not None
        assert reason.certain
        assert "{X} could send 5 against its 1" in reason.told


def test_a_change_of_power_helps_and_hurts() -> None:
    before = world_of({"A": 1, "G": 1, "X": 2}, "GA", "AX")
    for powers, moved in (({"A": 1, "G": 1, "X": 3}, -1.0), ({"A": 1, "G": 0, "X": 2}, -1.0), ({"A": 0}, -1.0)):
        after = world_of({"A": 1, "G": 1, "X": 2} | powers, "GA", "AX")
        for ready in (ASSURED, POSSIBLE):
            low, high = allocation.change_bounds(before, after, ready)
            assert (low[0], high[0]) == (moved, moved)
            low, high = allocation.change_bounds(after, before, ready)
            assert (low[0], high[0]) == (-moved, -moved)


def test_more_doubts_than_are_settled_both_ways_give_bounds() -> None:
    n = MOST_DOUBTS + 1
    takers, givers = [f"A{k}" for k in range(n)], [f"G{k}" for k in range(n)]
    power = {**dict.fromkeys(takers, 1.0), **dict.fromkeys(givers, 1.0), "X": 2.0, "S": 3.0}
    found = Arrays.of(
        power, hostile=[(t, "X") for t in takers] + [("S", "X")],
        unsure=[(g, t, "defence") for g, t in zip(givers, takers, strict=True)],
    )  # fmt: skip
    reading = allocation.read(found, ASSURED)
    assert (reading.low[:n] == 0.0).all()
    assert (reading.high[:n] == 1.0).all()
    assert reading.best[reading.states.index("S")] == 1.0
    reason = reading.because(0)
    assert reason is not None
    assert "too many pledges are in doubt" in reason.told
    assert recombined(reading.parts(0)) == 0.0


def test_hostility_that_is_not_covered_is_asked_for() -> None:
    found = replace(world_of({"A": 1, "B": 2}, "", ""), hostility=None)
    with pytest.raises(MissingData, match="hostile"):
        allocation.read(found, ASSURED)


@settings(max_examples=60, deadline=None)
@given(world=worlds(known=True, most=3))
def test_who_needs_no_friend_survives_in_every_equilibrium_of_the_game(world: World) -> None:
    """Nothing more can be said: of states that are assured by friends some do not survive in every equilibrium."""
    spans, pledges, _, hostile, _ = world
    powers = [min(p, 3) for p, _ in spans]
    ties = np.zeros((len(powers), len(powers)), dtype=np.int64)
    for j, i in pledges:
        ties[i, j] = ties[j, i] = 1
    for a, b in hostile:
        ties[a, b] = ties[b, a] = -1
    found = equilibria(powers, ties)
    for i, survives in enumerate(found.survive_in_all()):
        against = sum(p for p, tie in zip(powers, ties[i], strict=True) if tie == -1)
        assert survives or powers[i] < against


def random_world(draw: np.random.Generator, *, most: int, unknown: int = 0) -> World:
    n = int(draw.integers(2, most + 1))
    spans = [
        (int(p), int(p) + int(k < unknown) * int(draw.integers(1, 4))) for k, p in enumerate(draw.integers(0, 4, n))
    ]
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
    said = draw.choice([-1, 0, 1], len(pairs))
    friends = {pair for pair, sign in zip(pairs, said, strict=True) if sign == 1}
    hostile = {pair for pair, sign in zip(pairs, said, strict=True) if sign == -1}
    return spans, friends | {(b, a) for a, b in friends}, set(), hostile, set()


def test_of_those_whom_friends_could_cover_about_seven_in_ten_survive_in_every_equilibrium() -> None:
    """What the page says of equilibria beside the worst case; a share of random worlds, not a law."""
    draw, counts = np.random.default_rng(1), {True: 0, False: 0}
    for _ in range(1200):
        spans, pledges, _, hostile, _ = world = random_world(draw, most=4)
        powers = [p for p, _ in spans]
        needy = [sum(powers[k] for k in range(len(powers)) if (min(i, k), max(i, k)) in hostile) > powers[i]
                 for i in range(len(powers))]  # fmt: skip
        covered = [i for i, sure in enumerate(assured(powers, pledges, hostile)) if sure and needy[i]]
        if covered:
            reading = allocation.read(arrays(world), ASSURED)
            ties = np.zeros((len(powers), len(powers)), dtype=np.int64)
            for pairs, sign in ((pledges, 1), (hostile, -1)):
                for a, b in pairs:
                    ties[a, b] = ties[b, a] = sign
            survives = equilibria(powers, ties).survive_in_all()
            for i in covered:
                assert reading.best[i] == 1.0
                counts[bool(survives[i])] += 1
    assert 0.6 < counts[True] / (counts[True] + counts[False]) < 0.8


def test_bounds_of_assured_are_rarely_wider_than_need_be() -> None:
    draw, counts = np.random.default_rng(2), {True: 0, False: 0}
    for _ in range(400):
        world = random_world(draw, most=5, unknown=2)
        reading = allocation.read(arrays(world), ASSURED)
        found = np.array([assured(*one) for one in settlings(world)])
        for i in np.flatnonzero(~reading.unopposed).tolist():
            counts[bool(reading.low[i] == found[:, i].min() and reading.high[i] == found[:, i].max())] += 1
    assert counts[False] < 0.03 * counts[True]
