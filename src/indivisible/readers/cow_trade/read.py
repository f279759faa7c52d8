"""COW trade: each pair and year once, with the imports of both."""

from __future__ import annotations

import polars as pl

from indivisible.readers.pairs import undirected


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Flows in millions of current US dollars, the lower code first."""
    mirrored = {"flow1": "flow2", "flow2": "flow1", "smoothflow1": "smoothflow2", "smoothflow2": "smoothflow1"}
    return undirected(frame, mirrored)
