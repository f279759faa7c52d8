"""A file that a user got from a publisher: is it whole, and what columns does it have?

CSV, Parquet, Stata and Excel (.xlsx) files are read; everything else is refused with one sentence that says
what the file really is. All columns of a CSV are read as text, so that nothing is guessed.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indivisible.errors import FileError
from indivisible.readers.archive import CELL_COLUMNS, cells, is_workbook

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = (".csv", ".parquet", ".dta", ".xlsx")
_AGAIN = "download it again from the publisher"
_WHOLE_BLOCK = 1 << 20
_HEADER_LINES = 30  # lines that may precede the header, where a layout says that some do


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A whole, readable file with its column names; `skip` lines of a CSV precede the header."""

    path: Path
    format: str  # csv, parquet, dta or xlsx
    columns: tuple[str, ...]
    skip: int = 0
    headers: tuple[str, ...] = ()  # of a workbook: first cells of the header rows

    @property
    def first_row(self) -> int:
        """The number that a person would give to the first row of data (a CSV's header is a row, too)."""
        return self.skip + 2 if self.format == "csv" else 1


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def look_at(path: Path, headers: Sequence[str] = ()) -> SourceFile:
    """Find out what the file is, without reading the data.

    `headers`: first words of header lines that may come after other lines. Raises FileError if the file is
    empty, truncated, or not a table.
    """
    try:
        with path.open("rb") as handle:
            start = handle.read(4096)
    except OSError as problem:
        raise FileError(f"cannot be opened: {problem.strerror}", where=str(path), do="check the name") from None
    if start.startswith(b"PK") and is_workbook(path):
        return SourceFile(path, "xlsx", CELL_COLUMNS, headers=tuple(headers))
    _refuse_impostors(path, start)
    if path.suffix.lower() == ".parquet" or start.startswith(b"PAR1"):
        return SourceFile(path, "parquet", _parquet_columns(path, start))
    if path.suffix.lower() == ".dta":
        return SourceFile(path, "dta", _stata_columns(path))
    return _csv_header(path, headers)


def _refuse_impostors(path: Path, start: bytes) -> None:
    where = str(path)
    begin = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not begin:
        raise FileError("the file is empty", where=where, do=_AGAIN)
    if begin.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<body")):
        do = f"open it in a browser to see why; {_AGAIN}"
        raise FileError("this is a web page, not a data file", where=where, do=do)
    if begin.startswith(b"version https://git-lfs"):
        raise FileError("this is a Git LFS pointer, not the data", where=where, do="fetch the file with git lfs pull")
    if start.startswith(b"PK"):
        raise FileError("this is an archive, not a table", where=where, do="give it the ending .zip, or unpack it")
    if start.startswith(b"\x1f\x8b"):
        raise FileError("this is a gzip archive", where=where, do="unpack it first")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError("the text is UTF-16, not UTF-8", where=where, do="save it as UTF-8")


def _parquet_columns(path: Path, start: bytes) -> tuple[str, ...]:
    import polars as pl

    with path.open("rb") as handle:
        handle.seek(0, 2)
        size = handle.tell()
        handle.seek(max(0, size - 4))
        end = handle.read(4)
    if not start.startswith(b"PAR1"):
        raise FileError("this is not a Parquet file", where=str(path), do=_AGAIN)
    if end != b"PAR1" or size < 12:
        raise FileError("the Parquet file is truncated: its end is missing", where=str(path), do=_AGAIN)
    try:
        return tuple(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError) as problem:
        raise FileError(f"the Parquet file is damaged ({_short(problem)})", where=str(path), do=_AGAIN) from None


def _stata_columns(path: Path) -> tuple[str, ...]:
    import pyreadstat

    try:
        _, meta = pyreadstat.read_dta(str(path), metadataonly=True, output_format="dict")
    except (pyreadstat.ReadstatError, OSError) as problem:
        raise FileError(f"this is not a readable Stata file ({_short(problem)})", where=str(path), do=_AGAIN) from None
    return tuple(meta.column_names)


def _csv_header(path: Path, headers: Sequence[str]) -> SourceFile:
    lines: list[list[str]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            for fields in csv.reader(handle, strict=True):
                lines.append(fields)
                if len(lines) >= _HEADER_LINES:
                    break
    except UnicodeDecodeError as problem:
        raise _not_utf8(path, problem) from None
    except csv.Error as problem:
        raise FileError(
            f"this is not a CSV file, or it ends inside a quoted field ({problem})", where=str(path), do=_AGAIN
        ) from None
    if not lines:
        raise FileError("the file is empty", where=str(path), do=_AGAIN)
    skip = next((at for at, fields in enumerate(lines) if fields and fields[0].strip() in headers), 0)
    columns = tuple(name.strip() for name in lines[skip])
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise FileError(f"the column {twice[0]!r} stands twice in the header", where=str(path), do=_AGAIN)
    return SourceFile(path, "csv", columns, skip)


def read_frame(source: SourceFile, columns: Sequence[str]) -> pl.DataFrame:
    """The named columns as a table: a CSV's as text, a Parquet or Stata file's as stored. Raises FileError."""
    import polars as pl

    if source.format == "csv":
        frame = _read_csv(source, columns)
    elif source.format == "parquet":
        try:
            frame = pl.read_parquet(source.path, columns=list(columns))
        except (pl.exceptions.PolarsError, OSError) as problem:
            what = f"the Parquet file is damaged ({_short(problem)})"
            raise FileError(what, where=str(source.path), do=_AGAIN) from None
    elif source.format == "xlsx":
        frame = cells(source.path, source.headers).select(columns)
    elif source.format == "dta":
        frame = _read_stata(source, columns)
    else:
        raise AssertionError(source.format)
    if frame.height == 0:
        raise FileError("the file has a header and no rows", where=str(source.path), do=_AGAIN)
    return frame


def _read_stata(source: SourceFile, columns: Sequence[str]) -> pl.DataFrame:
    import polars as pl
    import pyreadstat

    try:
        data, _ = pyreadstat.read_dta(str(source.path), usecols=list(columns), output_format="dict")
    except (pyreadstat.ReadstatError, OSError) as problem:
        what = f"the Stata file is damaged ({_short(problem)})"
        raise FileError(what, where=str(source.path), do=_AGAIN) from None
    return pl.DataFrame({name: pl.Series(name, data[name], strict=False) for name in columns})


def _read_csv(source: SourceFile, columns: Sequence[str]) -> pl.DataFrame:
    import polars as pl

    rows = _count_rows(source)
    if rows == 0:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    wanted = [source.columns.index(name) for name in columns]
    try:
        frame = pl.read_csv(
            source.path,
            has_header=False,
            skip_lines=source.skip + 1,
            n_rows=rows,
            columns=wanted,
            infer_schema=False,
        )
    except (pl.exceptions.PolarsError, OSError) as problem:
        raise FileError(f"the CSV file is damaged ({_short(problem)})", where=str(source.path), do=_AGAIN) from None
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    frame.columns = [columns[at] for at in order]
    return frame.select(columns)


def _count_rows(source: SourceFile) -> int:
    """Rows of data; refuses a file with a row shorter or longer than its header, as a cut file ends in one."""
    try:
        with source.path.open("rb") as raw:
            quoted = any(b'"' in block for block in iter(lambda: raw.read(_WHOLE_BLOCK), b""))
        with source.path.open(encoding="utf-8-sig", newline="") as handle:
            if quoted:
                counts = (len(fields) for fields in csv.reader(handle, strict=True))
            else:
                counts = (line.count(",") + 1 if line.strip() else 0 for line in handle)
            return _even(source, itertools.islice(counts, source.skip, None))
    except UnicodeDecodeError as problem:
        raise _not_utf8(source.path, problem) from None
    except csv.Error as problem:
        what = f"the file ends inside a quoted field or is damaged ({problem})"
        raise FileError(what, where=str(source.path), do=_AGAIN) from None


def _even(source: SourceFile, counts: Iterator[int]) -> int:
    width, rows, blank = len(source.columns), -1, False
    for count in counts:
        if count == 0 and width > 1:
            blank = True  # allowed at the end only
            continue
        rows += 1
        if count != width or blank:
            found = "follows a blank line" if blank else f"has {count} fields, the header {width}"
            what = f"row {source.skip + 1 + rows} {found}: the file is truncated or damaged"
            raise FileError(what, where=str(source.path), do=_AGAIN)
    return rows


def _not_utf8(path: Path, problem: UnicodeDecodeError) -> FileError:
    byte = problem.object[problem.start]
    return FileError(f"the text is not UTF-8 (found the byte 0x{byte:02x})", where=str(path), do="save it as UTF-8")


def _short(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0][:120] if str(problem).strip() else type(problem).__name__
