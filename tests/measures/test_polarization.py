"""Blocs and poles: modularity against another package, two-camp extremes by hand, what must hold of any network."""

from __future__ import annotations

import itertools
import math

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.concentration import effective_number
from indivisible.measures.inequality import absolute_gini
from indivisible.measures.modularity import best_partition, modularity
from indivisible.measures.polarization import (
    cluster_polarization,
    esteban_ray,
    joint_power,
    network_polarization,
    poles,
)


def blocs(*sizes: int) -> tuple[np.ndarray, np.ndarray]:
    """Separate groups, each fully tied within."""
    groups = np.repeat(np.arange(len(sizes)), sizes)
    ties = (groups[:, None] == groups[None, :]).astype(float)
    np.fill_diagonal(ties, 0.0)
    return ties, groups


def test_two_separate_groups_of_four() -> None:
    """models.md section 16: two disjoint K4, Q = .5."""
    ties, groups = blocs(4, 4)
    assert modularity(ties, groups) == pytest.approx(0.5)
    found = best_partition(ties, seed=1, starts=2)
    assert found.modularity == pytest.approx(0.5)
    assert found.groups.tolist() == groups.tolist()


def test_the_karate_club() -> None:
    """models.md section 16: unweighted, best of 200, Q = .4197896."""
    club = networkx.to_numpy_array(networkx.karate_club_graph(), weight=None)
    found = best_partition(club, seed=3, starts=60)
    assert found.modularity == pytest.approx(0.4197896, abs=5.1e-8)
    assert modularity(club, found.groups) == pytest.approx(found.modularity)
    again = best_partition(club, seed=3, starts=60)
    assert again.groups.tolist() == found.groups.tolist()


def networks(most: int = 7) -> st.SearchStrategy[np.ndarray]:
    def fill(n: int) -> st.SearchStrategy[np.ndarray]:
        pairs = n * (n - 1) // 2
        weights = st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.5]), min_size=pairs, max_size=pairs)
        return weights.map(lambda upper: symmetric(n, upper))

    return st.integers(1, most).flatmap(fill)


def symmetric(n: int, upper: list[float]) -> np.ndarray:
    ties = np.zeros((n, n))
    ties[np.triu_indices(n, 1)] = upper
    return ties + ties.T


@settings(max_examples=60, deadline=None)
@given(networks(), st.lists(st.integers(0, 3), min_size=7, max_size=7), st.sampled_from([0.5, 1.0, 2.0]))
def test_modularity_is_that_of_networkx(ties: np.ndarray, labels: list[int], resolution: float) -> None:
    groups = np.array(labels[: len(ties)])
    found = modularity(ties, groups, resolution=resolution)
    if not ties.any():
        assert math.isnan(found)
        return
    sets = [set(np.flatnonzero(groups == g).tolist()) for g in np.unique(groups)]
    theirs = networkx.community.modularity(networkx.from_numpy_array(ties), sets, resolution=resolution)
    assert found == pytest.approx(theirs)
    assert -0.5 * max(resolution, 1) - 1e-9 <= found < 1


@settings(max_examples=40, deadline=None)
@given(networks(5), st.integers(0, 1000))
def test_search_finds_the_best_of_all_partitions_of_a_few(ties: np.ndarray, seed: int) -> None:
    found, n = best_partition(ties, seed=seed, starts=20), len(ties)
    if not ties.any():
        assert math.isnan(found.modularity)
        assert found.groups.tolist() == list(range(n))
        return
    everything = (modularity(ties, np.array(labels)) for labels in itertools.product(range(n), repeat=n))
    assert found.modularity == pytest.approx(max(everything))
    assert modularity(ties, found.groups) == pytest.approx(found.modularity)


def test_search_is_no_worse_than_another_package() -> None:
    for seed in range(5):
        graph = networkx.gnp_random_graph(40, 0.12, seed=seed)
        theirs = networkx.community.louvain_communities(graph, seed=seed)
        found = best_partition(networkx.to_numpy_array(graph), seed=seed)
        assert found.modularity >= networkx.community.modularity(graph, theirs) - 1e-9


def test_ties_that_are_no_network() -> None:
    with pytest.raises(QuestionError, match="differ by direction"):
        modularity(np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([0, 1]))
    with pytest.raises(QuestionError, match="labels"):
        modularity(np.ones((2, 2)), np.array([0]))
    with pytest.raises(QuestionError, match="shape"):
        best_partition(np.ones((2, 3)), seed=0)
    assert math.isnan(modularity(np.array([[0.0, math.nan], [math.nan, 0.0]]), np.array([0, 1])))
    assert math.isnan(best_partition(np.zeros((0, 0)), seed=0).modularity)


def test_poles_are_powers_bound_directly_or_through_others() -> None:
    ties = np.zeros((6, 6), dtype=bool)
    ties[0, 2] = ties[4, 2] = ties[1, 5] = True  # 0-2-4, 1-5, and 3 alone
    pole = poles(ties)
    assert pole.tolist() == [0, 1, 0, 2, 0, 1]
    assert joint_power(pole, np.array([1.0, 2.0, 3.0, 4.0, 5.0, math.nan]))[[0, 2]].tolist() == [9.0, 4.0]
    assert math.isnan(joint_power(pole, np.array([1.0, 2.0, 3.0, 4.0, 5.0, math.nan]))[1])
    assert cluster_polarization(pole) == pytest.approx(1 - 2 / 5)
    assert cluster_polarization(poles(np.zeros((4, 4), dtype=bool))) == 0.0
    assert cluster_polarization(poles(np.ones((4, 4), dtype=bool))) == 1.0
    assert math.isnan(cluster_polarization(np.array([0])))
    assert poles(np.zeros((0, 0), dtype=bool)).tolist() == []


@given(networks(8))
def test_poles_are_connected_components(ties: np.ndarray) -> None:
    pole = poles(ties > 0)
    components = networkx.connected_components(networkx.from_numpy_array(ties))
    assert {frozenset(np.flatnonzero(pole == k).tolist()) for k in range(pole.max() + 1)} == {
        frozenset(c) for c in components
    }


def test_poles_of_power() -> None:
    ties, _ = blocs(2, 2)
    assert effective_number(joint_power(poles(ties > 0), np.array([1.0, 2.0, 2.0, 1.0]))) == pytest.approx(2.0)


def test_network_polarization_by_hand() -> None:
    ties, groups = blocs(4, 4)
    assert network_polarization(ties > 0, groups) == pytest.approx(1.0)
    assert network_polarization(ties > 0, np.zeros(8)) == 0.0  # one group
    assert network_polarization(np.zeros((8, 8), dtype=bool), groups) == 0.0  # nobody is tied
    assert network_polarization(np.ones((8, 8), dtype=bool), groups) == pytest.approx(0.0)  # nothing separates them
    three, of_three = blocs(2, 2, 2)
    assert network_polarization(three > 0, of_three) == pytest.approx(3 * 4 / 9 * 2 / 3)
    assert math.isnan(network_polarization(np.zeros((1, 1), dtype=bool), np.array([0])))
    with pytest.raises(QuestionError, match="labels"):
        network_polarization(ties > 0, np.array([0]))


@given(networks(), st.lists(st.integers(0, 3), min_size=7, max_size=7), st.permutations(range(7)))
def test_network_polarization_is_bounded_and_blind_to_order(
    ties: np.ndarray, labels: list[int], mixed: list[int]
) -> None:
    n = len(ties)
    if n < 2:
        return
    groups, order = np.array(labels[:n]), [k for k in mixed if k < n]
    found = network_polarization(ties > 0, groups)
    assert 0 <= found <= 1 + 1e-12
    assert network_polarization(ties[np.ix_(order, order)] > 0, groups[order]) == pytest.approx(found)


def test_esteban_ray_by_hand() -> None:
    # two halves 1 apart: 2 * .5^(1 + alpha) * .5
    assert esteban_ray(np.array([1.0, 1.0]), np.array([0.0, 1.0])) == pytest.approx(0.25)
    assert esteban_ray(np.array([1.0, 1.0]), np.array([0.0, 1.0]), alpha=1.6) == pytest.approx(0.5**1.6 / 2)
    distances = np.array([[0.0, 2.0], [2.0, 0.0]])
    assert esteban_ray(np.array([3.0, 3.0]), distances) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("masses", "positions"),
    [([], []), ([0.0, 0.0], [0.0, 1.0]), ([1.0, -1.0], [0.0, 1.0]), ([1.0, math.nan], [0.0, 1.0]),
     ([1.0, 1.0], [0.0, math.nan])],
)  # fmt: skip
def test_esteban_ray_undefined(masses: list[float], positions: list[float]) -> None:
    assert math.isnan(esteban_ray(np.array(masses), np.array(positions)))


def test_esteban_ray_questions() -> None:
    with pytest.raises(QuestionError, match="alpha"):
        esteban_ray(np.array([1.0]), np.array([0.0]), alpha=2.0)
    with pytest.raises(QuestionError, match="masses"):
        esteban_ray(np.array([1.0]), np.array([0.0, 1.0]))


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=10), st.floats(0.1, 10), st.floats(0.0, 1.6))
def test_esteban_ray_of_any_positions(positions: list[float], unit: float, alpha: float) -> None:
    place, mass = np.array(positions), np.ones(len(positions))
    assert esteban_ray(mass, place, alpha=0.0) == pytest.approx(2 * absolute_gini(place), abs=1e-9)
    found = esteban_ray(mass, place, alpha=alpha)
    assert found == pytest.approx(
        sum(len(place) ** -(2 + alpha) * abs(a - b) for a in positions for b in positions), abs=1e-9
    )
    assert esteban_ray(mass * 7, place[::-1] * unit, alpha=alpha) == pytest.approx(found * unit, abs=1e-9)


def test_two_camps_are_more_polarized_than_four_groups() -> None:
    """What sets it apart from a Gini: merging neighbours into two camps raises it."""
    four = esteban_ray(np.ones(4), np.array([0.0, 1.0, 2.0, 3.0]), alpha=1.3)
    two = esteban_ray(np.ones(2), np.array([0.5, 2.5]), alpha=1.3)
    assert two > four
    assert absolute_gini(np.array([0.5, 0.5, 2.5, 2.5])) < absolute_gini(np.array([0.0, 1.0, 2.0, 3.0]))
