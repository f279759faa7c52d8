"""The table of a dataset as it is kept: the declared columns and types, no key twice, years inside the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from indivisible.errors import FileError
from indivisible.readers.dataset import Dataset
from indivisible.readers.home import Stored
from indivisible.readers.source_file import sha256_of
from indivisible.readers.strict import refuse_duplicates

POLARS_TYPES: dict[str, pl.DataType] = {
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "yes_no": pl.Boolean(),
    "text": pl.String(),
    "date": pl.Date(),
}


Reader = Callable[[pl.DataFrame, str], pl.DataFrame]


def made_normal(read: Reader, raw: pl.DataFrame, layout: str, described: Dataset, where: str) -> pl.DataFrame:
    """What a reader makes of the columns of a file; every refusal names the file. Raises FileError."""
    try:
        return normalised(read(raw, layout), described, where)
    except FileError as problem:
        raise FileError(problem.what, where=problem.where or where, do=problem.do) from None
    except pl.exceptions.PolarsError as problem:
        what = f"a value does not fit ({str(problem).strip().splitlines()[0][:160]})"
        raise FileError(what, where=where, do="nothing was imported; correct the file or download it again") from None


def normalised(frame: pl.DataFrame, described: Dataset, where: str) -> pl.DataFrame:
    """The frame with the declared columns in order, sorted by key.

    Raises FileError for a key that stands twice, AssertionError where a reader breaks its own declaration.
    """
    declared = {name: POLARS_TYPES[column.type] for name, column in described.table.items()}
    if frame.schema != pl.Schema(declared):
        given = dict(frame.schema)
        wrong = sorted(name for name in {*declared, *given} if declared.get(name) != given.get(name))
        if wrong or list(given) != list(declared):
            what = f"the reader's columns differ from its declaration: {wrong or 'order'}"
            raise AssertionError(f"{described.key}: {what}")
    if described.unique:
        refuse_duplicates(where, frame, described.unique, 1)
        frame = frame.sort(described.unique)
    return frame


def years_of(frame: pl.DataFrame, column: str) -> tuple[int | None, int | None]:
    """First and last year in a column of years, of months (YYYYMM) or of dates; None where it has none."""
    if column not in frame.columns:
        return None, None
    first, last = frame[column].min(), frame[column].max()
    return _year(first), _year(last)


def _year(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, date):
        return value.year
    if isinstance(value, int):
        return value // 100 if value > 9999 else value
    raise AssertionError(f"not a year: {value!r}")


def problem_of(stored: Stored, path: Path, described: Dataset) -> str:
    """What is wrong with an imported table, or an empty text."""
    if not path.is_file():
        return f"the table {path.name} is gone"
    if sha256_of(path) != stored.table_sha256:
        return f"the table {path.name} was changed after the import"
    lazy = pl.scan_parquet(path)
    schema = lazy.collect_schema()
    if {name: str(kind) for name, kind in schema.items()} != dict(stored.columns):
        return "the columns are not those that were imported"
    rows = lazy.select(pl.len()).collect().item()
    if rows != stored.rows:
        return f"{rows} rows where {stored.rows} were imported"
    if described.kind == "panel" and "year" in schema:
        last = lazy.select(pl.col("year").max()).collect().item()
        ends = [window.last for window in stored.coverage if window.last is not None]
        if last is not None and ends and last > max(ends):
            return f"rows go to {last}, the noted coverage to {max(ends)}"
    return ""
