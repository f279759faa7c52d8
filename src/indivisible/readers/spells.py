"""Spells in a publisher's years, months and days, turned into first day and first day no longer so."""

from __future__ import annotations

import polars as pl


def day(year: str, month: str, day_of_month: str) -> pl.Expr:
    """The date that three columns state."""
    return pl.date(pl.col(year), pl.col(month), pl.col(day_of_month))


def closed(last: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """`ends` and `known_to` from the last day of each spell.

    A spell whose last day is the last day in the whole file has no known end: the data stop there, not the spell.
    """
    past = last.dt.offset_by("1d")
    ends = pl.when(last == last.max()).then(None).otherwise(past)
    return ends.alias("ends"), past.max().alias("known_to")
