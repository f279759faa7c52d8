"""COW contiguity, master file: spells dated by month."""

from __future__ import annotations

import polars as pl

from indivisible.readers.spells import with_spells


def _first_of_month(column: str) -> pl.Expr:
    text = pl.format("{}-{}-01", pl.col(column) // 100, pl.col(column) % 100)
    return text.str.to_date("%Y-%m-%d", strict=False)


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Spells from the first day of a month to the last day of another, each pair with the lower code first."""
    spells = with_spells(frame, _first_of_month("begin"), _first_of_month("end").dt.month_end())
    return spells.select(
        pl.min_horizontal("statelno", "statehno").alias("ccode1"),
        pl.max_horizontal("statelno", "statehno").alias("ccode2"),
        "conttype",
        "begins",
        "ends",
        "known_to",
    )
