"""ATOP members: entry, exit and obligations of each member of each alliance."""

from __future__ import annotations

import polars as pl


def _zero_is_null(name: str) -> pl.Expr:
    return pl.when(pl.col(name) == 0).then(None).otherwise(pl.col(name)).alias(name)


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Members with dates in parts, as some have no day; a zero in an exit or a date is "not given"."""
    return frame.select(
        "atopid",
        pl.col("member").alias("ccode"),
        "phase",
        "yrent",
        *(_zero_is_null(name) for name in ("moent", "dayent", "yrexit", "moexit", "dayexit")),
        pl.col("bilat").alias("bilateral"),
        "wartime",
        *("defense", "offense", "neutral", "nonagg", "consul"),
        pl.col("conditio").alias("conditional"),
        pl.col("asymm").alias("asymmetric"),
    )
