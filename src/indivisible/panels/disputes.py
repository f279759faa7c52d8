"""Militarized disputes in a panel: one dispute a pair and year, chosen by rules that are named and counted.

A pair may have several disputes in a year, a panel has one row. The rules are those of the field's standard tool, in
its order; each keeps the disputes that are best by it among those of the same pair and year.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from indivisible import readers
from indivisible.panels.columns import ABSENT_IS_ZERO, Ask, Column, details, flags
from indivisible.panels.system import Ints

PAIR_YEAR = ("ccode1", "ccode2", "year")
# An unknown level of deaths ranks between none (0) and the lowest (1).
_DEATHS = pl.col("deaths").cast(pl.Float64).fill_null(0.5)
# name of the rule -> (what is kept, larger is better)
CASE_RULES: dict[str, tuple[str, pl.Expr]] = {
    "onset": ("a dispute that begins in the year over one that goes on", pl.col("onset").cast(pl.Float64)),
    "fatality": ("the highest level of deaths; an unknown one is between none and the lowest", _DEATHS),
    "hostility": ("the highest level of hostility", pl.col("hostility").cast(pl.Float64).fill_null(-1.0)),
    "duration": ("the longest by the shortest duration that its dates allow", pl.col("mindur").cast(pl.Float64)),
    "reciprocated": ("a reciprocated dispute over one that is not", pl.col("reciprocated").cast(pl.Float64)),
    "start-month": ("the earliest month of beginning", -pl.col("stmon").cast(pl.Float64).fill_null(13.0)),
    "number": ("the lowest number of the dispute", -pl.col("dispnum").cast(pl.Float64)),
}
DETAILS = ("dispnum", "sidea1", "sidea2", "fatality1", "fatality2", "hostlev1", "hostlev2")


@dataclass(frozen=True, slots=True)
class Disputes:
    """A list of disputes by directed pair and year, and how its columns are called in a panel."""

    dataset: str
    prefix: str
    rules: tuple[str, ...]


GML = Disputes("gml_disputes", "gmlmid", tuple(CASE_RULES))
COW = Disputes("mid_disputes", "cowmid", ("onset", "fatality", "hostility", "reciprocated", "number"))


def ranked(table: pl.DataFrame, of: Disputes) -> pl.DataFrame:
    """The table with the columns that the case rules compare; where a list speaks of sides only, the pair's own."""
    if of.dataset == "gml_disputes":
        return table.with_columns(pl.col("fatality").alias("deaths"), pl.col("hostlev").alias("hostility"))
    if of.dataset == "mid_disputes":
        return table.with_columns(
            pl.max_horizontal(*(pl.col(side).cast(pl.Float64).fill_null(0.5) for side in ("fatality1", "fatality2")))
            .alias("deaths"),
            pl.max_horizontal("hostlev1", "hostlev2").alias("hostility"),
            ((pl.col("hostlev1") > 1) & (pl.col("hostlev2") > 1)).fill_null(False).alias("reciprocated"),
        )  # fmt: skip
    raise AssertionError(of.dataset)


def one_a_year(table: pl.DataFrame, of: Disputes) -> tuple[pl.DataFrame, dict[str, int]]:
    """One dispute a directed pair and year, and how many lines each rule left out."""
    counts = dict.fromkeys(of.rules, 0)
    many = pl.struct(PAIR_YEAR).is_duplicated()
    table = ranked(table, of)
    single, several = table.filter(~many), table.filter(many)
    for rule in of.rules:
        score = CASE_RULES[rule][1]
        left = several.filter(score == score.max().over(PAIR_YEAR)) if several.height else several
        counts[rule] = several.height - left.height
        several = left
    return pl.concat([single, several]), counts


def _columns(ask: Ask, of: Disputes) -> list[Column]:
    table, counts = one_a_year(ask.table(of.dataset), of)
    found = len(ask.pair_rows(table)[1])
    rows, lines = ask.pair_rows(table, as_given=True)
    for rule, count in counts.items():
        ask.notes[f"{of.prefix}: dispute lines left out by the rule {rule}"] += count
    ask.notes[f"{of.prefix}: pairs and years with a dispute that are no rows of the panel"] += (
        table.height - found if ask.keep is None else 0
    )
    table, covered = table[lines], ask.covered(of.dataset)
    detail = {name: details(ask, rows, table[name].cast(_kind(name))) for name in DETAILS}
    chosen = f"of several disputes in a year, one by the rules {', '.join(of.rules)}"
    onset = table["onset"].cast(pl.Int8).to_numpy()
    made = [
        Column(f"{of.prefix}ongoing", flags(ask, rows, 1, covered), of.dataset, "any dispute", ABSENT_IS_ZERO),
        Column(f"{of.prefix}onset", flags(ask, rows, onset, covered), of.dataset, "a dispute began", ABSENT_IS_ZERO),
    ]
    null = "null: no dispute, or not known"
    return made + [Column(_named(of, name), detail[name], of.dataset, chosen, null) for name in DETAILS]


def _kind(name: str) -> pl.DataType:
    return pl.Int32() if name == "dispnum" else pl.Int8()


def _named(of: Disputes, name: str) -> str:
    """`gmlmid_dispnum`; the number of the side stays at the end: `gmlmid_sidea1`."""
    return f"{of.prefix}_{name}"


def _of_states(ask: Ask, of: Disputes) -> list[Column]:
    table = ask.table(of.dataset, ("ccode1", "year", "onset"))
    rows = ask.states.rows_of(table["ccode1"].to_numpy(), table["year"].to_numpy(), "cow")
    onset = table["onset"].to_numpy() & (rows >= 0)
    covered = ask.covered(of.dataset)
    any_rule, onset_rule = "any dispute with any state", "a dispute with any state began"
    return [
        Column(f"{of.prefix}ongoing", flags(ask, rows[rows >= 0], 1, covered), of.dataset, any_rule, ABSENT_IS_ZERO),
        Column(f"{of.prefix}onset", flags(ask, rows[onset], 1, covered), of.dataset, onset_rule, ABSENT_IS_ZERO),
    ]


def gml_pairs(ask: Ask) -> list[Column]:
    """Gibler-Miller-Little disputes of pairs."""
    return _columns(ask, GML)


def gml_states(ask: Ask) -> list[Column]:
    """Gibler-Miller-Little disputes of states."""
    return _of_states(ask, GML)


def cow_pairs(ask: Ask) -> list[Column]:
    """COW disputes of pairs."""
    return _columns(ask, COW)


def cow_states(ask: Ask) -> list[Column]:
    """COW disputes of states."""
    return _of_states(ask, COW)


def lines_of(ask: Ask, of: Disputes, first: int, last: int) -> tuple[Ints, Ints, Ints]:
    """Codes and years of all disputes of some years, whatever the years of the block."""
    lazy = readers.open(of.dataset, home=ask.home).filter(pl.col("year").is_between(first, last))
    table = lazy.select(PAIR_YEAR).collect()
    return table["ccode1"].to_numpy(), table["ccode2"].to_numpy(), table["year"].to_numpy()
