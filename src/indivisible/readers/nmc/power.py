"""How much of the world's material power each state holds, as published: the CINC column, one year at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indivisible import readers
from indivisible.readers.coverage import covers
from indivisible.readers.home import read_stored
from indivisible.values import Truth


@dataclass(frozen=True, slots=True)
class CincYear:
    """CINC of every state in one year; `covered` tells an empty table of an uncovered year from a real one.

    `values` holds None for a state whose index was not computed; a state that is absent is unknown, not zero.
    """

    year: int
    covered: Truth
    version: str
    values: Mapping[int, float | None]


def cinc_of_year(year: int, *, home: Path | None = None) -> CincYear:
    """CINC by COW code. Past the end of the data nothing is carried forward: `values` is empty and `covered` no.

    Raises MissingData if the dataset is not imported.
    """
    import polars as pl

    table = readers.open("nmc", home=home)
    stored = read_stored("nmc", home)
    version = "" if stored is None else stored.version
    covered = covers("nmc", year, home=home)
    if covered is not Truth.YES:
        return CincYear(year, covered, version, {})
    rows = table.filter(pl.col("year") == year).select("ccode", "cinc").collect()
    return CincYear(year, covered, version, dict(rows.sort("ccode").iter_rows()))


def power_cinc(day: int, *, home: Path | None = None) -> CincYear:
    """CINC by COW code in the year of a day (an ordinal)."""
    return cinc_of_year(date.fromordinal(day).year, home=home)
