"""COW state system: state-years as published."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Code, abbreviation and year."""
    return frame.select("ccode", "stateabb", "year")
