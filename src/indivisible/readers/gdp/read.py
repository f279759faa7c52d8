"""Estimated production and people of the COW states, with the spread of the simulations they come from."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """The estimates as given; what is missing stays null."""
    return frame.select("ccode", "year", "mrgdppc", "sd_mrgdppc", "pwtrgdp", "sd_pwtrgdp", "pwtpop", "sd_pwtpop")
