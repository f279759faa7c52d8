"""COW intergovernmental organisations: the wide state-year file, one row a state, organisation and year."""

from __future__ import annotations

import polars as pl

_NOT_IN_EXISTENCE = -1


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Memberships with 0 for none and null for missing; what did not exist yet or any more has no row."""
    return (
        frame.lazy()
        .with_columns(pl.exclude("ccode", "year").cast(pl.Int8))
        .unpivot(index=["ccode", "year"], variable_name="igo", value_name="membership")
        .filter(pl.col("membership").ne_missing(_NOT_IN_EXISTENCE))
        .select("ccode", "igo", "year", pl.col("membership").cast(pl.Int64))
        .collect(engine="streaming")
    )
