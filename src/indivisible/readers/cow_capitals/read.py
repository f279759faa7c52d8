"""Capitals with coordinates: dated spells."""

from __future__ import annotations

import polars as pl

from indivisible.readers.spells import closed


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Spells with the end excluded; the capital at the end of the data has no end."""
    ends, known_to = closed(pl.col("enddate"))
    return frame.select(
        "ccode",
        "capital",
        pl.col("lat").alias("latitude"),
        pl.col("lng").alias("longitude"),
        pl.col("stdate").alias("begins"),
        ends,
        known_to,
    )
