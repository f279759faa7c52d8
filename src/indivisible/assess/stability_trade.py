"""How much of its trade each state has with each other, for asking whether a pledge carries trade.

The worth of a state's pledges is taken as the share of its recorded trade that it has with the states it is linked to
by a pledge, less a cost for each link: the plainest form of Jackson and Nei's f(d) - c d that data can fill.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible import readers
from indivisible.errors import MissingData
from indivisible.measures.link_gains import LinkGains, gains_of_shares, shares
from indivisible.models.base import Parameter, Settings
from indivisible.readers.coverage import windows
from indivisible.readers.home import read_stored
from indivisible.record.record import Record
from indivisible.values import Truth

DATASET = "cow_trade"
COST = Parameter(
    "cost",
    0.01,
    "share of all its recorded trade that a pledge must carry to be worth its cost to a state",
    "a convention; c in Jackson and Nei 2015",
    low=0.0,
    high=0.1,
    most=1.0,
    least_allowed=True,
)
PARAMETERS = {"cost": COST}
ASSUMES = (
    "a state's trade with another is counted as if it came with the pledge between them; no data tell what would be "
    "traded without"
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Trade:
    """Trade of one year: lowest and highest share [x, y] of y in the recorded trade of x, and what a link costs."""

    year: int
    version: str
    cost: float
    low: Floats
    high: Floats

    @property
    def gains(self) -> LinkGains:
        """What each link would add and what each saves."""
        return gains_of_shares(self.low, self.high, self.cost)

    def to_dict(self) -> dict[str, Any]:
        """The year, the version of the data, the cost, and for how many pairs the share is not known."""
        unknown = int(np.count_nonzero(self.low != self.high)) - len(self.low)
        return {
            "dataset": DATASET,
            "version": self.version,
            "year": self.year,
            "cost": self.cost,
            "pairs_unknown": max(unknown, 0),
            "assumes": ASSUMES,
        }


def trade_on(
    record: Record, day: int, states: tuple[str, ...], settings: Settings, *, home: Path | None = None
) -> Trade:
    """Trade of the last year that had ended on the day, as other figures are taken.

    Imports both ways are added up. Raises MissingData where bilateral trade is not imported or does not cover the year.
    """
    import polars as pl

    year = date.fromordinal(day + 1).year - 1
    table = readers.open(DATASET, home=home)
    if readers.covers(DATASET, year, home=home) is not Truth.YES:
        spans = " and ".join(
            str(w.first) if w.first == w.last else f"{w.first} to {w.last}" for w in windows(DATASET, home=home)
        )
        raise MissingData(
            f"the imported bilateral trade covers {spans}, not {year}", do="choose an earlier day with --on"
        )
    rows = table.filter(pl.col("year") == year).select("ccode1", "ccode2", "flow1", "flow2").collect()
    place = _rows_of(record, day, states)
    known, whole = np.full((len(states),) * 2, np.nan), np.zeros((len(states),) * 2, dtype=bool)
    for one, other, first, second in rows.iter_rows():
        if one in place and other in place:
            i, j = place[one], place[other]
            recorded = [flow for flow in (first, second) if flow is not None]
            known[i, j] = known[j, i] = sum(recorded) if recorded else np.nan
            whole[i, j] = whole[j, i] = len(recorded) == 2
    low, high = shares(known, whole)
    stored = read_stored(DATASET, home)
    return Trade(year, "" if stored is None else stored.version, settings.number("cost"), low, high)


def _rows_of(record: Record, day: int, states: tuple[str, ...]) -> dict[int, int]:
    row = {state: i for i, state in enumerate(states)}
    held = (claim for claim in record.claims(field="cow_code") if claim.span.holds(day) is Truth.YES)
    return {int(claim.value): row[claim.subject] for claim in held if claim.subject in row}
