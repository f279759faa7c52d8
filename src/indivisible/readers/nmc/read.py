"""National Material Capabilities: the publisher's columns as they are."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """The nine variables; both layouts have them under the same names."""
    return frame.select("ccode", "year", "milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
