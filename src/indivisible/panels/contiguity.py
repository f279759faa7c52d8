"""Who touches whom: COW direct contiguity of pairs, and how many neighbours a state has by land and by water."""

from __future__ import annotations

import numpy as np
import polars as pl

from indivisible.panels.columns import ABSENT_IS_ZERO, Ask, Column, flags

DATASET = "cow_contiguity_years"
_RULE = "1 land, 2 to 5 water of up to 12, 24, 150, 400 miles, 0 none; of several kinds in a year the closest"


def pairs(ask: Ask) -> list[Column]:
    """The kind of contiguity, 0 for none."""
    table = ask.table(DATASET).sort("conttype", descending=True)  # the closer kind is written last
    rows, lines = ask.pair_rows(table)
    kind = table["conttype"].to_numpy()[lines].astype(np.int8)
    return [Column("conttype", flags(ask, rows, kind, ask.covered(DATASET)), DATASET, _RULE, ABSENT_IS_ZERO)]


def states(ask: Ask) -> list[Column]:
    """Numbers of neighbours."""
    table = ask.table(DATASET).group_by("ccode1", "ccode2", "year").agg(pl.col("conttype").min())
    counts = table.group_by("ccode1", "year").agg(
        (pl.col("conttype") == 1).sum().alias("land"), (pl.col("conttype") > 1).sum().alias("sea")
    )
    rows = ask.states.rows_of(counts["ccode1"].to_numpy(), counts["year"].to_numpy(), "cow")
    lines = np.flatnonzero(rows >= 0)
    covered = ask.covered(DATASET)
    rules = {"land": "neighbours by land or river", "sea": "other neighbours over at most 400 miles of water"}
    return [
        Column(name, flags(ask, rows[lines], counts[name].to_numpy()[lines], covered), DATASET, rule, ABSENT_IS_ZERO)
        for name, rule in rules.items()
    ]
