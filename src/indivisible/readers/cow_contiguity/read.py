"""COW contiguity, master file: spells dated by month."""

from __future__ import annotations

import polars as pl

from indivisible.readers.spells import closed


def _first_of_month(column: str) -> pl.Expr:
    return pl.date(pl.col(column) // 100, pl.col(column) % 100, 1)


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Spells from the first day of a month to the last day of another, each pair with the lower code first."""
    ends, known_to = closed(_first_of_month("end").dt.month_end())
    return frame.select(
        pl.min_horizontal("statelno", "statehno").alias("ccode1"),
        pl.max_horizontal("statelno", "statehno").alias("ccode2"),
        "conttype",
        _first_of_month("begin").alias("begins"),
        ends,
        known_to,
    )
