"""Capitals with coordinates: dated spells."""

from __future__ import annotations

import polars as pl

from indivisible.readers.spells import with_spells


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Spells with the end excluded; the capital at the end of the data has no end."""
    spells = with_spells(frame, pl.col("stdate"), pl.col("enddate"))
    return spells.select(
        "ccode",
        "capital",
        pl.col("lat").alias("latitude"),
        pl.col("lng").alias("longitude"),
        "begins",
        "ends",
        "known_to",
    )
