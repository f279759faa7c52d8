"""Leximin: cases by hand, and that it is an order that looks at the worst off first and at nobody's name."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.measures.leximin import leximin, leximin_order


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1, 9], [2, 2], -1),  # the worst off decides
        ([1, 9], [1, 2], 1),  # a tie: the next
        ([9, 1], [1, 9], 0),  # who they are does not matter
        ([], [], 0),
        ([-math.inf, 3], [-math.inf, 2], 1),
        ([1, math.nan], [0, 0], None),  # not known is neither better nor worse
    ],
)
def test_by_hand(first: list[float], second: list[float], expected: int | None) -> None:
    assert leximin(np.array(first, dtype=float), np.array(second, dtype=float)) == expected


def test_within_tolerance_the_next_decides() -> None:
    first, second = np.array([1.0, 5.0]), np.array([1.001, 2.0])
    assert leximin(first, second) == -1
    assert leximin(first, second, tolerance=0.01) == 1


def test_other_states_cannot_be_compared() -> None:
    with pytest.raises(QuestionError, match="shapes"):
        leximin(np.array([1.0]), np.array([1.0, 2.0]))
    with pytest.raises(QuestionError, match="not known"):
        leximin_order(np.array([[1.0, math.nan]]))


def test_order_of_nothing() -> None:
    assert leximin_order(np.zeros((0, 3))).tolist() == []
    assert leximin_order(np.zeros((2, 0))).tolist() == [0, 1]


outcomes = st.integers(0, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 3), min_size=n, max_size=n), min_size=1, max_size=6)
)


@given(outcomes)
def test_order_is_that_of_sorted_tuples(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype=float).reshape(len(rows), -1)
    order = leximin_order(table)
    assert [sorted(rows[k]) for k in order] == sorted((sorted(row) for row in rows), reverse=True)
    for better, worse in itertools.pairwise(order):
        assert leximin(table[better], table[worse]) in (0, 1)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6), st.permutations(range(6)))
def test_antisymmetric_anonymous_and_pareto(pairs: list[tuple[int, int]], mixed: list[int]) -> None:
    first, second = np.array(pairs, dtype=float).T
    answer = leximin(first, second)
    assert answer is not None
    assert leximin(second, first) == -answer
    order = [k for k in mixed if k < len(pairs)]
    assert leximin(first[order], second) == answer
    if (first >= second).all() and (first > second).any():
        assert answer == 1
