"""ATOP directed dyad-years: who had pledged what to whom."""

from __future__ import annotations

import polars as pl

OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """The five obligations of state 1 towards state 2."""
    if layout == "ddyr":
        return frame.select(pl.col("stateA").alias("ccode1"), pl.col("stateB").alias("ccode2"), "year", *OBLIGATIONS)
    if layout == "five-obligations":
        return frame.select("ccode1", "ccode2", "year", *(pl.col(f"atop_{name}").alias(name) for name in OBLIGATIONS))
    raise AssertionError(layout)
