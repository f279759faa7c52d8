"""Gleditsch-Ward state system: state-years with the COW code of each."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Codes of both systems; a row without a COW code stands only where the state has none in that year."""
    own = frame.filter(pl.col("gwcode").is_not_null()).select("gwcode", "year", "ccode").unique()
    coded = pl.col("ccode").is_not_null()
    return own.filter(coded | ~coded.any().over("gwcode", "year"))
