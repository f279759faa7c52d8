"""Pairs of states that a publisher gives in one direction or in both: kept once, the lower code first."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from indivisible.errors import FileError


def undirected(frame: pl.DataFrame, mirrored: Mapping[str, str]) -> pl.DataFrame:
    """The frame with `ccode1` < `ccode2` and each pair and year once.

    `mirrored`: each figure's name seen from the other side (`flow1` is the other's `flow2`). Raises FileError
    if a pair that stands in both directions has different figures in them.
    """
    names = ["ccode1", "ccode2", "year", *mirrored]
    low = frame.filter(pl.col("ccode1") < pl.col("ccode2")).select(names)
    if low.height == frame.height:
        return low
    swapped = frame.filter(pl.col("ccode1") > pl.col("ccode2")).select(
        pl.col("ccode2").alias("ccode1"),
        pl.col("ccode1").alias("ccode2"),
        "year",
        *(pl.col(other).alias(name) for name, other in mirrored.items()),
    )
    if low.height + swapped.height != frame.height:
        raise FileError("a state stands in a pair with itself", do="nothing was imported; correct the file")
    both = pl.concat([low, swapped]).unique()
    key = ["ccode1", "ccode2", "year"]
    differ = both.filter(pl.struct(key).is_duplicated()).sort(key)
    if differ.height:
        first = differ.row(0, named=True)
        what = (
            f"{differ.height // 2} pair(s) differ between their two directions, "
            f"first {first['ccode1']} and {first['ccode2']} in {first['year']}"
        )
        raise FileError(what, do="nothing was imported; download the file again")
    return both
