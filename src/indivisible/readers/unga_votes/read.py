"""General Assembly votes: one row a roll call and state."""

from __future__ import annotations

import polars as pl

_VOTES = {1: "yes", 2: "abstain", 3: "no", 8: "absent"}
_NOT_A_MEMBER = 9
_ISSUES = ("co", "di", "ec", "hr", "me", "nu")


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Votes in words; the year is that of the date. A state that was not a member has no vote."""
    roll_call = {"publisher": "rcid", "cleaned": "resid"}[layout]
    return frame.filter(pl.col("vote") != _NOT_A_MEMBER).select(
        pl.col(roll_call).alias("roll_call"),
        *("session", "ccode", "date"),
        pl.col("date").dt.year().cast(pl.Int64).alias("year"),
        pl.col("vote").replace_strict(_VOTES, return_dtype=pl.String),
        _told(frame, "amend").alias("amendment"),
        _told(frame, "para").alias("paragraph"),
        _issues(frame).alias("issues"),
    )


def _told(frame: pl.DataFrame, column: str) -> pl.Expr:
    return pl.col(column) if column in frame.columns else pl.lit(None, dtype=pl.Boolean)


def _issues(frame: pl.DataFrame) -> pl.Expr:
    """The codes of the issues that are marked; null where nothing is said of any."""
    present = [code for code in _ISSUES if code in frame.columns]
    if not present:
        return pl.lit(None, dtype=pl.String)
    marked = [pl.when(pl.col(code)).then(pl.lit(code)) for code in present]
    said = pl.any_horizontal(pl.col(code).is_not_null() for code in present)
    return pl.when(said).then(pl.concat_str(marked, separator=" ", ignore_nulls=True))
