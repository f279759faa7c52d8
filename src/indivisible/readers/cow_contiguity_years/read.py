"""COW contiguity, directed dyad-years as published."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Both codes, the year and the kind of contiguity."""
    return frame.select(pl.col("state1no").alias("ccode1"), pl.col("state2no").alias("ccode2"), "year", "conttype")
