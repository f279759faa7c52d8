"""Published datasets that a user brings along: strict readers, one folder a dataset, each with its coverage window.

The record that ships needs none of them. `indivisible data import DIR` reads what it recognises into the data
home; models and panels then read it through `open` and ask `covers` before they take silence for "no".
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from indivisible.values import Truth

DATASETS = (
    "atop_directed",
    "atop_members",
    "cow_alliances",
    "cow_capitals",
    "cow_contiguity",
    "cow_contiguity_years",
    "cow_igo_members",
    "cow_igo_years",
    "cow_majors",
    "cow_mindist",
    "cow_states",
    "cow_system",
    "cow_trade",
    "democracy",
    "gdp",
    "gml_disputes",
    "gw_system",
    "mid_disputes",
    "mid_participants",
    "nmc",
    "rivalries_td",
    "rivalries_tss",
    "sipri_milex",
    "ucdp_acd",
    "unga_issues",
    "unga_roll_calls",
    "unga_votes",
    "unsc_vetoes",
    "vdem",
    "wb_gdp",
    "wb_population",
)


def open(dataset: str, *, home: Path | None = None) -> pl.LazyFrame:
    """The imported table of a dataset, read lazily. Raises MissingData if it is not imported."""
    from indivisible.readers import library

    return library.open_table(dataset, home=home)


def covers(dataset: str, year: int, *, home: Path | None = None) -> Truth:
    """Whether the dataset speaks about that year: yes, no (past its window), or unknown."""
    from indivisible.readers import coverage

    return coverage.covers(dataset, year, home=home)


def within(dataset: str, year: int, answer: Truth, *, home: Path | None = None) -> Truth:
    """The answer found in a dataset, or unknown where the dataset does not cover the year."""
    from indivisible.readers import coverage

    return coverage.within(dataset, year, answer, home=home)
