"""COW disputes: each state's part in each dispute."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Participants with dates in parts, as many days are not known."""
    return frame.select(
        *("dispnum", "ccode", "styear", "stmon", "stday", "endyear", "endmon", "endday", "sidea", "revstate"),
        *("revtype1", "revtype2", "fatality", "fatalpre", "hiact", "hostlev", "orig"),
    )
