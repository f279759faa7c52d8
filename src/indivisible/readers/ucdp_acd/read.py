"""Armed conflicts: one row a conflict, year and state that took part, with its side."""

from __future__ import annotations

import polars as pl

_INCOMPATIBILITY = {1: "territory", 2: "government", 3: "both"}
_TYPE = {1: "extrasystemic", 2: "interstate", 3: "intrastate", 4: "internationalized"}
_PARTIES = (
    ("gwno_a", "a", "primary"),
    ("gwno_a_2nd", "a", "secondary"),
    ("gwno_b", "b", "primary"),
    ("gwno_b_2nd", "b", "secondary"),
)


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Both layouts end in the same rows: the publisher's lists of states are split, the spread ones gathered."""
    if layout == "publisher":
        frame = frame.with_columns(
            pl.col("incompatibility").replace_strict(_INCOMPATIBILITY, return_dtype=pl.String),
            pl.col("type_of_conflict").replace_strict(_TYPE, return_dtype=pl.String),
            *(pl.col(name).str.split(",") for name, _, _ in _PARTIES),
        )
    elif layout == "one-state-a-field":
        frame = frame.with_columns(
            pl.col("type_of_conflict").replace({"II": "internationalized"}),
            *(pl.concat_list(pl.col(name).cast(pl.String)) for name, _, _ in _PARTIES),
        )
    else:
        raise AssertionError(layout)
    return pl.concat([_party(frame, *party) for party in _PARTIES]).unique()


def _party(frame: pl.DataFrame, column: str, side: str, role: str) -> pl.DataFrame:
    return (
        frame.explode(column)
        .with_columns(pl.col(column).str.strip_chars().replace({"": None}).cast(pl.Int64).alias("gwcode"))
        .filter(pl.col("gwcode").is_not_null())
        .select(
            *("conflict_id", "year", "gwcode"),
            pl.lit(side).alias("side"),
            pl.lit(role).alias("role"),
            "incompatibility",
            pl.col("intensity_level").alias("intensity"),
            *("type_of_conflict", "start_date", "start_date2"),
            pl.col("ep_end").alias("episode_ended"),
            pl.col("ep_end_date").alias("episode_end"),
        )
    )
