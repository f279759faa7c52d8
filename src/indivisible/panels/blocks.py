"""Panels made block by block: some years at a time, so that a table larger than memory can be written.

Within a block every pair is two row numbers of the table of state-years until the columns are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from indivisible.panels.columns import Ask, Column, need_codes
from indivisible.panels.contiguity import pairs as contiguity_of
from indivisible.panels.dyads import Dyads, dyads_of
from indivisible.panels.joins import join, ordered
from indivisible.panels.keys import key_columns
from indivisible.panels.majors import states as majors_of
from indivisible.panels.peace import Clock
from indivisible.panels.system import SYSTEMS, StateYears, state_years_of

FIRST_YEAR = 1816  # both systems begin then
UNCODED = "state-years without a COW code, of which the sources say nothing: null"
# name of the rule -> which kinds of contiguity count
RELEVANT = {"contiguous-or-major": (1, 2, 3, 4, 5), "land-or-major": (1,)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a panel is made of; nothing is read until it is asked for."""

    pairs: bool
    first: int
    last: int
    directed: bool
    system: str
    relevant: str | None
    carry: bool
    crosswalk: str | None
    gaps: str
    powers: int = 3
    joined: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    home: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some years of a panel, with the account of each column and the notes that were counted."""

    frame: pl.DataFrame
    columns: tuple[tuple[str, Column], ...]  # name in the frame, column
    notes: Counter[str]


@dataclass(slots=True)
class Maker:
    """Makes the blocks of a plan in the order of years."""

    plan: Plan
    states: StateYears
    clocks: dict[str, Clock] = field(default_factory=dict)

    def blocks(self, rows: int | None) -> Iterator[Block]:
        """Blocks of about `rows` rows, at least a year each; one block of everything if it is None."""
        for first, last in self._spans(rows):
            yield self._block(first, last)

    def _spans(self, rows: int | None) -> Iterator[tuple[int, int]]:
        first, last = max(self.plan.first, self.states.first), self.states.last
        if rows is None or last < first:
            yield first, last
            return
        counts = np.diff(self.states.offsets)[first - self.states.first :]
        sizes = counts * (counts - 1) // (1 if self.plan.directed else 2) if self.plan.pairs else counts
        begin, total = first, 0
        for year, size in zip(range(first, last + 1), sizes.tolist(), strict=True):
            if total and total + size > rows:
                yield begin, year - 1
                begin, total = year, 0
            total += size
        yield begin, last

    def _block(self, first: int, last: int) -> Block:
        plan, states = self.plan, self.states.between(first, last)
        ask = self._ask(states, None)
        if plan.pairs:
            everyone = dyads_of(states, directed=plan.directed)
            ask = self._ask(states, everyone)
            if plan.relevant is not None:
                keep = _relevant(ask, plan.relevant)
                ask = replace(ask, dyads=everyone.kept(keep), keep=keep)
        made: list[Column] = []
        if plan.keys:
            from indivisible.record.load import load

            made += key_columns(load(), states, plan.keys)
        for name in plan.joined:
            source = join(name).of_pairs if plan.pairs else join(name).of_states
            if source is None:
                raise AssertionError(name)
            made += source(ask)
        if plan.joined and states.coded is not None:
            ask.notes[UNCODED] += int((~states.coded).sum())
        return _assembled(ask, made)

    def _ask(self, states: StateYears, dyads: Dyads | None) -> Ask:
        plan, earlier = self.plan, self.states.between(self.states.first, states.first - 1)
        ask = Ask(states, dyads, dyads, None, earlier, plan.home, plan.gaps, self.clocks)
        return replace(ask, joined=plan.joined, powers=plan.powers)


def maker_of(plan: Plan) -> Maker:
    """Read the state system for a plan. Raises QuestionError where a source needs a crosswalk."""
    ordered(plan.joined, pairs=plan.pairs)
    first = FIRST_YEAR if "peace-years" in plan.joined else plan.first
    states = state_years_of(plan.system, first, plan.last, carry=plan.carry, crosswalk=plan.crosswalk, home=plan.home)
    for name in plan.joined:
        need_codes(states, join(name))
    if plan.relevant is not None:
        need_codes(states, join("contiguity"))
    return Maker(plan, states)


def _relevant(ask: Ask, rule: str) -> NDArray[np.bool_]:
    """Pairs that are contiguous in the kinds of the rule, or of which one is a major power; unknown is left out."""
    if ask.dyads is None:
        raise AssertionError("relevance is of pairs")
    kind, major = contiguity_of(ask)[0].values, majors_of(ask)[0].values
    near = kind.is_in(RELEVANT[rule]).fill_null(False).to_numpy()
    power = (major == 1).fill_null(False).to_numpy()
    unknown = kind.is_null().to_numpy()
    keep: NDArray[np.bool_] = (near | power[ask.dyads.left] | power[ask.dyads.right]) & ~unknown
    ask.notes["rows whose relevance is not known, left out"] += int(unknown.sum())
    return keep


def _assembled(ask: Ask, made: list[Column]) -> Block:
    """The frame: codes and year, then every column in its place, a state's column once for each side."""
    code = SYSTEMS[ask.states.system]
    columns: list[tuple[str, Column]] = []
    if ask.dyads is None:
        series = {code: pl.Series(ask.states.code), "year": pl.Series(ask.states.year)}
        for column in made:
            series[column.name] = column.values
            columns.append((column.name, column))
        return Block(pl.DataFrame(series), tuple(columns), ask.notes)
    left, right = (pl.Series(rows.view(np.uint32)) for rows in (ask.dyads.left, ask.dyads.right))
    own = pl.DataFrame({code: ask.states.code, "year": ask.states.year})
    of_state = pl.DataFrame({column.name: column.values for column in made if column.of == "state"})
    of_side = {"1": of_state[left], "2": of_state[right]} if of_state.width else {}
    first = own[left]
    series = {f"{code}1": first[code], f"{code}2": own.select(code)[right][code], "year": first["year"]}
    for column in made:
        if column.of == "row":
            series[column.name] = column.values
            columns.append((column.name, column))
            continue
        for suffix, sided in of_side.items():
            series[f"{column.name}{suffix}"] = sided[column.name]
            columns.append((f"{column.name}{suffix}", column))
    return Block(pl.DataFrame(series), tuple(columns), ask.notes)
