"""COW state system: spells of membership with exact first and last days."""

from __future__ import annotations

import polars as pl

from indivisible.readers.spells import day, with_spells


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Spells with the end excluded; a spell that lasts to the end of the data has none."""
    spells = with_spells(frame, day("styear", "stmonth", "stday"), day("endyear", "endmonth", "endday"))
    return spells.select("ccode", "stateabb", "statenme", "begins", "ends", "known_to")
