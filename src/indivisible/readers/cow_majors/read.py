"""COW major powers: spells with exact first and last days."""

from __future__ import annotations

import polars as pl

from indivisible.readers.spells import closed, day


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Spells with the end excluded; a spell that lasts to the end of the data has none."""
    begins = day("styear", "stmonth", "stday").alias("begins")
    ends, known_to = closed(day("endyear", "endmonth", "endday"))
    return frame.select("ccode", "stateabb", begins, ends, known_to)
