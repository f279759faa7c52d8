"""Worlds of a span with the disputes of the year after each: every state-year and every directed pair of states.

What is known stands at the end of a year; what happens is what began in the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.arrays import Arrays, Bools, Floats, Integers
from indivisible.errors import QuestionError
from indivisible.panels.needed import need
from indivisible.panels.onset_pairs import FIRST, LISTS, Disputes, Known, PairYears
from indivisible.panels.year_worlds import Choices, Maker, PastCoverage, YearWorld, datasets_of
from indivisible.panels.year_worlds_sources import Rows
from indivisible.record.record import Record

COLUMNS = ("ratio", "total", "distance", "border", "major", "rival", "peace", "peace_2", "peace_3")
BASELINE_DATASETS = ("cow_contiguity_years", "cow_majors", "cow_mindist", "rivalries_td")
_NO_SHARE = frozenset({"capability", "borders"})


@dataclass(frozen=True, slots=True, eq=False)
class StateYears:
    """Rows of states: `year` in which it may have become a target, COW code, whether it did, share of capabilities."""

    year: NDArray[np.int64]
    code: Integers
    target: Bools
    share: Floats


@dataclass(frozen=True, slots=True, eq=False)
class PairRows:
    """Rows of directed pairs: rows of both in StateYears, whether the first began a dispute with the second.

    `counted` is False where an older dispute only went on. `columns` [rows, 9] by COLUMNS; an unknown distance is NaN.
    """

    beginner: NDArray[np.int32]
    target: NDArray[np.int32]
    began: Bools
    relevant: Bools
    counted: Bools
    columns: Floats


@dataclass(frozen=True, slots=True, eq=False)
class OnsetWorlds:
    """All rows of a span, and the worlds themselves with the first row of each in StateYears."""

    states: StateYears
    pairs: PairRows
    worlds: tuple[tuple[YearWorld, int], ...]
    left_out: Mapping[int, str]

    def pair_year(self) -> NDArray[np.int64]:
        """The year of every pair."""
        return self.states.year[self.pairs.target]


def onset_worlds(
    first: int,
    *,
    disputes: str,
    choices: Choices,
    record: Record | None = None,
    home: Path | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> OnsetWorlds:
    """The worlds from `first` to the year before the last one that the list of disputes covers.

    Raises MissingData for a dataset that is not imported, QuestionError for a span without a year.
    """
    if first < FIRST:
        raise QuestionError(f"there are no worlds of states before {FIRST}", do=f"begin with {FIRST} or later")
    if disputes in LISTS:
        need((*datasets_of(choices), *BASELINE_DATASETS, LISTS[disputes]), home=home)
    found = Disputes(disputes, last=9999, home=home)
    last = max(span.last or FIRST for span in found.yearly.windows) - 1
    if last < first:
        raise QuestionError(f"the disputes end in {last + 1}", do=f"begin with {last} or earlier")
    maker = Maker(first, last, choices=choices, record=record, home=home)
    known = PairYears(found, first=first, last=last, home=home)
    for year in range(FIRST, first):
        known.walk(year, Rows.of(maker.members(year).tolist()))
    made = _Made(found)
    for world in maker.worlds():
        if progress is not None:
            progress(f"what was known of every pair, {world.year}", world.year - first + 1, last - first + 1)
        made.add(world, known)
    return made.joined()


class _Made:
    """Collects the rows, year after year."""

    def __init__(self, disputes: Disputes) -> None:
        self.disputes = disputes
        self.states: list[tuple[NDArray[np.int64], Integers, Bools, Floats]] = []
        self.pairs: list[tuple[NDArray[np.int32], NDArray[np.int32], Bools, Bools, Bools, Floats]] = []
        self.worlds: list[tuple[YearWorld, int]] = []
        self.left_out: dict[int, str] = {}
        self.count = 0

    def add(self, world: YearWorld, known: PairYears) -> None:
        """One year: its states, its pairs, and what began in the year after."""
        rows = Rows.of(world.codes.tolist())
        arrays = world.arrays_for(_NO_SHARE)
        past = known.past(world.year)
        if past or isinstance(arrays, PastCoverage):
            known.walk(world.year, rows)
            self.left_out[world.year] = arrays.sentence() if isinstance(arrays, PastCoverage) else f"{past}."
            return
        self._add(world, arrays, rows, known.of(world.year, rows, arrays.capability.best))

    def _add(self, world: YearWorld, arrays: Arrays, rows: Rows, known: Known) -> None:
        year, n = world.year + 1, len(rows)
        began = self.disputes.begun(year, rows)
        going_on = self.disputes.only_ongoing(year, rows)
        self.states.append((np.full(n, year), rows.codes, np.asarray(began.any(axis=0)), arrays.capability.best))
        one, two = np.nonzero(~np.eye(n, dtype=bool))
        peace = known.peace
        planes = (known.ratio, known.total, known.distance, known.border, known.major, known.rival, peace, peace**2,
                  peace**3)  # fmt: skip
        columns = np.stack([np.asarray(plane, dtype=np.float64)[one, two] for plane in planes], axis=1)
        place = [(rows_of + self.count).astype(np.int32) for rows_of in (one, two)]
        self.pairs.append((place[0], place[1], began[one, two], known.relevant[one, two], ~going_on[one, two], columns))
        self.worlds.append((world, self.count))
        self.count += n

    def joined(self) -> OnsetWorlds:
        """All years together. Raises QuestionError where no year is covered."""
        if not self.states:
            raise QuestionError("; ".join(self.left_out.values()), do="choose other years")
        states = StateYears(*(np.concatenate([part[k] for part in self.states]) for k in range(4)))
        pairs = PairRows(*(np.concatenate([part[k] for part in self.pairs]) for k in range(6)))
        return OnsetWorlds(states, pairs, tuple(self.worlds), self.left_out)
