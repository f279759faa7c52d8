"""Democracy of the COW states: three measures side by side."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """The measures as given; what is missing stays null."""
    return frame.select("ccode", "year", "euds", "aeuds", "polity2", "v2x_polyarchy")
