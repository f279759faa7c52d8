"""Writes a Stata file (.dta, format 118) block by block, so that a table larger than memory can become one.

The layout is that of Stata's own description of the format (`help dta`). Cells are 1, 2, 4 or 8 bytes wide, text has
the width that its column is declared with; an unknown value is Stata's missing value.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import polars as pl

TEXT_WIDTH = 8  # bytes of a key; the keys of states have three letters
# polars type -> (Stata's number of the type, NumPy type, missing value, format)
_KINDS: dict[str, tuple[int, str, float, str]] = {
    "Int8": (65530, "<i1", 101, "%8.0g"),
    "Int16": (65529, "<i2", 32741, "%8.0g"),
    "Int32": (65528, "<i4", 2147483621, "%12.0g"),
    "Int64": (65526, "<f8", 2.0**1023, "%12.0g"),  # Stata has no wider whole number; exact up to 2**53
    "Float64": (65526, "<f8", 2.0**1023, "%10.0g"),
    "String": (TEXT_WIDTH, f"S{TEXT_WIDTH}", 0, f"%{TEXT_WIDTH}s"),
}
_NARROW = {"ccode", "ccode1", "ccode2", "gwcode", "gwcode1", "gwcode2", "year"}  # Int64 that fit into 2 bytes


@dataclass(frozen=True, slots=True)
class _Variable:
    name: str
    kind: tuple[int, str, float, str]
    label: str


def write_stata(
    out: BinaryIO,
    blocks: Iterable[pl.DataFrame],
    schema: Mapping[str, pl.DataType],
    labels: Mapping[str, str],
    *,
    title: str = "",
) -> None:
    """Write blocks of one schema. `labels`: a line about each column, `title`: about the table; of 80 characters."""
    variables = [_variable(name, kind, labels.get(name, "")) for name, kind in schema.items()]
    start = out.tell()
    count_at, map_at, offsets = _before_data(out, variables, title, start)
    record = np.dtype([(variable.name, variable.kind[1]) for variable in variables])
    rows = 0
    for block in blocks:
        cells = np.empty(block.height, dtype=record)
        for variable in variables:
            cells[variable.name] = _cells(block[variable.name], variable.kind)
        out.write(cells.tobytes())
        rows += block.height
    out.write(b"</data>")
    for tag in (b"strls", b"value_labels"):
        offsets.append(out.tell() - start)
        out.write(b"<" + tag + b"></" + tag + b">")
    offsets.append(out.tell() - start)
    out.write(b"</stata_dta>")
    offsets.append(out.tell() - start)
    out.seek(count_at)
    out.write(struct.pack("<Q", rows))
    out.seek(map_at)
    out.write(struct.pack("<14Q", *offsets))
    out.seek(0, 2)


def _variable(name: str, kind: pl.DataType, label: str) -> _Variable:
    text = str(kind)
    if text not in _KINDS:
        raise AssertionError(f"{name}: no Stata type for {text}")
    return _Variable(name, _KINDS["Int16" if text == "Int64" and name in _NARROW else text], label)


def _cells(series: pl.Series, kind: tuple[int, str, float, str]) -> np.ndarray[tuple[int], np.dtype[np.generic]]:
    if series.dtype == pl.String:
        return np.array([(value or "").encode()[:TEXT_WIDTH] for value in series.to_list()], dtype=kind[1])
    filled = series.cast(pl.Float64).fill_null(kind[2]) if kind[1] == "<f8" else series.fill_null(int(kind[2]))
    return filled.to_numpy().astype(kind[1])


def _before_data(out: BinaryIO, variables: list[_Variable], title: str, start: int) -> tuple[int, int, list[int]]:
    """Everything up to the data; where the number of rows and the map belong, and the map as far as known."""
    count = len(variables)
    out.write(b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>" + struct.pack("<H", count))
    out.write(b"</K><N>")
    count_at = out.tell()
    name = title[:80].encode()
    out.write(
        bytes(8)
        + b"</N><label>"
        + struct.pack("<H", len(name))
        + name
        + b"</label><timestamp>\x00</timestamp></header>"
    )
    offsets = [0, out.tell() - start]
    out.write(b"<map>")
    map_at = out.tell()
    out.write(bytes(14 * 8) + b"</map>")
    sections = (
        (b"variable_types", b"".join(struct.pack("<H", variable.kind[0]) for variable in variables)),
        (b"varnames", b"".join(_fixed(variable.name, 129) for variable in variables)),
        (b"sortlist", bytes(2 * (count + 1))),
        (b"formats", b"".join(_fixed(variable.kind[3], 57) for variable in variables)),
        (b"value_label_names", bytes(129 * count)),
        (b"variable_labels", b"".join(_fixed(_cut(variable.label), 321) for variable in variables)),
        (b"characteristics", b""),
    )
    for tag, body in sections:
        offsets.append(out.tell() - start)
        out.write(b"<" + tag + b">" + body + b"</" + tag + b">")
    offsets.append(out.tell() - start)
    out.write(b"<data>")
    return count_at, map_at, offsets


def _cut(label: str, width: int = 80) -> str:
    """A label of at most so many characters, with dots where words are left out."""
    return label if len(label) <= width else label[: width - 3].rpartition(" ")[0].rstrip(",;:") + "..."


def _fixed(text: str, width: int) -> bytes:
    return text.encode()[: width - 1].ljust(width, b"\x00")
