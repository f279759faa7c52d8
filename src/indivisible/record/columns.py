"""The record's rows packed into columns: spans parsed once into day numbers, words stored once.

Twelve columns of text become codes into one table of strings; each row has four day numbers beside them.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError, RecordError
from indivisible.values import NEVER_ENDED, Span, event_span, span_of

HEADER = (
    "subject", "field", "object", "value", "from", "to",
    "layer", "speaker", "source", "place", "confidence", "note",
)  # fmt: skip
TEXT_COLUMNS = (*HEADER, "file")
OVERLAY = "overlay"  # begins the names of files that are not those that ship
DAY_COLUMNS = ("from_earliest", "from_latest", "to_earliest", "to_latest")


@dataclass(frozen=True)
class Columns:
    """Rows of claims as arrays: `codes[c]` int32 into `strings`, `days` int32 of shape (4, rows), `line` int32."""

    strings: tuple[str, ...]
    codes: dict[str, NDArray[np.int32]]
    days: NDArray[np.int32]
    line: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.line)

    def text(self, column: str, row: int) -> str:
        code: int = self.codes[column][row]
        return self.strings[code]


def span_of_row(kind: str, begin: str, end: str) -> Span:
    """The span of a row whose field has this kind of span: state, event, year or timeless."""
    if kind in ("event", "year"):
        if not begin:
            return span_of("", "")
        if kind == "event":
            return event_span(begin)
        first = event_span(begin)
        return Span(first.from_earliest, first.from_earliest, first.to_latest, first.to_latest)
    if kind in ("state", "timeless"):
        return span_of(begin, end)
    raise RecordError(f"the vocabulary has an unknown kind of span {kind!r}", where="fields.csv")


def table_rows(name: str, data: bytes, header: tuple[str, ...]) -> Iterable[tuple[int, list[str]]]:
    """Rows of one CSV file with their line numbers, below exactly this header.

    Raises RecordError for text that is not UTF-8, a wrong header, a ragged row, an open quote or a NUL character.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise RecordError(f"not UTF-8 text ({problem.reason})", where=name, do="save the file as UTF-8") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise RecordError("the text holds a NUL character", where=f"{name}:{line}", do="remove it")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        first = next(reader, None)
        if first is None or tuple(first) != header:
            raise RecordError("the header is not right", where=f"{name}:1", do=f"write {','.join(header)}")
        for row in reader:
            if len(row) != len(header):
                what = f"{len(row)} columns instead of {len(header)}"
                raise RecordError(what, where=f"{name}:{reader.line_num}", do="quote the commas")
            yield reader.line_num, row
    except csv.Error as problem:
        raise RecordError(
            f"not a CSV row ({problem})", where=f"{name}:{reader.line_num}", do="close the quote"
        ) from None


Rows = Sequence[tuple[int, list[str]]]


def pack(files: Iterable[tuple[str, Rows]], span_kinds: dict[str, str]) -> Columns:
    """Pack the numbered rows of facts files into columns; `span_kinds` maps each field to its kind of span.

    Raises RecordError for a field that the vocabulary does not have and for dates that cannot be.
    """
    table: dict[str, int] = {}
    rows: list[list[int]] = []
    days: list[tuple[int, int, int, int]] = []
    lines: list[int] = []
    for name, numbered in files:
        for line, row in numbered:
            kind = span_kinds.get(row[1])
            if kind is None:
                raise RecordError(f"unknown field {row[1]!r}", where=f"{name}:{line}", do="see record/fields.csv")
            try:
                span = span_of_row(kind, row[4], row[5])
            except QuestionError as problem:
                raise RecordError(problem.what, where=f"{name}:{line}, from/to", do=problem.do) from None
            days.append((span.from_earliest, span.from_latest, span.to_earliest, span.to_latest))
            rows.append([table.setdefault(word, len(table)) for word in (*row, name)])
            lines.append(line)
    codes = np.array(rows, dtype=np.int32).reshape(len(rows), len(TEXT_COLUMNS))
    return Columns(
        strings=tuple(table),
        codes={column: np.ascontiguousarray(codes[:, index]) for index, column in enumerate(TEXT_COLUMNS)},
        days=np.ascontiguousarray(np.array(days, dtype=np.int32).reshape(len(rows), 4).T),
        line=np.array(lines, dtype=np.int32),
    )


def save(columns: Columns, path: Path) -> None:
    """Write the packed columns to `path` atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            words = np.frombuffer("\0".join(columns.strings).encode("utf-8"), dtype=np.uint8)
            matrix = np.vstack([columns.codes[column] for column in TEXT_COLUMNS])
            np.savez(file, words=words, codes=matrix, days=columns.days, line=columns.line)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def restore(path: Path) -> Columns:
    """Read packed columns back; ValueError for a file whose parts do not fit together."""
    with np.load(path, allow_pickle=False) as stored:
        strings = tuple(stored["words"].tobytes().decode("utf-8").split("\0"))
        matrix, days, line = stored["codes"], stored["days"], stored["line"]
        whole = matrix.shape == (len(TEXT_COLUMNS), len(line)) and days.shape == (len(DAY_COLUMNS), len(line))
        if not whole or (matrix.size and not 0 <= matrix.min() <= matrix.max() < len(strings)):
            raise ValueError("the packed record does not fit together")
        codes = {column: matrix[index] for index, column in enumerate(TEXT_COLUMNS)}
        return Columns(strings, codes, days, line)


def holding(columns: Columns, day: int) -> NDArray[np.int8]:
    """For every row whether it held on `day`: 1 yes, 0 no, -1 unknown (an inexact end leaves it open)."""
    return holding_days(columns.days, day)


def holding_days(days: NDArray[np.int32], day: int) -> NDArray[np.int8]:
    """The same for the four day numbers of some rows, shape (4, rows)."""
    from_earliest, from_latest, to_earliest, to_latest = days
    possible = (from_earliest <= day) & (day < to_latest)
    certain = (from_latest <= day) & (day < to_earliest)
    found: NDArray[np.int8] = certain.astype(np.int8) * 2 - possible.astype(np.int8)
    return found


assert np.iinfo(np.int32).max == NEVER_ENDED
