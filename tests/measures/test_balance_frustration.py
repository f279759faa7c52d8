"""The frustration index against every division tried one by one, and the properties that it must have."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from signed_networks import networks

from indivisible.errors import QuestionError
from indivisible.measures import block_optimum
from indivisible.measures.block_optimum import LARGE
from indivisible.measures.contraction import cost, kernel_of
from indivisible.measures.cycle_packing import CyclePacking, pack_cycles
from indivisible.measures.frustration import frustration, tie_frustration, worst_for
from indivisible.measures.frustration_programmes import FORMULATIONS, formulate, solve
from indivisible.measures.local_search import annealing, tabu_search
from indivisible.measures.optima import Optima
from indivisible.measures.semidefinite_bound import semidefinite_bound
from indivisible.measures.signed_network import SignedNetwork
from oracles.signed_by_hand import every_division, optima_by_hand


@settings(max_examples=150, deadline=None)
@given(networks())
def test_the_index_the_camps_and_the_number_of_optima(network: SignedNetwork) -> None:
    least, divisions = optima_by_hand(network)
    found = frustration(network, cap=2000)
    assert (found.index, found.bound, found.proved, found.gap) == (least, least, True, 0)
    assert network.frustrated(found.camps).sum() == least
    assert found.optima is not None
    assert found.optima * 2 ** (found.parts - 1) == len(divisions)
    assert found.unique is (found.optima == 1)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_the_range_of_frustrated_ties_over_all_optima(network: SignedNetwork) -> None:
    _, divisions = optima_by_hand(network)
    torn = np.array([network.frustrated(division) for division in divisions])
    ends = np.zeros((network.n, network.m), dtype=int)
    ends[network.source, np.arange(network.m)] = 1
    ends[network.target, np.arange(network.m)] = 1
    low, high, exact = tie_frustration(frustration(network, cap=2000))
    assert exact.all()
    assert np.array_equal(low, (torn @ ends.T).min(axis=0))
    assert np.array_equal(high, (torn @ ends.T).max(axis=0))


SIZES = st.one_of(st.integers(1, 3), st.integers(1, 1000))


@settings(max_examples=100, deadline=None)
@given(networks(most=8), st.lists(SIZES, min_size=8, max_size=8))
def test_ties_that_weigh_the_product_of_two_sizes(network: SignedNetwork, sizes: list[int]) -> None:
    """The index, the number of optima, and what is frustrated of every node's ties, each by the size of its far end."""
    size = np.array(sizes[: network.n])
    least, divisions = optima_by_hand(network, size)
    found = frustration(network, size=size, cap=2000)
    assert (found.index, found.proved) == (least, True)
    assert found.optima is not None
    assert found.optima * 2 ** (found.parts - 1) == len(divisions)
    torn = np.array([network.frustrated(division) for division in divisions])
    far = np.zeros((network.n, network.m), dtype=int)
    far[network.source, np.arange(network.m)] = size[network.target]
    far[network.target, np.arange(network.m)] = size[network.source]
    low, high, exact = tie_frustration(found)
    assert exact.all()
    assert np.array_equal(low, (torn @ far.T).min(axis=0))
    assert np.array_equal(high, (torn @ far.T).max(axis=0))
    for node in range(network.n):
        worst = worst_for(found, node)
        assert size[worst].sum() == high[node]
        ways = [set(network.source[row]) | set(network.target[row]) for row in torn & (far[node] > 0)]
        assert set(np.flatnonzero(worst)) in [way - {node} for way in ways]
    total = (size[network.source] * size[network.target]).sum()
    assert np.isnan(found.normalised) if not network.m else found.normalised == 1 - 2 * least / total


@settings(max_examples=60, deadline=None)
@given(networks(least=3, most=8), st.lists(SIZES, min_size=8, max_size=8), st.integers(0, 1))
def test_where_not_all_optima_are_known_the_range_holds_them_all(
    network: SignedNetwork, sizes: list[int], unproved: int
) -> None:
    size = np.array(sizes[: network.n])
    _, divisions = optima_by_hand(network, size)
    found = frustration(network, size=size)
    blocks = tuple((b, replace(o, whole=False, bound=o.bound - unproved)) for b, o in found.blocks)
    low, high, exact = tie_frustration(replace(found, blocks=blocks))
    in_block = np.zeros(network.n, dtype=bool)
    for block, _ in blocks:
        in_block[block.nodes] = True
    assert np.array_equal(exact, ~in_block)
    for division in divisions:
        torn = network.frustrated(division)
        far = np.bincount(network.source, torn * size[network.target], network.n)
        far += np.bincount(network.target, torn * size[network.source], network.n)
        assert ((low <= far) & (far <= high)).all()


def test_sizes_that_cannot_be_counted() -> None:
    network = SignedNetwork.of([("A", "B", 1), ("B", "C", 1), ("A", "C", -1)])
    for wrong in ([1, 1], [1, 1, 0], [1.0, 2.0, 3.0], [1 << 19, 1 << 19, 1]):
        with pytest.raises(QuestionError, match="size"):
            frustration(network, size=np.array(wrong))
    assert frustration(network, size=np.array([1 << 18, 1 << 18, 1])).index == 1 << 18


@settings(max_examples=40, deadline=None)
@given(networks(), st.randoms(use_true_random=False))
def test_switching_and_relabelling_change_nothing(network: SignedNetwork, chance: random.Random) -> None:
    found = frustration(network)
    nodes = np.array([chance.random() < 0.5 for _ in range(network.n)], dtype=bool)
    switched = frustration(network.switched(nodes))
    order = list(range(network.n))
    chance.shuffle(order)
    called = {name: f"M{k}" for name, k in zip(network.names, order, strict=True)}
    ties = [(called[a], called[b], sign) for a, b, sign in network.ties()]
    renamed = SignedNetwork.of(ties, names=list(called.values()))
    relabelled = frustration(renamed)
    for other in (switched, relabelled):
        assert (other.index, other.optima, other.parts) == (found.index, found.optima, found.parts)


@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from([1, -1]), st.integers(0, 8))
def test_a_pendant_adds_nothing(network: SignedNetwork, sign: int, at: int) -> None:
    more = SignedNetwork.of([*network.ties(), (network.names[at % network.n], "Z", sign)], names=network.names)
    before, after = frustration(network), frustration(more)
    assert (after.index, after.optima) == (before.index, before.optima)


@settings(max_examples=30, deadline=None)
@given(networks(least=2, most=7), networks(least=2, most=7))
def test_the_index_adds_up_over_blocks(first: SignedNetwork, second: SignedNetwork) -> None:
    """Two networks that share one node."""
    ties = []
    for prefix, network in (("A", first), ("B", second)):
        called = {name: "shared" if name == "N0" else prefix + name for name in network.names}
        ties += [(called[a], called[b], sign) for a, b, sign in network.ties()]
    one, two, both = frustration(first), frustration(second), frustration(SignedNetwork.of(ties))
    assert both.index == one.index + two.index == sum(optimum.index for _, optimum in both.blocks)
    assert both.optima == (one.optima or 0) * (two.optima or 0)


@settings(max_examples=25, deadline=None)
@given(networks(most=8))
def test_every_formulation_gives_the_same(network: SignedNetwork) -> None:
    least, _ = optima_by_hand(network)
    weights = network.matrix()
    for formulation in FORMULATIONS:
        solution = solve(weights, formulate(weights, formulation))
        assert (solution.weight, solution.bound, solution.finished) == (least, least, True)
        assert solution.state is not None
        assert cost(weights, solution.state) == least


@settings(max_examples=60, deadline=None)
@given(networks())
def test_contraction_keeps_every_optimum_and_the_cost_of_every_state(network: SignedNetwork) -> None:
    weights = network.matrix()
    _, divisions = optima_by_hand(network)
    kernel = kernel_of(weights)
    states = np.where(every_division(len(kernel.weights)), -1, 1)
    for state in states:
        assert cost(weights, kernel.spread(state)) <= cost(kernel.weights, state) + kernel.constant
    best = states[cost(kernel.weights, states) == cost(kernel.weights, states).min()]
    spread, whole = kernel.spread_all(best, 10_000)
    assert whole
    assert {tuple(row * row[0]) for row in spread} == {tuple(row) for row in np.where(divisions, -1, 1)}
    assert len({tuple(row * row[0]) for row in spread}) == len(spread)


@settings(max_examples=40, deadline=None)
@given(networks(most=8))
def test_bounds_stay_on_their_side(network: SignedNetwork) -> None:
    least, _ = optima_by_hand(network)
    weights = network.matrix()
    packing = pack_cycles(weights, enough=least)
    assert packing.holds()
    assert packing.bound <= least
    relaxed = semidefinite_bound(weights)
    assert relaxed is not None
    assert relaxed <= least
    assert cost(weights, tabu_search(weights)) >= least
    if network.m:
        assert cost(weights, annealing(weights, sweeps=20)) >= least


def test_a_false_packing_is_refused() -> None:
    """Triangle with one foe: an amount of one is a proof of one; two is not, nor is a balanced triangle."""
    ends = np.array([0, 0, 1]), np.array([1, 2, 2])
    one_foe, balanced = np.array([-1, 1, 1]), np.array([1, 1, 1])
    unit = 1 << 24
    assert CyclePacking(*ends, one_foe, ((0, 1, 2),), (unit,)).holds()
    assert CyclePacking(*ends, one_foe, ((0, 1, 2),), (unit,)).bound == 1
    assert not CyclePacking(*ends, one_foe, ((0, 1, 2),), (2 * unit,)).holds()
    assert not CyclePacking(*ends, balanced, ((0, 1, 2),), (unit,)).holds()
    assert not CyclePacking(*ends, one_foe, ((0, 1),), (unit,)).holds()


def test_nothing_and_one() -> None:
    nobody = frustration(SignedNetwork.of([]))
    assert (nobody.index, nobody.proved, nobody.optima, nobody.parts) == (0, True, 1, 0)
    assert np.isnan(nobody.normalised)
    alone = frustration(SignedNetwork.of([], names=["A"]))
    assert (alone.index, alone.unique, alone.parts) == (0, True, 1)


def test_the_last_gap_is_closed_by_the_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    """Triangles prove 7 of the 9 in a clique of seven foes; without the semidefinite bound HiGHS must do the rest."""
    weights = np.eye(7, dtype=np.int64) - 1
    assert pack_cycles(weights, enough=9).bound == 7
    monkeypatch.setattr(block_optimum, "semidefinite_bound", lambda *_, **__: None)
    found = frustration(SignedNetwork.from_matrix(weights))
    assert (found.index, found.proved, found.proofs, found.optima) == (9, True, ("integer programme",), 35)


@settings(max_examples=30, deadline=None)
@given(networks(least=4))
def test_another_optimum_is_asked_for_when_the_list_is_cut_short(network: SignedNetwork) -> None:
    whole = frustration(network)
    with pytest.MonkeyPatch.context() as patch:
        empty = np.zeros((0, 0), dtype=np.int64)
        patch.setattr(block_optimum, "all_optima", lambda *_, **__: Optima(empty, False))
        found = frustration(network)
    assert found.unique is whole.unique
    assert (found.index, found.proved) == (whole.index, True)
    assert found.optima_found <= whole.optima_found


def test_random_networks_agree_with_the_programme_alone() -> None:
    """Beyond what can be tried one by one: 20 to 40 nodes, nothing contracted on the other side."""
    draw = np.random.default_rng(1)
    for n, density, foes in ((20, 0.5, 0.5), (26, 0.3, 0.9), (30, 0.25, 0.5), (40, 0.15, 0.3)):
        half = np.triu((draw.random((n, n)) < density) * np.where(draw.random((n, n)) < foes, -1, 1), 1)
        weights = half + half.T
        alone = solve(weights, formulate(weights, "cut"))
        found = frustration(SignedNetwork.from_matrix(weights))
        assert (found.index, found.proved) == (alone.weight, True)


def test_the_same_seed_gives_the_same_camps() -> None:
    draw = np.random.default_rng(2)
    half = np.triu(draw.choice([-1, 0, 1], (30, 30), p=[0.15, 0.7, 0.15]), 1)
    network = SignedNetwork.from_matrix(half + half.T)
    first, second = frustration(network, seed=4), frustration(network, seed=4)
    assert np.array_equal(first.camps, second.camps)
    assert first.index == frustration(network, seed=5).index


def test_optima_beyond_the_cap_are_not_counted() -> None:
    clique = SignedNetwork.from_matrix(np.eye(9, dtype=np.int64) - 1)
    found = frustration(clique, cap=50)
    assert (found.index, found.proved, found.optima, found.unique) == (16, True, None, False)
    assert found.optima_found >= 50


def test_a_time_limit_leaves_an_honest_gap() -> None:
    """A dense random network cannot be proved at once; what comes back says so and is on the right side."""
    draw = np.random.default_rng(3)
    half = np.triu(draw.choice([-1, 1], (60, 60)), 1)
    network = SignedNetwork.from_matrix(half + half.T)
    found = frustration(network, time_limit=0.5)
    assert found.bound < found.index
    assert found.gap == found.index - found.bound
    assert not found.proved
    assert found.unique is None
    assert found.optima is None
    assert network.frustrated(found.camps).sum() == found.index


def test_a_large_network_gets_bounds() -> None:
    draw, n = np.random.default_rng(5), LARGE + 300
    near = {(min(a, b), max(a, b)) for a, b in draw.integers(0, n, (5 * n, 2)).tolist() if a != b}
    ties = [(f"{a:05}", f"{b:05}", int(draw.choice([-1, 1]))) for a, b in sorted(near)]
    found = frustration(SignedNetwork.of(ties), time_limit=4.0)
    assert 0 < found.bound <= found.index
    assert found.network.frustrated(found.camps).sum() == found.index


@pytest.mark.parametrize(
    "ties", [[("A", "A", 1)], [("A", "B", 0)], [("A", "B", 1), ("B", "A", -1)]], ids=["itself", "no sign", "twice"]
)
def test_what_is_no_signed_network(ties: list[tuple[str, str, int]]) -> None:
    with pytest.raises(QuestionError):
        SignedNetwork.of(ties)


def test_unknown_formulation() -> None:
    with pytest.raises(QuestionError, match="one of xor, and, abs, cut"):
        formulate(np.zeros((2, 2), dtype=np.int64), "nand")  # type: ignore[arg-type]
