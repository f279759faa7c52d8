"""Stable divisions against the published and derived counts, and against definitions written out slowly."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.hedonic import Division, Stability, divisions, stable_divisions


def named(divisions_: tuple[Division, ...], names: str) -> list[list[str]]:
    return [
        sorted("".join(name for k, name in enumerate(names) if one >> k & 1) for one in division)
        for division in divisions_
    ]


def counts(found: Stability) -> tuple[int, ...]:
    each = (
        found.individually_rational, found.nash, found.individual, found.contractual, found.core, found.strict_core,
        found.pareto,
    )  # fmt: skip
    return tuple(map(len, each))


def test_three_friends_and_one_whom_they_dislike() -> None:
    table = np.ones((4, 4))
    table[:3, 3] = -2.0
    found = stable_divisions(table)
    assert found.divisions == 15
    assert counts(found) == (6, 1, 2, 8, 1, 1, 5)
    assert named(found.nash, "abcd") == [["abcd"]]
    assert named(found.core, "abcd") == [["abc", "d"]]


def test_a_circle_of_three_who_like_the_next() -> None:
    table = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]], dtype=float)
    found = stable_divisions(table)
    assert (len(found.nash), len(found.individual), len(found.core), len(found.strict_core)) == (1, 1, 4, 1)


def test_a_circle_of_three_who_like_the_next_and_dislike_the_one_before() -> None:
    table = np.array([[0, 2, -9], [-9, 0, 2], [2, -9, 0]], dtype=float)
    found = stable_divisions(table)
    assert (len(found.nash), len(found.individual), len(found.contractual), len(found.core)) == (0, 1, 5, 1)
    assert named(found.individual, "abc") == [["a", "b", "c"]]


def test_two_blocs() -> None:
    table = np.full((4, 4), -5.0)
    table[:2, :2] = table[2:, 2:] = 1.0
    found = stable_divisions(table)
    assert counts(found)[:5] == (4, 1, 1, 2, 1)


@pytest.mark.parametrize(("players", "number"), [(0, 1), (1, 1), (3, 5), (5, 52), (8, 4140)])
def test_there_are_as_many_divisions_as_bell_says(players: int, number: int) -> None:
    found = list(divisions(players))
    assert len(set(map(frozenset, found))) == len(found) == number


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(st.integers(-2, 2), min_size=n, max_size=n),
                                                     min_size=n, max_size=n)))  # fmt: skip
def test_equal_to_the_definitions_written_out(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=float)
    n = len(table)
    found = stable_divisions(table)

    def worth(i: int, coalition: frozenset[int]) -> float:
        return float(sum(table[i, j] for j in coalition if j != i))

    def sets(division: Division) -> list[frozenset[int]]:
        return [frozenset(k for k in range(n) if one >> k & 1) for one in division]

    everybody = [frozenset(c) for c in chain.from_iterable(combinations(range(n), k) for k in range(1, n + 1))]
    senses: dict[str, list[Division]] = {"nash": [], "individual": [], "contractual": [], "core": [], "strict": []}
    for division in divisions(n):
        home = {i: one for one in sets(division) for i in one}
        moves = [
            (i, target)
            for i in range(n)
            for target in [*sets(division), frozenset[int]()]
            if target != home[i] and worth(i, target | {i}) > worth(i, home[i])
        ]
        welcome = [(i, t) for i, t in moves if all(worth(j, t | {i}) >= worth(j, t) for j in t)]
        let_go = [
            (i, t) for i, t in welcome if all(worth(j, home[i] - {i}) >= worth(j, home[i]) for j in home[i] - {i})
        ]
        if not moves:
            senses["nash"].append(division)
        if not welcome:
            senses["individual"].append(division)
        if not let_go:
            senses["contractual"].append(division)
        if not any(all(worth(i, s) > worth(i, home[i]) for i in s) for s in everybody):
            senses["core"].append(division)
        if not any(
            all(worth(i, s) >= worth(i, home[i]) for i in s) and any(worth(i, s) > worth(i, home[i]) for i in s)
            for s in everybody
        ):
            senses["strict"].append(division)
    assert set(found.nash) == set(senses["nash"])
    assert set(found.individual) == set(senses["individual"])
    assert set(found.contractual) == set(senses["contractual"])
    assert set(found.core) == set(senses["core"])
    assert set(found.strict_core) == set(senses["strict"])


def test_what_cannot_be_asked() -> None:
    with pytest.raises(QuestionError, match="13 players"):
        stable_divisions(np.zeros((13, 13)))
    with pytest.raises(QuestionError, match="square"):
        stable_divisions(np.zeros((2, 3)))
    with pytest.raises(QuestionError, match="square"):
        stable_divisions(np.array([[0.0, np.nan], [0.0, 0.0]]))
