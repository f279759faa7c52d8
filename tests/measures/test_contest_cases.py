"""Many ways of settling ties at once against one contest at a time, and up to which rates there is an equilibrium."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.measures import contest_cases
from indivisible.measures.contest import Contest, Equilibrium, NoInterior, equilibrium, interior_up_to
from indivisible.measures.contest_cases import Cases, payoffs, settled


def drawn(draw: st.DrawFn, n: int) -> np.ndarray:
    """Ties of n groups: 1 allied, -1 enemies, 0 none."""
    tie = draw(st.lists(st.sampled_from([-1, 0, 0, 1]), min_size=n * n, max_size=n * n))
    half = np.triu(np.array(tie).reshape(n, n), 1)
    return np.asarray(half + half.T)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Contest, Cases]:
    n = draw(st.integers(2, 7))
    whole = drawn(draw, n)
    every = [(i, j) for i in range(n) for j in range(i + 1, n)]
    pairs = draw(st.lists(st.sampled_from(every), min_size=1, max_size=4, unique=True))
    for i, j in pairs:
        whole[i, j] = whole[j, i] = 0
    table = draw(st.lists(st.lists(st.sampled_from([-1, 0, 1]), min_size=len(pairs), max_size=len(pairs)), min_size=1,
                          max_size=5))  # fmt: skip
    rate = st.floats(0.0, 0.4)
    contest = Contest((whole == 1).astype(float), (whole == -1).astype(float), draw(rate), draw(rate))
    return contest, Cases(np.array(pairs), np.array(table))


@settings(max_examples=150, deadline=None)
@given(cases())
def test_all_at_once_is_each_by_itself(given_: tuple[Contest, Cases]) -> None:
    contest, many = given_
    payoff, interior = payoffs(contest, many)
    for case in range(len(many.ties)):
        alone = equilibrium(settled(contest, many, case))
        if isinstance(alone, Equilibrium):
            near = alone.effort.min() < 1e-9  # an effort of nothing may round to either side
            assert interior[case] or near
            if interior[case]:
                assert payoff[case] == pytest.approx(alone.payoff, abs=1e-9)
        else:
            solved = equilibrium(settled(contest, many, case), linear=True)
            assert not interior[case] or (isinstance(solved, Equilibrium) and abs(solved.effort.min()) < 1e-9)
            assert interior[case] or np.isnan(payoff[case]).all()


def test_without_ties_in_doubt_one_equilibrium_does_for_all() -> None:
    contest = Contest(np.zeros((3, 3)), np.zeros((3, 3)), 0.1, 0.1)
    payoff, interior = payoffs(contest, Cases(np.empty((0, 2), dtype=np.int64), np.empty((4, 0), dtype=np.int64)))
    assert payoff == pytest.approx(np.full((4, 3), 1 / 9))
    assert interior.tolist() == [True] * 4


def test_a_singular_base_does_not_spoil_the_cases() -> None:
    """Two allies at beta 1 are not told apart; that they are none, or enemies, is each solved from scratch."""
    pair = np.zeros((3, 3))
    pair[0, 1] = pair[1, 0] = 1.0
    contest = Contest(pair, np.zeros((3, 3)), 1.0, 0.1)
    many = Cases(np.array([[0, 2]]), np.array([[0], [1], [-1]]))
    assert contest_cases._all_at_once(contest, many) is None
    payoff, interior = payoffs(contest, many)
    assert not interior.any()
    assert np.isnan(payoff).all()


@st.composite
def networks(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    whole = drawn(draw, draw(st.integers(2, 8)))
    return (whole == 1).astype(float), (whole == -1).astype(float)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_rates_up_to_which_there_is_an_equilibrium(network: tuple[np.ndarray, np.ndarray]) -> None:
    allies, enemies = network

    def interior(rate: float) -> bool:
        return isinstance(equilibrium(Contest(allies, enemies, rate, rate)), Equilibrium)

    reached = interior_up_to(allies, enemies)
    assert 0.0 <= reached <= 0.3
    rates = np.arange(1, 3001) / 1e4
    for rate in (*rates[rates <= reached][::37], *([reached] if reached else [])):
        assert interior(rate), (rate, reached)
    if reached < 0.3:
        beyond = reached + 1e-4
        solved = equilibrium(Contest(allies, enemies, beyond, beyond), linear=True)
        edge = isinstance(solved, Equilibrium) and abs(solved.effort.min()) < 1e-9
        edge |= np.abs(1.0 + beyond * (allies - enemies).sum(axis=1)).min() < 1e-9
        assert not interior(beyond) or edge


def test_rates_by_hand() -> None:
    none = np.zeros((12, 12))
    enemies = none.copy()
    enemies[0, 1:6] = enemies[1:6, 0] = 1.0  # 1 - 5 gamma is above 0 below 0.2 and not at it
    assert interior_up_to(none, none) == 0.3
    assert interior_up_to(none, enemies) == pytest.approx(0.1999)
    assert isinstance(equilibrium(Contest(none, enemies, 0.0, 0.2)), NoInterior)
    assert interior_up_to(np.zeros((1, 1)), np.zeros((1, 1))) == 0.0
    assert interior_up_to(none, enemies, most=0.1) == 0.1
    everybody = 1.0 - np.eye(3)  # three allies of each other: sum Gamma = 3 / (1 + 2 beta) is 1 at beta 1
    assert interior_up_to(everybody, np.zeros((3, 3)), most=2.0) == pytest.approx(0.9999)
