"""What lies between two states: distance, trade, rivalry and common organisations."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from indivisible.panels.columns import ABSENT_IS_NULL, ABSENT_IS_ZERO, Ask, Column, flags
from indivisible.panels.system import Ints

_MIRROR = {"flow1": "flow2", "flow2": "flow1", "smoothflow1": "smoothflow2", "smoothflow2": "smoothflow1"}
KINDS = ("positional", "spatial", "ideological", "interventionary", "principal")
_LAST_YEAR = "last_year"


def distance(ask: Ask) -> list[Column]:
    """Shortest distance between the territories, kilometres."""
    values = _mirrored(ask, ask.table("cow_mindist"), {"mindist": "mindist"})
    return [
        Column("mindist", values["mindist"], "cow_mindist", "kilometres between the nearest points", ABSENT_IS_NULL)
    ]


def trade(ask: Ask) -> list[Column]:
    """Imports of state 1 from state 2 (flow1) and the reverse, millions of current US dollars."""
    values = _mirrored(ask, ask.table("cow_trade"), _MIRROR)
    rule = "millions of current US dollars; flow1 is what state 1 imports from state 2"
    return [Column(name, values[name], "cow_trade", rule, ABSENT_IS_NULL) for name in _MIRROR]


def _mirrored(ask: Ask, table: pl.DataFrame, mirrored: dict[str, str]) -> dict[str, pl.Series]:
    """Figures of a table that has each pair once: given to the row of its direction, mirrored to the other."""
    turned = table.rename({"ccode1": "ccode2", "ccode2": "ccode1"})
    places = [(ask.pair_rows(table, as_given=True), False), (ask.pair_rows(turned, as_given=True), True)]
    made = {}
    for name, other in mirrored.items():
        values = np.full(ask.rows, np.nan)
        for (rows, lines), is_turned in places:
            values[rows] = table[other if is_turned else name].to_numpy()[lines]
        made[name] = pl.Series(values, nan_to_null=True)
    return made


def rivalries(ask: Ask) -> list[Column]:
    """Strategic rivalries of Thompson, Sakuwa and Suhas, in both directions."""
    return _rivalries(ask, "rivalries_tss", "tss", KINDS)


def rivalries_td(ask: Ask) -> list[Column]:
    """Strategic rivalries of Thompson and Dreyer, in both directions."""
    return _rivalries(ask, "rivalries_td", "td", KINDS[:-1])


def _rivalries(ask: Ask, dataset: str, prefix: str, kinds: tuple[str, ...]) -> list[Column]:
    first, last = ask.states.first, ask.states.last
    spells = ask.table(dataset).with_columns(
        pl.col("first_year").clip(lower_bound=first), pl.col(_LAST_YEAR).fill_null(last).clip(upper_bound=last)
    )
    years = spells.filter(pl.col("first_year") <= pl.col(_LAST_YEAR)).with_columns(
        year=pl.int_ranges("first_year", pl.col(_LAST_YEAR) + 1)
    )
    long = years.explode("year").select("ccode1", "ccode2", "year", *kinds)
    swapped = long.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(long.columns)
    both = pl.concat([long, swapped])
    rows, lines = ask.pair_rows(both)
    covered = ask.covered(dataset)
    made = [Column(f"{prefix}_rivalry", flags(ask, rows, 1, covered), dataset, "rivals in the year", ABSENT_IS_ZERO)]
    for kind in kinds:
        of_kind = rows[both[kind].to_numpy()[lines]]
        rule = f"rivals in the year, kind {kind}"
        made.append(Column(f"{prefix}_{kind}", flags(ask, of_kind, 1, covered), dataset, rule, ABSENT_IS_ZERO))
    return made


def organizations(ask: Ask) -> list[Column]:
    """In how many intergovernmental organisations both are full members."""
    if ask.dyads is None:
        raise AssertionError("of pairs")
    table = ask.table("cow_igo_years", ("ccode", "igo", "year", "membership"))
    rows = ask.states.rows_of(table["ccode"].to_numpy(), table["year"].to_numpy(), "cow")
    listed, members, igo = _members(ask, table, rows)
    counts = np.full(ask.rows, np.nan)
    bounds = ask.dyads.starts
    for at in np.flatnonzero(ask.covered("cow_igo_years")):
        begin, end = int(ask.states.offsets[at]), int(ask.states.offsets[at + 1])
        low, high = int(bounds[at]), int(bounds[at + 1])
        joint = _joint(members, igo, begin, end)
        known = listed[begin:end]
        joint[~known, :] = np.nan
        joint[:, ~known] = np.nan
        counts[low:high] = joint[ask.dyads.left[low:high] - begin, ask.dyads.right[low:high] - begin]
    rule = "organisations in which both are full members; observed every fifth year until 1965"
    values = pl.Series(counts, nan_to_null=True).cast(pl.Int16)
    return [Column("dyadigos", values, "cow_igo_years", rule, ABSENT_IS_NULL)]


def organizations_of_states(ask: Ask) -> list[Column]:
    """In how many intergovernmental organisations a state is a full member, associate, observer."""
    table = ask.table("cow_igo_years", ("ccode", "igo", "year", "membership"))
    kinds = {"full": 1, "associate": 2, "observer": 3}
    counts = table.group_by("ccode", "year").agg(
        *((pl.col("membership") == code).sum().cast(pl.Int64).alias(f"sum_igo_{name}") for name, code in kinds.items())
    )
    rows = ask.states.rows_of(counts["ccode"].to_numpy(), counts["year"].to_numpy(), "cow")
    covered = ask.covered("cow_igo_years")[ask.states.year - ask.states.first]
    index = np.full(len(ask.states.year), counts.height, dtype=np.uint32)
    lines = np.flatnonzero(rows >= 0)
    index[rows[lines]] = lines
    index[~covered] = counts.height
    return [
        Column(
            f"sum_igo_{name}",
            counts[f"sum_igo_{name}"].gather(index, null_on_oob=True),
            "cow_igo_years",
            f"organisations with the state as {name} member; observed every fifth year until 1965",
            ABSENT_IS_NULL,
            "state",
        )
        for name in kinds
    ]


def _members(ask: Ask, table: pl.DataFrame, rows: Ints) -> tuple[NDArray[np.bool_], Ints, Ints]:
    """Which state-years the source lists at all; rows and organisations of full memberships."""
    listed = np.zeros(len(ask.states.year), dtype=bool)
    listed[rows[rows >= 0]] = True
    full = (table["membership"] == 1).fill_null(False).to_numpy() & (rows >= 0)
    igo = table["igo"].cast(pl.Categorical).to_physical().to_numpy()
    order = np.argsort(rows[full], kind="stable")
    return listed, rows[full][order], igo[full][order].astype(np.int64)


def _joint(rows: Ints, igo: Ints, begin: int, end: int) -> NDArray[np.float64]:
    """For each two states of one year the number of organisations with both."""
    low, high = np.searchsorted(rows, (begin, end))
    names, column = np.unique(igo[low:high], return_inverse=True)
    member = np.zeros((end - begin, max(len(names), 1)), dtype=np.float32)
    member[rows[low:high] - begin, column] = 1.0
    return (member @ member.T).astype(np.float64)
