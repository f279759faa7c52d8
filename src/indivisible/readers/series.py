"""World Bank series: a table with one column a year, or one row a country and year, becomes the latter."""

from __future__ import annotations

import polars as pl


def country_years(frame: pl.DataFrame, layout: str, figure: str) -> pl.DataFrame:
    """Code, name, year and the figure; a year without a figure has no row."""
    if layout == "wide":
        index = ["Country Name", "Country Code"]
        frame = frame.drop("Indicator Code").unpivot(index=index, variable_name="Year", value_name="Value")
        frame = frame.with_columns(pl.col("Year").cast(pl.Int64))
    elif layout != "long":
        raise AssertionError(layout)
    return frame.drop_nulls("Value").select(
        pl.col("Country Code").alias("iso3c"),
        pl.col("Country Name").alias("country"),
        pl.col("Year").alias("year"),
        pl.col("Value").alias(figure),
    )
