"""Landscape: what is frustrated of each state's ties, against every world and every division tried one by one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.architecture.arrays import Ties
from indivisible.models.camps import MOST_DOUBTS, Relations, torn, torn_between, touched_camps
from oracles.camps_by_hand import Pair, all_worlds, frustrated

Integers = np.typing.NDArray[np.int64]


def ties(n: int, sure: set[Pair], open_: set[Pair]) -> Ties:
    tables = [np.zeros((n, n), dtype=bool) for _ in range(2)]
    for table, pairs in zip(tables, (sure, sure | open_), strict=True):
        for a, b in pairs:
            table[a, b] = table[b, a] = True
    number = 1 + np.arange(n * n).reshape(n, n)
    return Ties(*tables, np.where(tables[1] & ~tables[0], np.minimum(number, number.T), 0))


@st.composite
def relations(draw: st.DrawFn, *, most: int = 6, sizes: bool = True) -> tuple[Relations, tuple[object, ...]]:
    """Some states, ties of both kinds, some of them in doubt, and sizes, some of them not known."""
    n = draw(st.integers(1, most))
    pairs = list(combinations(range(n), 2))
    kinds = st.sampled_from(("friend", "foe", "", "both", "friend?", "foe?", "friend, foe?", "foe, friend?"))
    frequent = st.one_of(st.sampled_from(("friend", "foe")), kinds)
    said = {pair: draw(frequent) for pair in pairs}
    sure = tuple({p for p, s in said.items() if s in ("both", k) or s.startswith(f"{k},")} for k in ("friend", "foe"))
    open_ = tuple({p for p, s in said.items() if f"{k}?" in s} for k in ("friend", "foe"))
    while len(open_[0]) + len(open_[1]) > 5:
        (open_[0] or open_[1]).pop()
    least = [draw(st.integers(1, 3)) if sizes else 1 for _ in range(n)]
    highest = list(least)
    for k in draw(st.sets(st.integers(0, n - 1), max_size=2)) if sizes else ():
        highest[k] += draw(st.integers(1, 3))
    best = [low if low == high else 0 for low, high in zip(least, highest, strict=True)]
    made = Relations(
        ties(n, sure[0], open_[0]), ties(n, sure[1], open_[1]), *(np.array(s) for s in (least, best, highest))
    )
    return made, (sure, open_, least, highest)


@settings(max_examples=300, deadline=None)
@given(relations())
def test_the_range_holds_every_world_and_is_exact_where_it_says_so(
    given_: tuple[Relations, tuple[object, ...]],
) -> None:
    made, world = given_
    n = len(made.least)
    ranges = [frustrated(n, *one) for one in all_worlds(*world)]  # type: ignore[arg-type]
    low, high = np.min([r[0] for r in ranges], axis=0), np.max([r[1] for r in ranges], axis=0)
    found = torn(made)
    assert (found.low <= low).all()
    assert (high <= found.high).all()
    both, open_ = made.friends.possible & made.foes.possible, made.least < made.most
    exact = found.exact & ~(both & open_).any(axis=1)
    assert np.array_equal(found.low[exact], low[exact])
    assert np.array_equal(found.high[exact], high[exact])
    if (made.least == made.most).all() and len(made.doubts) <= 3:
        assert found.exact.all()
