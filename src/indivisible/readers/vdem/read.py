"""Varieties of Democracy: five indices of democracy with their bounds, by country and year."""

from __future__ import annotations

import polars as pl

INDICES = ("v2x_polyarchy", "v2x_libdem", "v2x_partipdem", "v2x_delibdem", "v2x_egaldem")
_CODE = {"publisher": "COWcode", "simple": "vdem_cowcode"}


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """The indices as given; what is missing stays null, and so does the code of a country that has none."""
    return frame.select(
        "country_id",
        pl.col(_CODE[layout]).alias("ccode"),
        "year",
        *(f"{index}{bound}" for index in INDICES for bound in ("", "_codelow", "_codehigh")),
    )
