"""Small invented files in every layout that a reader declares: three rows each, about nobody."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from indivisible.readers import DATASETS
from indivisible.readers.dataset import Column, Layout, dataset

ROWS = 3
# A workbook is no table of rows and has tests of its own.
LAYOUTS = [
    (key, layout.name) for key in DATASETS for layout in dataset(key).layouts if not layout.files[0].endswith(".xlsx")
]

# Columns known by a pattern: the names that a sample gives them.
PATTERNED = {"atop_directed": ("atopid1",), "cow_igo_years": ("aaa", "bbb"), "vdem": ("v2elsuffrage", "e_regionpol_6C")}
YEARS = ("1990", "1991")

# The state on the other side of a pair is never the same state.
OTHERS = ("ccode2", "state2no", "statehno", "stateB")
PARTIES = {"gwno_a": "901", "gwno_a_2nd": "902, 903", "gwno_b": "", "gwno_b_2nd": "904"}


def value(column: Column, at: int) -> str:
    """A value that the column admits; rows differ wherever the column allows it."""
    if column.drop:
        return "x"
    if column.values:
        return str(column.values[0])
    if column.type == "integer":
        start = 900 if column.name in OTHERS else int(column.low if column.low is not None else 1)
        return str(min(start + at, int(column.high)) if column.high is not None else start + at)
    if column.type == "number":
        return f"{(column.low or 0) + 0.25 * (at + 1):g}"
    if column.type == "yes_no":
        return str(at % 2)
    if column.type == "date":
        return date(1990, 1, at + 1).strftime(column.format or "%Y-%m-%d")
    if column.type == "text":
        return PARTIES.get(column.name, f"word {at}")
    raise AssertionError(column.type)


def layout_of(key: str, name: str) -> Layout:
    return next(layout for layout in dataset(key).layouts if layout.name == name)


def names(key: str, layout: Layout) -> list[str]:
    """The columns of a sample: all required ones and some of the patterned ones."""
    patterned = PATTERNED.get(key, YEARS) if layout.like else ()
    return [*layout.required, *patterned]


def rows(key: str, layout: Layout) -> list[dict[str, str]]:
    made = []
    for at in range(ROWS):
        row = {}
        for name in names(key, layout):
            column = layout.column(name)
            assert column is not None, f"{key}: the sample names a column {name} that the layout does not know"
            row[name] = value(column, at)
        made.append(row)
    return made


def write(path: Path, layout: Layout, table: list[dict[str, str]]) -> Path:
    """The rows as a CSV, with lines before the header where the layout says that there are some."""
    with path.open("w", encoding="utf-8", newline="") as out:
        if layout.header:
            out.write("An invented table\n\n")
        writer = csv.DictWriter(out, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return path


def file_name(layout: Layout) -> str:
    """A name that the layout recognises."""
    return Path(layout.files[0].replace("*", "1")).stem + ".csv"


def sample(folder: Path, key: str, name: str) -> Path:
    """A sound sample file of one layout."""
    layout = layout_of(key, name)
    return write(folder / file_name(layout), layout, rows(key, layout))
