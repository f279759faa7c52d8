"""The Shapley value: games worked out by hand, all orders as a slow version, and the axioms that define it."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.attribution import attribute, coalition_of, shapley


def test_reference_games() -> None:
    """models.md section 15: glove, 3a + 2b + 4ab - c, airport (3, 5, 9)."""

    def glove(coalition: frozenset[int]) -> float:
        return float(0 in coalition and len(coalition) > 1)  # one left glove, two right ones

    def formula(coalition: frozenset[int]) -> float:
        a, b, c = (player in coalition for player in range(3))
        return 3 * a + 2 * b + 4 * a * b - c

    def airport(coalition: frozenset[int]) -> float:
        return max(((3.0, 5.0, 9.0)[player] for player in coalition), default=0.0)

    assert attribute(glove, 3).due == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert attribute(formula, 3).due == pytest.approx([5, 4, -1])
    assert attribute(airport, 3).due == pytest.approx([1, 2, 6])


def test_each_element_of_an_array_by_itself() -> None:
    found = attribute(lambda coalition: [len(coalition) ** 2, float(0 in coalition), math.nan], 2)
    assert found.exact
    assert found.asked == 4
    assert found.due.shape == found.error.shape == (2, 3)
    assert found.due[:, :2].tolist() == [[2, 1], [2, 0]]
    assert np.isnan(found.due[:, 2]).all()


def test_nobody_and_one() -> None:
    assert attribute(lambda coalition: 5.0, 0).due.shape == (0,)
    assert attribute(lambda coalition: 5.0 + len(coalition), 1).due.tolist() == [1.0]


def by_all_orders(worths: list[float], players: int) -> list[float]:
    due = [0.0] * players
    for order in itertools.permutations(range(players)):
        bits = 0
        for player in order:
            due[player] += (worths[bits | 1 << player] - worths[bits]) / math.factorial(players)
            bits |= 1 << player
    return due


games = st.integers(1, 4).flatmap(lambda n: st.lists(st.floats(-100, 100), min_size=2**n, max_size=2**n))


@given(games, games)
def test_axioms(worths: list[float], others: list[float]) -> None:
    players = len(worths).bit_length() - 1
    due = shapley(np.array(worths))
    np.testing.assert_allclose(due, by_all_orders(worths, players), atol=1e-9)
    assert due.sum() == pytest.approx(worths[-1] - worths[0], abs=1e-9)  # efficiency
    if len(others) == len(worths):  # additivity
        both = shapley(np.array(worths) + np.array(others))
        np.testing.assert_allclose(both, due + shapley(np.array(others)), atol=1e-9)


@given(games, st.randoms(use_true_random=False))
def test_relabelling_and_dummies(worths: list[float], random: object) -> None:
    players = len(worths).bit_length() - 1
    order = list(range(players))
    random.shuffle(order)  # type: ignore[attr-defined]
    moved = [worths[sum(1 << order[k] for k in coalition_of(bits))] for bits in range(len(worths))]
    np.testing.assert_allclose(shapley(np.array(moved)), shapley(np.array(worths))[order], atol=1e-9)
    with_dummy = shapley(np.array(worths + worths))  # the last player changes nothing
    np.testing.assert_allclose(with_dummy, [*shapley(np.array(worths)), 0.0], atol=1e-9)


@settings(max_examples=20, deadline=None)
@given(games, st.integers(0, 2**31))
def test_sampled_is_efficient_repeatable_and_near(worths: list[float], seed: int) -> None:
    players = len(worths).bit_length() - 1

    def worth(coalition: frozenset[int]) -> float:
        return worths[sum(1 << player for player in coalition)]

    found = attribute(worth, players, exact_up_to=0, permutations=200, seed=seed)
    assert not found.exact
    assert found.asked <= 2**players
    assert found.due.sum() == pytest.approx(worths[-1] - worths[0], abs=1e-9)
    assert (attribute(worth, players, exact_up_to=0, permutations=200, seed=seed).due == found.due).all()
    assert (np.abs(found.due - shapley(np.array(worths))) <= 6 * found.error + 1e-9).all()


def test_error_bar_covers_the_truth_about_as_often_as_it_says() -> None:
    cost = np.arange(1.0, 16.0)

    def airport(coalition: frozenset[int]) -> float:
        return max((cost[player] for player in coalition), default=0.0)

    exact = np.cumsum(np.diff(cost, prepend=0.0) / np.arange(15, 0, -1))
    within = [
        np.abs(found.due - exact) <= 2 * found.error
        for found in (attribute(airport, 15, permutations=200, seed=seed) for seed in range(20))
    ]
    assert 0.88 < np.mean(within) <= 1.0
    assert attribute(airport, 15, exact_up_to=15).due == pytest.approx(exact)


def test_questions_that_cannot_be_answered() -> None:
    with pytest.raises(QuestionError, match="coalitions"):
        attribute(lambda coalition: 0.0, 30, exact_up_to=30)
    with pytest.raises(QuestionError, match="one permutation"):
        attribute(lambda coalition: 0.0, 13, permutations=1)
    with pytest.raises(QuestionError, match="3 worths"):
        shapley(np.zeros(3))
    with pytest.raises(QuestionError, match="0 worths"):
        shapley(np.zeros(0))
