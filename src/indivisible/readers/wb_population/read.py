"""World Bank population."""

from __future__ import annotations

import polars as pl

from indivisible.readers.series import country_years


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """One row a country and year with a figure."""
    return country_years(frame, layout, "population")
