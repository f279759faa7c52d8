"""Issues of General Assembly roll calls: one row a roll call and issue."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """The issues by the publisher's codes."""
    return frame.select("rcid", pl.col("short_name").alias("issue"))
