"""Military expenditure: one row a state and year."""

from __future__ import annotations

import polars as pl

_FIGURES = ("constant_usd_m", "current_usd_m", "per_capita_usd", "share_of_gdp", "share_of_government")
_LONG = {
    "Country": "country",
    "constant_2022_usd_m": "constant_usd_m",
    "share_of_govt_spending": "share_of_government",
}


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """The five figures; from one sheet of the workbook, one figure and four that are not known."""
    if layout == "long":
        return frame.rename(_LONG).select("country", "year", *_FIGURES)
    if layout == "sheet-current":
        long = frame.unpivot(index="Country", variable_name="year", value_name="current_usd_m")
        unknown = pl.lit(None, dtype=pl.Float64)
        return (
            long.drop_nulls("current_usd_m")
            .with_columns(pl.col("year").str.slice(0, 4).cast(pl.Int64))
            .with_columns(unknown.alias(name) for name in _FIGURES if name != "current_usd_m")
            .rename({"Country": "country"})
            .select("country", "year", *_FIGURES)
        )
    raise AssertionError(layout)
