"""Thompson-Dreyer rivalries: spells in years with their kinds."""

from __future__ import annotations

import polars as pl

_LAST = 2010  # the data end here: a rivalry that goes on to it has no known end


def _is(kind: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(f"type{at}").eq_missing(pl.lit(kind)) for at in (1, 2, 3)).alias(kind)


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """One row a rivalry; the kinds that the publisher lists in three columns become four flags."""
    return frame.select(
        pl.col("rivalryno").alias("rivalry"),
        pl.col("rivalryname").alias("name"),
        *("ccode1", "ccode2"),
        pl.col("styear").alias("first_year"),
        pl.when(pl.col("endyear") < _LAST).then(pl.col("endyear")).alias("last_year"),
        "region",
        *(_is(kind) for kind in ("positional", "spatial", "ideological", "interventionary")),
    )
