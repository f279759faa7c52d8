"""Structural balance over time: one row a period, from a list of signed ties with the period each belongs to."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from indivisible.errors import FileError, IndivisibleError
from indivisible.measures.frustration import Frustration, frustration
from indivisible.measures.signed_network import SignedNetwork
from indivisible.measures.signed_triangles import triangles
from indivisible.measures.signed_walks import walk_balance
from indivisible.record.table import Table

_SIGNS = {"1": 1, "+1": 1, "+": 1, "-1": -1, "-": -1}
_HEADER = ("from", "to", "sign")


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """Balance in one period.

    `L` is the frustration index if `proved`, else the best known, with `bound` below it; `F` = 1 - 2L/m; `unique`:
    is there one optimal division only, a connected part turned round not counted (None: not known); `optima` their
    number (None: more than were looked for); `T` share of balanced triangles; `walk` = tr e^A / tr e^|A|; `camps`
    names separated by blanks, the two camps by `|`.
    """

    period: str
    n: int
    m: int
    m_minus: int
    L: int
    bound: int
    proved: bool
    unique: bool | None
    optima: int | None
    parts: int
    F: float
    triangles: int
    unbalanced: int
    T: float
    walk: float
    camps: str


def read_windows(path: Path, *, nodes: Path | None = None) -> dict[str, SignedNetwork]:
    """Signed networks from a CSV with the columns from, to, sign (1 or -1) and, if it has several, period.

    `nodes` is a CSV with the columns period and name, for names without ties. Periods keep the order of the file.
    Raises FileError, with the line, for a missing column, a sign that is none, a tie given twice or to oneself.
    """
    ties: dict[str, list[tuple[str, str, int]]] = {}
    for place, row in _rows(path, _HEADER):
        sign = _SIGNS.get(row["sign"].strip())
        if sign is None:
            raise FileError(f"sign {row['sign']!r}", where=place, do="write 1 for a friend and -1 for a foe")
        ties.setdefault(row.get("period") or "all", []).append((row["from"], row["to"], sign))
    names: dict[str, list[str]] = {}
    for _, row in _rows(nodes, ("name",)) if nodes is not None else ():
        names.setdefault(row.get("period") or "all", []).append(row["name"])
    networks = {}
    for period in (*ties, *(p for p in names if p not in ties)):
        try:
            networks[period] = SignedNetwork.of(ties.get(period, ()), names=names.get(period, ()))
        except IndivisibleError as error:
            raise FileError(error.what, where=f"{path}, period {period}", do=error.do) from error
    return networks


def balance_of_windows(
    networks: Mapping[str, SignedNetwork], *, time_limit: float | None = 60.0, seed: int = 0, cap: int = 1000
) -> list[BalanceRow]:
    """Frustration, triangles and walks of each period; `time_limit` in seconds holds for each period."""
    rows = []
    for period, network in networks.items():
        result = frustration(network, time_limit=time_limit, seed=seed, cap=cap)
        rows.append(balance_row(period, result))
    return rows


def balance_row(period: str, result: Frustration) -> BalanceRow:
    """One row from a frustration index already found; triangles and walks are counted here."""
    network, counted = result.network, triangles(result.network)
    return BalanceRow(
        period, network.n, network.m, network.m_minus, result.index, result.bound, result.proved, result.unique,
        result.optima, result.parts, result.normalised, counted.total, counted.unbalanced, counted.index,
        walk_balance(network), camps_text(network.names, result.camps.tolist()),
    )  # fmt: skip


def camps_text(names: Sequence[str], camps: Sequence[bool]) -> str:
    """`A B|C D`: the names of each camp in their own order, the camp of the first name first."""
    first = [name for name, camp in zip(names, camps, strict=True) if camp == camps[0]]
    second = [name for name, camp in zip(names, camps, strict=True) if camp != camps[0]]
    return f"{' '.join(first)}|{' '.join(second)}"


def frustration_of_windows(path: Path, *, report: Callable[[str], None] | None = None) -> Table:
    """The windows of a file as one answer, a row a period; `report` is told of each period as its turn comes.

    Raises FileError, with the line, for what cannot be read.
    """
    rows = []
    networks = read_windows(path)
    for number, (period, network) in enumerate(networks.items(), start=1):
        if report is not None:
            report(f"[{number}/{len(networks)}] {period}")
        rows += balance_of_windows({period: network})
    return as_table(rows, path.name)


def as_table(rows: Sequence[BalanceRow], file: str) -> Table:
    """The rows as an answer that can be printed and written."""
    proved = sum(row.proved for row in rows)
    says = f"Frustration of {len(rows)} signed networks; {proved} of them with a proof of optimality."
    return Table("frustration-windows/1", {"file": file}, says, tuple(map(asdict, rows)), "")


def _rows(path: Path, needed: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    """Rows of a CSV file, each with its place; the needed columns are there and filled."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError("not readable as UTF-8 text", where=str(path), do="check path and encoding") from error
    reader = csv.DictReader(text.splitlines())
    missing = [column for column in needed if column not in (reader.fieldnames or ())]
    if missing:
        raise FileError(f"no column {missing[0]}", where=str(path), do=f"columns needed: {', '.join(needed)}")
    rows = []
    for row in reader:
        place = f"{path}:{reader.line_num}"
        if any(not row[column] for column in needed):
            raise FileError("a cell that is needed is empty", where=place, do=f"fill in {', '.join(needed)}")
        rows.append((place, row))
    return rows
