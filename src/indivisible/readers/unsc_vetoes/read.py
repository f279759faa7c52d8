"""Vetoes in the Security Council: one row a vetoed draft and permanent member that voted against it."""

from __future__ import annotations

from importlib import resources

import polars as pl

_NAMED = ("member_veto1", "member_veto2", "member_veto3")


def read(frame: pl.DataFrame, layout: str) -> pl.DataFrame:
    """Rows numbered as in the file, one for each member named; the code is that of who held the seat on the day."""
    named = frame.with_row_index("veto", offset=1).with_columns(pl.concat_list(_NAMED).list.unique().alias("member"))
    each = named.explode("member").filter(pl.col("member").is_not_null())
    return each.select(
        pl.col("veto").cast(pl.Int64),
        "date",
        pl.col("date").dt.year().cast(pl.Int64).alias("year"),
        "draft",
        pl.col("meeting_record").alias("meeting"),
        "agenda_item",
        pl.col("crisis_topic").alias("topic"),
        *("region", "member"),
        _code().cast(pl.Int64).alias("ccode"),
    )


def _code() -> pl.Expr:
    import yaml

    text = resources.files("indivisible.readers").joinpath("unsc_vetoes", "members.yml").read_text(encoding="utf-8")
    codes = pl.lit(None, dtype=pl.Int64)
    for member, holders in yaml.safe_load(text).items():
        for holder in reversed(holders):
            here = pl.col("member") == member
            if "until" in holder:
                here &= pl.col("date") < holder["until"]
            codes = pl.when(here).then(pl.lit(holder["ccode"])).otherwise(codes)
    return codes
