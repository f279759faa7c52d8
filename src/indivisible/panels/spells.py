"""The column of years of peace: counted from the first year of the system, whatever years the panel begins with."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.panels.columns import Ask, Column, inside
from indivisible.panels.disputes import COW, GML, Disputes, lines_of
from indivisible.panels.dyads import Dyads, dyads_of
from indivisible.panels.peace import Clock, Years
from indivisible.panels.system import CODES, Ints, StateYears

LISTS = {"gml-mids": GML, "mids": COW}
_NONE = (np.empty(0, dtype=np.int16), np.empty(0, dtype=np.int16))
_POWERS = {2: "squared", 3: "cubed"}
_ABSENT = "null: past the years of the disputes"


def peace(ask: Ask) -> list[Column]:
    """Years of peace of each pair or state with their powers, for each list of disputes that is joined."""
    return [column for of in _lists(ask) for column in _columns(ask, of)]


def _lists(ask: Ask) -> list[Disputes]:
    found = [of for name, of in LISTS.items() if name in ask.joined]
    if not found:
        what = "peace-years counts from disputes, and the panel has none"
        raise QuestionError(what, do=f"join one of {', '.join(LISTS)} as well")
    return found


def _columns(ask: Ask, of: Disputes) -> list[Column]:
    if of.prefix not in ask.clocks:
        ask.clocks[of.prefix] = _started(ask, of)
    clock = ask.clocks[of.prefix]
    if ask.everyone is None:
        counts, numbers = _walk_states(ask, of, clock, ask.states)
    else:
        counts, numbers = _walk_pairs(ask, of, clock, ask.everyone)
        if ask.keep is not None:
            counts, numbers = counts[ask.keep], numbers[ask.keep]
    covered = ask.covered(of.dataset)
    years, number = inside(counts, ask, covered), inside(numbers, ask, covered)
    name = f"{of.prefix}spell"
    rule = f"years without a dispute since the last, or since the first year of the unit; gaps: {ask.gaps}"
    wide = years.cast(pl.Int32)
    return [
        Column(name, years, of.dataset, rule, _ABSENT),
        *(
            Column(f"{name}_{word}", wide.pow(power), of.dataset, f"{name} to the power of {power}", _ABSENT)
            for power, word in _POWERS.items()
            if power <= ask.powers
        ),
        Column(f"{name}_number", number, of.dataset, f"which spell of peace of the unit; gaps: {ask.gaps}", _ABSENT),
    ]


def _started(ask: Ask, of: Disputes) -> Clock:
    """A clock that has gone through the years before the block."""
    if ask.everyone is None:
        clock = Clock(CODES, ask.gaps)
        _walk_states(ask, of, clock, ask.earlier)
    else:
        clock = Clock(CODES * CODES, ask.gaps)
        _walk_pairs(ask, of, clock, dyads_of(ask.earlier, directed=ask.everyone.directed))
    return clock


def _walk_pairs(ask: Ask, of: Disputes, clock: Clock, dyads: Dyads) -> tuple[Years, Years]:
    known = dyads.states
    if not len(dyads):
        return _NONE
    one, two, year = lines_of(ask, of, known.first, known.last)
    rows = np.concatenate([dyads.rows_of(one, two, year, "cow"), dyads.rows_of(two, one, year, "cow")])
    units = known.code[dyads.left] * CODES + known.code[dyads.right]
    coded = known.coded
    pairs = None if coded is None else coded[dyads.left] & coded[dyads.right]
    return _walk(clock, units, _events(len(dyads), rows), dyads.starts, known.first, pairs)


def _walk_states(ask: Ask, of: Disputes, clock: Clock, states: StateYears) -> tuple[Years, Years]:
    if not len(states.year):
        return _NONE
    one, two, year = lines_of(ask, of, states.first, states.last)
    rows = np.concatenate([states.rows_of(code, year, "cow") for code in (one, two)])
    events = _events(len(states.year), rows)
    return _walk(clock, states.code, events, states.offsets, states.first, states.coded)


def _events(count: int, rows: Ints) -> NDArray[np.bool_]:
    made = np.zeros(count, dtype=bool)
    made[rows[rows >= 0]] = True
    return made


def _walk(
    clock: Clock,
    units: Ints,
    events: NDArray[np.bool_],
    bounds: Ints,
    first: int,
    known: NDArray[np.bool_] | None,
) -> tuple[Years, Years]:
    """Counts of every row; `known`: the rows that the disputes speak of, None if all. The others are left at 0."""
    counts, numbers = np.zeros(len(units), dtype=np.int16), np.zeros(len(units), dtype=np.int16)
    for at in range(len(bounds) - 1):
        rows: slice | Ints = slice(int(bounds[at]), int(bounds[at + 1]))
        if known is not None:
            rows = np.flatnonzero(known[rows]) + bounds[at]
        counts[rows], numbers[rows] = clock.tick(first + at, units[rows], events[rows])
    return counts, numbers
