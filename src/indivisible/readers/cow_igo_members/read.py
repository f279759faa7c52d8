"""COW intergovernmental organisations: memberships only."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """One row a membership."""
    return frame.select("ccode", pl.col("ioname_lower").alias("igo"), "year", "membership")
