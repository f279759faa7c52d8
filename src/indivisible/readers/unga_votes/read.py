"""General Assembly votes: one row a roll call and state."""

from __future__ import annotations

import polars as pl

_VOTES = {1: "yes", 2: "abstain", 3: "no", 8: "absent"}
_NOT_A_MEMBER = 9


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Votes in words; the year is that of the date. A state that was not a member has no vote."""
    roll_call = {"publisher": "rcid", "cleaned": "resid"}[layout]
    return frame.filter(pl.col("vote") != _NOT_A_MEMBER).select(
        pl.col(roll_call).alias("roll_call"),
        *("session", "ccode", "date"),
        pl.col("date").dt.year().cast(pl.Int64).alias("year"),
        pl.col("vote").replace_strict(_VOTES, return_dtype=pl.String),
    )
