"""Allocation of power: counts of equilibria, and the game played by brute force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.allocation import (
    PRECARIOUS,
    SAFE,
    UNSAFE,
    Equilibria,
    equilibria,
    states,
    support,
    threat,
    worth,
)

Integers = NDArray[np.int64]
Pairs = tuple[tuple[int, int], ...]


def ties(n: int, *, friends: Pairs = (), adversaries: Pairs = ()) -> Integers:
    table = np.zeros((n, n), dtype=np.int64)
    for sign, pairs in ((1, friends), (-1, adversaries)):
        for i, j in pairs:
            table[i, j] = table[j, i] = sign
    return table


ENEMIES = ties(2, adversaries=((0, 1),))
TWO_AGAINST_ONE = ties(3, friends=((0, 1),), adversaries=((0, 2), (1, 2)))
ALL_AGAINST_ALL = ties(3, adversaries=((0, 1), (0, 2), (1, 2)))
A_FRIEND = ties(3, friends=((0, 1),), adversaries=((0, 2),))

# models.md section 2: powers, ties, profiles, equilibria, kinds of outcome, outcomes that are printed
S, P, U = SAFE, PRECARIOUS, UNSAFE
PRINTED = [
    ((3, 2), ENEMIES, 12, 6, 2, {(S, U): 3, (S, P): 3}),
    ((2, 2), ENEMIES, 9, 1, 1, {(P, P): 1}),
    ((2, 2, 3), TWO_AGAINST_ONE, 360, 74, 10, {(P, S, S): 24}),
    ((1, 1, 3), TWO_AGAINST_ONE, 90, 21, 3, {(P, P, S): 9, (P, U, S): 6, (U, P, S): 6}),
    ((2, 2, 2), ALL_AGAINST_ALL, 216, 36, 13, {}),
    ((1, 2, 4), ALL_AGAINST_ALL, 270, 102, 4, {(U, P, S): 36, (P, U, S): 26, (U, U, S): 25, (P, P, S): 15}),
    ((1, 3, 3), A_FRIEND, 48, 18, 2, {(P, S, S): 10, (S, P, S): 8}),
]


@pytest.mark.parametrize(("powers", "given_ties", "profiles", "count", "kinds", "outcomes"), PRINTED)
def test_reference_counts(
    powers: tuple[int, ...],
    given_ties: Integers,
    profiles: int,
    count: int,
    kinds: int,
    outcomes: dict[tuple[int, ...], int],
) -> None:
    found = equilibria(powers, given_ties)
    assert (found.states, found.profiles, found.count, len(found.outcomes)) == (len(powers), profiles, count, kinds)
    assert {outcome: found.outcomes[outcome] for outcome in outcomes} == outcomes
    assert sum(found.outcomes.values()) == count


def test_who_survives_in_all_and_in_some() -> None:
    weaker = equilibria((3, 2), ENEMIES)
    assert weaker.survive_in_all() == (True, False)
    assert weaker.survive_in_some() == (True, True)
    assert Equilibria(2, 9, 0, {}).survive_in_all() == Equilibria(2, 9, 0, {}).survive_in_some() == (None, None)


def test_support_and_threat_by_hand() -> None:
    """0 gives its friend 1 one, spends one against 2 and keeps none; 2 spends two against 0 and keeps one."""
    spent = np.array([[0.0, 1.0, 1.0], [0.0, 3.0, 0.0], [2.0, 0.0, 1.0]])
    assert support(spent, A_FRIEND) == pytest.approx([1.0, 4.0, 3.0])
    assert threat(spent, A_FRIEND) == pytest.approx([2.0, 0.0, 1.0])
    assert states(spent, A_FRIEND).tolist() == [UNSAFE, SAFE, SAFE]
    assert worth([UNSAFE, SAFE, SAFE], A_FRIEND).tolist() == [1, 4, 5]
    assert worth([PRECARIOUS, SAFE, UNSAFE], A_FRIEND).tolist() == [6, 5, 1]


def ways(i: int, units: int, given_ties: Integers) -> Iterator[Integers]:
    """All rows of i that spend all its units on itself, friends and adversaries."""
    open_to = [j for j in range(len(given_ties)) if j == i or given_ties[i, j]]
    for spent in product(range(units + 1), repeat=len(open_to)):
        if sum(spent) == units:
            row = np.zeros(len(given_ties), dtype=np.int64)
            row[open_to] = spent
            yield row


def slow(powers: list[int], given_ties: Integers) -> tuple[int, Counter[tuple[int, ...]]]:
    """Every profile against every change of one row, preferences as written down: survival at 100, then counts."""
    n = len(powers)

    def value(i: int, outcome: Integers) -> int:
        friends = sum(outcome[j] >= 0 for j in range(n) if given_ties[i, j] == 1)
        adversaries = sum(outcome[j] <= 0 for j in range(n) if given_ties[i, j] == -1)
        return int(100 * (outcome[i] >= 0) + friends + adversaries)

    choices = [list(ways(i, powers[i], given_ties)) for i in range(n)]
    outcomes: Counter[tuple[int, ...]] = Counter()
    profiles = 0
    for profile in product(*choices):
        profiles += 1
        outcome = states(np.array(profile, dtype=float), given_ties)
        if not any(
            value(i, states(np.array([*profile[:i], other, *profile[i + 1 :]], dtype=float), given_ties))
            > value(i, outcome)
            for i in range(n)
            for other in choices[i]
        ):
            outcomes[tuple(outcome.tolist())] += 1
    return profiles, outcomes


@st.composite
def worlds(draw: st.DrawFn, *, most: int = 3, units: int = 2) -> tuple[list[int], Integers]:
    n = draw(st.integers(1, most))
    half = np.triu(
        np.array(draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=n * n, max_size=n * n))).reshape(n, n), 1
    )
    return draw(st.lists(st.integers(0, units), min_size=n, max_size=n)), half + half.T


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_equilibria_slow_version(world: tuple[list[int], Integers]) -> None:
    found = equilibria(*world)
    profiles, outcomes = slow(*world)
    assert found.profiles == profiles
    assert found.outcomes == outcomes


@settings(max_examples=40, deadline=None)
@given(worlds(most=4, units=3), st.randoms(use_true_random=False))
def test_relabelling(world: tuple[list[int], Integers], random: object) -> None:
    powers, given_ties = world
    order = list(range(len(powers)))
    random.shuffle(order)  # type: ignore[attr-defined]
    renamed = [powers[i] for i in order], given_ties[np.ix_(order, order)]
    before, after = equilibria(powers, given_ties), equilibria(*renamed)
    assert {tuple(o[i] for i in order): count for o, count in before.outcomes.items()} == after.outcomes


@given(worlds(most=4, units=3), st.floats(0.01, 100.0))
def test_scale(world: tuple[list[int], Integers], unit: float) -> None:
    powers, given_ties = world
    spent = np.array([next(ways(i, p, given_ties)) for i, p in enumerate(powers)], dtype=float)
    assert support(spent * unit, given_ties) == pytest.approx(support(spent, given_ties) * unit)


@given(worlds(most=4, units=3), st.data())
def test_only_gifts_between_friends_change_support(world: tuple[list[int], Integers], data: st.DataObject) -> None:
    powers, given_ties = world
    rows = [data.draw(st.sampled_from(list(ways(i, p, given_ties)))) for i, p in enumerate(powers)]
    spent = np.array(rows, dtype=float)
    gifts = spent * (given_ties == 1)
    assert support(spent, given_ties) == pytest.approx(np.array(powers) - gifts.sum(axis=1) + gifts.sum(axis=0))


def test_questions_that_cannot_be_understood() -> None:
    with pytest.raises(QuestionError, match="6 states"):
        equilibria((1,) * 7, ties(7))
    with pytest.raises(QuestionError, match="ways"):
        equilibria((9,) * 4, 1 - np.eye(4, dtype=np.int64))
    for powers in ((1, -1), (1, 1.5)):
        with pytest.raises(QuestionError, match="whole"):
            equilibria(powers, ENEMIES)  # type: ignore[arg-type]
    for wrong in (np.triu(ENEMIES), np.eye(2, dtype=np.int64), 2 * ENEMIES, ties(3)):
        with pytest.raises(QuestionError):
            equilibria((1, 1), wrong)


def test_nobody() -> None:
    assert equilibria((), ties(0)).count == 1
