"""General Assembly roll calls: one row a roll call, with what it was about."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Roll calls with their place in the session; the title is the short one, else the description."""
    return frame.select(
        *("rcid", "session"),
        pl.col("rcid").rank("ordinal").over("session").cast(pl.Int64).alias("number"),
        "date",
        pl.col("date").dt.year().cast(pl.Int64).alias("year"),
        pl.col("unres").alias("resolution"),
        pl.coalesce("short", "descr").str.strip_chars().alias("title"),
        pl.col("amend").alias("amendment"),
        pl.col("para").alias("paragraph"),
        pl.col("importantvote").alias("important"),
    )
