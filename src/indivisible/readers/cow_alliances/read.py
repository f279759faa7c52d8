"""COW alliances: member-years with the kinds of pledge."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Alliance, state, year and the four kinds."""
    names = {"version4id": "alliance", "left_censor": "left_censored", "right_censor": "right_censored"}
    return frame.rename(names).select(
        *("alliance", "ccode", "year", "defense", "neutrality", "nonaggression", "entente"),
        *("left_censored", "right_censored"),
    )
