"""Minimum distances: each pair and year once."""

from __future__ import annotations

import polars as pl

from indivisible.readers.pairs import undirected


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Kilometres, the lower code first."""
    return undirected(frame, {"mindist": "mindist"})
