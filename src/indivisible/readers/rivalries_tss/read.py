"""Thompson-Sakuwa-Suhas rivalries: spells in years with their kinds."""

from __future__ import annotations

import polars as pl

_LAST = 2020  # the data end here: a rivalry that goes on to it has no known end
_KINDS = ("positional", "spatial", "ideological", "interventionary", "principal")


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """One row a rivalry; a kind that the publisher leaves blank is "no"."""
    return frame.select(
        pl.col("tssr_id").alias("rivalry"),
        pl.col("rivalry").alias("name"),
        *("ccode1", "ccode2"),
        pl.col("start").alias("first_year"),
        pl.when(pl.col("end") < _LAST).then(pl.col("end")).alias("last_year"),
        *(pl.col(kind).fill_null(False) for kind in _KINDS),
    )
