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

    `starts` is the first row of each year, and the number of rows at the end. `full` is the first position of each
    year if no pair were left out; `missing` are the positions of pairs that never were members together. `place`
    gives the row of a pair after others were left out (NO_CODE if it was), or is None.
    """

    states: StateYears
    directed: bool
    left: Rows
    right: Rows
    starts: Ints
    full: Ints
    missing: Ints
    place: Rows | None = None

    def __len__(self) -> int:
        return len(self.left)

    def rows_of(self, code1: Ints, code2: Ints, year: Ints, system: str) -> Ints:
        """The row of each pair and year, NO_CODE where there is none. An undirected pair is found either way."""
        one, two = (self.states.rows_of(code, year, system) for code in (code1, code2))
        good = (one >= 0) & (two >= 0) & (one != two)
        if not good.any():
            return np.full(len(one), NO_CODE, dtype=np.int64)
        at = np.where(good, year - self.states.first, 0)
        position = np.where(good, self._positions(at, one, two), 0)
        if len(self.missing):
            before = np.searchsorted(self.missing, position)
            good &= self.missing[np.minimum(before, len(self.missing) - 1)] != position
            position -= before
        rows = position if self.place is None else self.place[np.where(good, position, 0)]
        return np.where(good, rows, NO_CODE)

    def _positions(self, at: Ints, one: Ints, two: Ints) -> Ints:
        begin = self.states.offsets[at]
        count = self.states.offsets[at + 1] - begin
        i, j = one - begin, two - begin
        low, high = np.minimum(i, j), np.maximum(i, j)
        within: Ints = low * (2 * count - low - 1) // 2 + (high - low - 1)
        if self.directed:
            within = i * (count - 1) + j - (j > i)
        return within + self.full[at]

    def kept(self, keep: NDArray[np.bool_]) -> Dyads:
        """The dyads where `keep` is true. Pairs can be left out once."""
        if self.place is not None:
            raise AssertionError("pairs were left out before")
        place = np.where(keep, np.cumsum(keep, dtype=np.int32) - np.int32(1), np.int32(NO_CODE)).astype(np.int32)
        left, right = self.left[keep], self.right[keep]
        starts = np.concatenate([[0], np.cumsum(keep)])[self.starts].astype(np.int64)
        return Dyads(self.states, self.directed, left, right, starts, self.full, self.missing, place)


@lru_cache(maxsize=512)
def _pairs(count: int, directed: bool) -> tuple[Rows, Rows]:
    """Positions of first and second state in a year of `count` states."""
    if count < 2:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32)
    if not directed:
        i, j = np.triu_indices(count, 1)
        return i.astype(np.int32), j.astype(np.int32)
    order = np.arange(count, dtype=np.int32)
    first = np.repeat(order, count - 1)
    second = np.tile(order, count)[1:].reshape(count - 1, count + 1)[:, :-1].ravel()
    return first, second


def dyads_of(states: StateYears, *, directed: bool) -> Dyads:
    """All pairs of states that were members together."""
    counts = np.diff(states.offsets)
    sizes = counts * (counts - 1) if directed else counts * (counts - 1) // 2
    full = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    empty = np.empty(0, dtype=np.int32)
    bare = Dyads(states, directed, empty, empty, full, full, np.empty(0, dtype=np.int64))
    one, two = states.apart[:, 0], states.apart[:, 1]
    missing = np.unique(bare._positions(states.year[one] - states.first, one, two))
    starts = full - np.searchsorted(missing, full)
    left, right = np.empty(starts[-1], dtype=np.int32), np.empty(starts[-1], dtype=np.int32)
    for at, count in enumerate(counts.tolist()):
        i, j = _pairs(count, directed)
        gone = missing[np.searchsorted(missing, full[at]) : np.searchsorted(missing, full[at + 1])] - full[at]
        if len(gone):
            i, j = np.delete(i, gone), np.delete(j, gone)
        begin = np.int32(states.offsets[at])
        np.add(i, begin, out=left[starts[at] : starts[at + 1]])
        np.add(j, begin, out=right[starts[at] : starts[at + 1]])
    return Dyads(states, directed, left, right, starts, full, missing)
