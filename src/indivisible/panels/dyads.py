"""Every pair of states in every year, kept as two row numbers of the table of state-years.

A year of m states is an outer product without its diagonal, so that the row of any pair and year follows from
arithmetic: published dyadic data are put in their places without a join.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indivisible.panels.system import NO_CODE, Ints, StateYears

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Dyads:
    """Pairs of states, sorted by year, first code, second code: `left` and `right` are rows of `states`.

    `full` holds the first full position of each year (before any pair is left out) and `place` the row of each
    full position, or NO_CODE for a pair that is left out; None if none is.
    """

    states: StateYears
    directed: bool
    left: Rows
    right: Rows
    full: Ints
    place: Rows | None

    def __len__(self) -> int:
        return len(self.left)

    def rows_of(self, code1: Ints, code2: Ints, year: Ints, system: str) -> Ints:
        """The row of each pair and year, NO_CODE where there is none. An undirected pair is found either way."""
        one, two = (self.states.rows_of(code, year, system) for code in (code1, code2))
        good = (one >= 0) & (two >= 0) & (one != two)
        if not good.any():
            return np.full(len(one), NO_CODE, dtype=np.int64)
        at = np.where(good, year - self.states.first, 0)
        begin = self.states.offsets[at]
        count = self.states.offsets[at + 1] - begin
        i, j = np.where(good, one - begin, 0), np.where(good, two - begin, 1)
        if self.directed:
            position = self.full[at] + i * (count - 1) + j - (j > i)
        else:
            i, j = np.minimum(i, j), np.maximum(i, j)
            position = self.full[at] + i * (2 * count - i - 1) // 2 + j - i - 1
        position = np.where(good, position, 0)
        rows = position if self.place is None else self.place[position]
        return np.where(good, rows, NO_CODE)

    def year_rows(self) -> Ints:
        """First row of each year, and the number of rows at the end."""
        return np.searchsorted(self.left, self.states.offsets).astype(np.int64)

    def kept(self, keep: NDArray[np.bool_]) -> Dyads:
        """The dyads where `keep` is true."""
        total = int(self.full[-1])
        old = np.arange(total, dtype=np.int32) if self.place is None else self.place
        moved = np.where(keep, np.cumsum(keep, dtype=np.int32) - np.int32(1), np.int32(NO_CODE)).astype(np.int32)
        place = np.where(old >= 0, moved[old] if len(moved) else np.int32(NO_CODE), np.int32(NO_CODE)).astype(np.int32)
        return Dyads(self.states, self.directed, self.left[keep], self.right[keep], self.full, place)


@lru_cache(maxsize=256)
def _pairs(count: int, directed: bool) -> tuple[Rows, Rows]:
    """Positions of first and second state in a year of `count` states."""
    if count < 2:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32)
    order = np.arange(count, dtype=np.int32)
    if not directed:
        i, j = np.triu_indices(count, 1)
        return i.astype(np.int32), j.astype(np.int32)
    first = np.repeat(order, count - 1)
    second = np.tile(order, count)[1:].reshape(count - 1, count + 1)[:, :-1].ravel()
    return first, second


def dyads_of(states: StateYears, *, directed: bool) -> Dyads:
    """All pairs of states that were members together."""
    counts = np.diff(states.offsets)
    sizes = counts * (counts - 1) if directed else counts * (counts - 1) // 2
    full = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    left, right = np.empty(full[-1], dtype=np.int32), np.empty(full[-1], dtype=np.int32)
    for at, count in enumerate(counts.tolist()):
        i, j = _pairs(count, directed)
        begin = np.int32(states.offsets[at])
        np.add(i, begin, out=left[full[at] : full[at + 1]])
        np.add(j, begin, out=right[full[at] : full[at + 1]])
    made = Dyads(states, directed, left, right, full, None)
    if not len(states.apart):
        return made
    one, two = states.apart[:, 0], states.apart[:, 1]
    out = made.rows_of(states.code[one], states.code[two], states.year[one], states.system)
    keep = np.ones(len(made), dtype=bool)
    keep[out] = False
    return made.kept(keep)
