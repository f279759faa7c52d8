"""Gibler-Miller-Little disputes: directed dyadic dispute-years."""

from __future__ import annotations

import polars as pl


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Who was in which dispute with whom, in which year, and how far each went."""
    return frame.rename({"midonset": "onset", "recip": "reciprocated"}).select(
        *("dispnum", "ccode1", "ccode2", "year", "onset", "sidea1", "sidea2", "revstate1", "revstate2"),
        *("fatality1", "fatality2", "hiact1", "hiact2", "hostlev1", "hostlev2", "orig1", "orig2", "reciprocated"),
        *("fatality", "hostlev", "mindur", "maxdur", "stmon"),
    )
