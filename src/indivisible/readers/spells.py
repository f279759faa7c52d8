"""Spells in a publisher's years, months and days, turned into first day and first day no longer so."""

from __future__ import annotations

import polars as pl

from indivisible.errors import FileError

_SHOWN = 20


def day(year: str, month: str, day_of_month: str) -> pl.Expr:
    """The date that three columns state; null where the calendar has no such day."""
    return pl.format("{}-{}-{}", year, month, day_of_month).str.to_date("%Y-%m-%d", strict=False)


def with_spells(frame: pl.DataFrame, first: pl.Expr, last: pl.Expr) -> pl.DataFrame:
    """The frame with `begins`, `ends` (the first day no longer so) and `known_to` from first and last days.

    A spell whose last day is the last day in the whole file has no known end: the data stop there, not the spell.
    Raises FileError for a day that does not exist and for a spell that ends before it begins.
    """
    spells = frame.with_columns(first.alias("begins"), last.alias("ends"))
    wrong = spells.select(
        (pl.col("begins").is_null() | pl.col("ends").is_null() | (pl.col("ends") < pl.col("begins"))).alias("wrong")
    )["wrong"].arg_true()
    if len(wrong):
        shown = ", ".join(str(at + 1) for at in wrong.head(_SHOWN).to_list())
        what = f"{len(wrong)} spells have no day of the calendar or end before they begin: rows of data {shown}"
        raise FileError(what, do="nothing was imported; correct the file")
    past = pl.col("ends").dt.offset_by("1d")
    ends = pl.when(pl.col("ends") == pl.col("ends").max()).then(None).otherwise(past)
    return spells.with_columns(ends.alias("ends"), past.max().alias("known_to"))
