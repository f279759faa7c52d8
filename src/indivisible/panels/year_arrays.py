"""The states of one year as arrays: their capabilities, who is allied with whom, who is in dispute with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from indivisible import panels

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

CAPABILITIES = "nmc"
MAJORS = "majors"
ALLIANCES = "atop"
DISPUTES = "gml-mids"
OF_PAIRS = (ALLIANCES, DISPUTES)
_COLUMNS = {"atop_defense", "atop_neutral", "atop_nonagg", "atop_offense", "atop_consul", "gmlmidongoing"}


@dataclass(frozen=True, slots=True, eq=False)
class YearArrays:
    """One year of the COW system, n states by code. What the sources do not cover is NaN, or None for a whole matrix.

    `cinc`, `major` [n]; `ties` by column name of the source: bool [n, n], [i, j] = i towards j.
    """

    year: int
    codes: Ints
    cinc: Floats
    major: Bools | None
    ties: dict[str, Bools | None]


def years_of(
    first: int, last: int, needs: frozenset[str], *, carry_system: bool = False, home: Path | None = None
) -> Iterator[YearArrays]:
    """The years of first..last in order, with what is needed of CAPABILITIES, MAJORS, ALLIANCES and DISPUTES.

    Raises MissingData for a source that is not imported.
    """
    of_states = sorted(needs & {CAPABILITIES, MAJORS})
    states = panels.state_years(years=(first, last), carry_system=carry_system, home=home).with_(*of_states).frame()
    by_year = _by_year(states, first, last)
    pairs = _pairs(first, last, needs, carry_system, home) if needs & set(OF_PAIRS) else {}
    for year in range(first, last + 1):
        table = by_year[year]
        codes = table["ccode"].to_numpy().astype(np.int64)
        cinc = table["cinc"].cast(pl.Float64).to_numpy() if "cinc" in table.columns else np.full(len(codes), np.nan)
        major = None
        if "cowmaj" in table.columns and table["cowmaj"].null_count() == 0:
            major = table["cowmaj"].to_numpy() == 1
        ties = _matrices(pairs[year], codes) if pairs else {}
        yield YearArrays(year, codes, np.asarray(cinc, dtype=np.float64), major, ties)


def _pairs(first: int, last: int, needs: frozenset[str], carry: bool, home: Path | None) -> dict[int, pl.DataFrame]:
    wanted = sorted(needs & set(OF_PAIRS))
    frame = panels.dyad_years(years=(first, last), directed=True, carry_system=carry, home=home).with_(*wanted).frame()
    kept = [name for name in frame.columns if name in _COLUMNS]
    return _by_year(frame.select("ccode1", "ccode2", "year", *kept), first, last)


def _by_year(frame: pl.DataFrame, first: int, last: int) -> dict[int, pl.DataFrame]:
    """Slices of a frame sorted by year; a year without rows has an empty one."""
    years = frame["year"].to_numpy()
    edges = np.searchsorted(years, np.arange(first, last + 2))
    return {first + k: frame.slice(int(a), int(b - a)) for k, (a, b) in enumerate(pairwise(edges))}


def _matrices(table: pl.DataFrame, codes: Ints) -> dict[str, Bools | None]:
    rows = np.searchsorted(codes, table["ccode1"].to_numpy())
    columns = np.searchsorted(codes, table["ccode2"].to_numpy())
    found: dict[str, Bools | None] = {}
    for name in table.columns:
        if name in _COLUMNS:
            found[name] = None
            if table[name].null_count() == 0:
                matrix = np.zeros((len(codes), len(codes)), dtype=bool)
                matrix[rows, columns] = table[name].to_numpy() == 1
                found[name] = matrix
    return found
