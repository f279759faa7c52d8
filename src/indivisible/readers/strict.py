"""Reads a file's columns exactly as declared: every column is known, every value is of its type, every key is unique.

Nothing is dropped, guessed or filled in silently: missing codes become null, and anything else that does not
fit is named with file, row and column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from indivisible.errors import FileError
from indivisible.readers.dataset import Column, Layout
from indivisible.readers.source_file import SourceFile, read_frame

SHOWN = 20  # bad rows named in one message
_NOTHING = "nothing was imported; correct the file or download it again"


@dataclass(frozen=True, slots=True)
class BadValue:
    """One value that does not fit: its row and column, the value and why."""

    row: int
    column: str
    why: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.why}"


def refuse(where: str, bad: Iterable[BadValue], total: int | None = None) -> None:
    """Raise one FileError that names the first bad rows, if there are any."""
    ordered = sorted(bad, key=lambda one: (one.row, one.column))
    count = max(total or 0, len(ordered))
    if not ordered:
        return
    shown = "; ".join(str(one) for one in ordered[:SHOWN])
    more = f"; and {count - SHOWN} more" if count > SHOWN else ""
    noun = "value does" if count == 1 else "values do"
    raise FileError(f"{count} {noun} not fit: {shown}{more}", where=where, do=_NOTHING)


def column_problem(columns: Iterable[str], layout: Layout) -> str:
    """What is wrong with the set of columns, in one sentence with near names; empty if nothing is."""
    present = tuple(columns)
    unknown = [name for name in present if layout.column(name) is None]
    missing = [name for name in layout.required if name not in present]
    parts = [f"unknown column {name!r}{_near(name, missing or layout.columns)}" for name in unknown[:5]]
    parts += [f"missing column {name!r}{_near(name, unknown)}" for name in missing[:5]]
    if len(unknown) > 5 or len(missing) > 5:
        parts.append(f"in all {len(unknown)} unknown and {len(missing)} missing")
    return "; ".join(parts)


def _near(name: str, others: Iterable[str]) -> str:
    folded = {other.lower(): other for other in others}
    near = get_close_matches(name.lower(), folded, n=1, cutoff=0.6)
    return f" (near: {folded[near[0]]!r})" if near else ""


def read_strictly(source: SourceFile, layout: Layout) -> pl.DataFrame:
    """The kept columns of a file, typed and checked.

    Raises FileError if a column is unknown or missing, a value does not fit, or a key stands twice.
    """
    where = str(source.path)
    problem = column_problem(source.columns, layout)
    if problem:
        do = f"this is read as layout {layout.name!r}; {_NOTHING}"
        raise FileError(problem, where=where, do=do)
    declared = {name: column for name in source.columns if (column := layout.column(name)) is not None}
    kept = [name for name, column in declared.items() if not column.drop]
    raw = read_frame(source, kept)
    typed: list[pl.Series] = []
    bad: list[BadValue] = []
    total = 0
    for name in kept:
        series, wrong = _typed(raw[name], declared[name], filled=name in layout.key)
        typed.append(series)
        total += wrong.count
        bad += [BadValue(source.first_row + at, name, why) for at, why in wrong.first]
    refuse(where, bad, total)
    frame = pl.DataFrame(typed)
    refuse_duplicates(where, frame, layout.key, source.first_row)
    return frame


def refuse_duplicates(where: str, frame: pl.DataFrame, key: tuple[str, ...], first_row: int) -> None:
    """Raise FileError if two rows have the same key; the message names the rows. Without a key, rows may be alike."""
    if not key:
        return
    twice = frame.select(pl.struct(key).is_duplicated().alias("twice"))["twice"]
    if not twice.any():
        return
    rows = twice.arg_true().to_list()
    groups: dict[tuple[object, ...], list[int]] = {}
    for at in rows[: SHOWN * 5]:
        groups.setdefault(frame.select(key).row(at), []).append(at + first_row)
    shown = "; ".join(
        f"rows {', '.join(map(str, at))} are both {', '.join(f'{n} {v}' for n, v in zip(key, values, strict=True))}"
        for values, at in list(groups.items())[:SHOWN]
    )
    raise FileError(f"{len(rows)} rows share a key that must be unique: {shown}", where=where, do=_NOTHING)


def _typed(raw: pl.Series, column: Column, *, filled: bool) -> tuple[pl.Series, Wrong]:
    """The series in the column's type, and the values that do not fit."""
    absent = raw.is_null()
    if raw.dtype == pl.String:
        raw = raw.str.strip_chars()
        blank = [code for code in column.missing if isinstance(code, str)]
        absent = absent | raw.is_in(blank or [""]).fill_null(False)
    elif raw.dtype.is_float():
        absent = absent | raw.is_nan().fill_null(False)
    series, word = _converted(raw, column.type, column.format)
    codes = [code for code in column.missing if not isinstance(code, str)]
    if codes and column.type in ("integer", "number", "yes_no"):
        numbers = raw.cast(pl.Float64, strict=False)
        absent = absent | numbers.is_in([float(code) for code in codes]).fill_null(False)
    wrong = Wrong()
    wrong.add(series.is_null() & ~absent, raw, f"is not {word}")
    series = series.set(absent, None) if absent.any() else series
    _range(series, column, wrong)
    if column.filled or (column.filled is None and filled):
        wrong.add(absent, raw, "is missing")
    return series.alias(raw.name), wrong


class Wrong:
    """The values of one column that do not fit: how many, and the first of them with the reason."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[tuple[int, str]] = []

    def add(self, mask: pl.Series, values: pl.Series, why: str) -> None:
        """Note the values where `mask` is true."""
        at = mask.fill_null(False).arg_true()
        self.count += len(at)
        for position in at.head(SHOWN).to_list():
            value = values[position]
            self.first.append((position, why if value in (None, "") else f"{value!r} {why}"))


def _converted(raw: pl.Series, kind: str, written: str) -> tuple[pl.Series, str]:
    if kind == "text":
        return (raw if raw.dtype == pl.String else raw.cast(pl.String, strict=False)), "text"
    if kind == "date":
        return _dates(raw, written or _ISO), f"a date ({_told(written) or 'YYYY-MM-DD'})"
    number = raw.cast(pl.Float64, strict=False) if not raw.dtype.is_integer() else raw
    if kind == "number":
        number = number.cast(pl.Float64)
        return number.set(~number.is_finite().fill_null(False), None), "a number"
    if not number.dtype.is_integer():
        number = number.set(~((number == number.floor()).fill_null(False)), None)
    whole = number.cast(pl.Int64, strict=False)
    if kind == "integer":
        return whole, "a whole number"
    if kind == "yes_no":
        flag = whole.set(~whole.is_in([0, 1]).fill_null(False), None)
        return flag.cast(pl.Boolean), "0 or 1"
    raise AssertionError(kind)


_ISO = "%Y-%m-%d"


def _told(written: str) -> str:
    return written.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")


def _dates(raw: pl.Series, written: str) -> pl.Series:
    if raw.dtype == pl.Date:
        return raw
    if raw.dtype == pl.Datetime:
        return raw.dt.date()
    if raw.dtype != pl.String:
        return pl.Series(raw.name, [None] * len(raw), dtype=pl.Date)
    return raw.str.slice(0, 10).str.to_date(written, strict=False)


def _range(series: pl.Series, column: Column, wrong: Wrong) -> None:
    if column.low is not None:
        wrong.add(series < column.low, series, f"is below {column.low:g}")
    if column.high is not None:
        wrong.add(series > column.high, series, f"is above {column.high:g}")
    if column.values:
        unlisted = ~series.is_in(list(column.values)) & series.is_not_null()
        wrong.add(unlisted, series, f"is none of {', '.join(map(str, column.values))}")
