"""Groups in a contest from two files of the user's: the groups, and who is allied with whom or whose enemy.

The columns are those of the replication files of König and others (2017), or plainer ones of your own.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import FileError
from indivisible.measures.contest import Contest

Floats = NDArray[np.float64]
Row = tuple[str, dict[str, str]]

GROUP_COLUMNS = {
    "group": "the key by which the other file names the group",
    "name": "its name",
    "name_short": "a short name, preferred where it is there",
    "beta": "what an ally's effort adds; the same in every row",
    "gamma": "what an enemy's effort takes; the same in every row",
    "shifter": "what adds to the group's strength whatever anybody does; 0 where there is no such column",
    "OBS_SHIFTER": "the observed part of the shifter",
    "E": "the unobserved part of the shifter",
    "cost": "what a unit of its effort costs; 1 where there is no such column",
    "TotFight": "its observed effort",
    "TotFight_Enemy": "not used",
    "TotFight_Allied": "not used",
}
TIE_COLUMNS = {
    "group_a": "key of one group",
    "group_b": "key of the other",
    "allied": "1 (or the weight of the tie) if they are allied, else 0",
    "enemy": "1 (or the weight) if they are enemies, else 0",
    "value": "not used",
}


@dataclass(frozen=True)
class Groups:
    """A contest with the names of its groups, and the efforts observed of them [n] (NaN where none is given)."""

    names: tuple[str, ...]
    contest: Contest
    observed: Floats


def read_groups(groups: Path, ties: Path, *, beta: float | None = None, gamma: float | None = None) -> Groups:
    """Groups in the order of their file, and their ties; `beta` and `gamma` take the place of the file's.

    A tie holds in both directions and needs to be listed in one only. Raises FileError, with the line, for what cannot
    be read: a column that is not known or missing, a cell that is no number, a group named twice or not at all.
    """
    rows = _rows(groups, GROUP_COLUMNS, ("group",))
    place = _places(groups, rows, "group")
    label = "name_short" if all(row.get("name_short") for _, row in rows) else "name"
    names = tuple(row.get(label) or row["group"] for _, row in rows)
    if len(set(names)) < len(names):
        names = tuple(row["group"] for _, row in rows)
    shifters = sum((_column(rows, name, 0.0) for name in ("shifter", "OBS_SHIFTER", "E")), np.zeros(len(rows)))
    contest = Contest(
        *_tables(ties, place),
        _rate(groups, rows, "beta", beta),
        _rate(groups, rows, "gamma", gamma),
        shifters=shifters,
        costs=_column(rows, "cost", 1.0),
    )
    return Groups(names, contest, _column(rows, "TotFight", math.nan))


def _tables(path: Path, place: Mapping[str, int]) -> tuple[Floats, Floats]:
    """Allies and enemies [n, n], symmetric."""
    allies, enemies = np.zeros((len(place), len(place))), np.zeros((len(place), len(place)))
    seen: dict[tuple[int, int], tuple[float, float]] = {}
    for where, row in _rows(path, TIE_COLUMNS, ("group_a", "group_b", "allied", "enemy")):
        for side in ("group_a", "group_b"):
            if row[side] not in place:
                near = ", ".join(get_close_matches(row[side], place, n=3)) or "those of the file of groups"
                raise FileError(f"no group has the key {row[side]!r}", where=where, do=f"use {near}")
        a, b = place[row["group_a"]], place[row["group_b"]]
        tie = _number(where, row, "allied"), _number(where, row, "enemy")
        if a == b and any(tie):
            raise FileError("a group is tied to itself", where=where, do="leave the row out")
        if seen.setdefault((min(a, b), max(a, b)), tie) != tie:
            raise FileError("the same pair is tied in another way further up", where=where, do="list each pair once")
        if all(tie):
            raise FileError("a pair is allied and at enmity at once", where=where, do="leave one of the two out")
        if min(tie) < 0.0:
            raise FileError("a tie below 0", where=where, do="write enemies in the column enemy, with 1")
        allies[a, b] = allies[b, a] = tie[0]
        enemies[a, b] = enemies[b, a] = tie[1]
    return allies, enemies


def _rate(path: Path, rows: Sequence[Row], name: str, given: float | None) -> float:
    if given is not None:
        return given
    found = {_number(where, row, name) for where, row in rows if name in row}
    if len(found) != 1:
        what = f"{name} is not the same in every row" if found else f"no column {name}"
        raise FileError(what, where=str(path), do=f"give it with --set contest.{name}=NUMBER")
    return found.pop()


def _column(rows: Sequence[Row], name: str, usual: float) -> Floats:
    return np.array([_number(where, row, name) if name in row else usual for where, row in rows])


def _number(where: str, row: Mapping[str, str], name: str) -> float:
    try:
        found = float(row[name])
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise FileError(f"column {name}: {row[name]!r} is no number", where=where, do="write a number")
    return found


def _places(path: Path, rows: Sequence[Row], name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for k, (where, row) in enumerate(rows):
        if row[name] in found:
            raise FileError(f"the {name} {row[name]!r} is there twice", where=where, do="give each its own key")
        found[row[name]] = k
    if len(found) < 2:
        raise FileError("fewer than two groups", where=str(path), do="a contest needs two")
    return found


def _rows(path: Path, known: Mapping[str, str], needed: Sequence[str]) -> list[Row]:
    """Rows of a CSV file, each with its place; all columns are known, the needed ones there and filled."""
    if not path.is_file():
        raise FileError("no such file", where=str(path), do="check the path")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError("not readable as UTF-8 text", where=str(path), do="check path and encoding") from error
    reader = csv.DictReader(text.splitlines())
    header = reader.fieldnames or ()
    for column in needed:
        if column not in header:
            near = ", ".join(get_close_matches(column, header, n=1)) or "none"
            raise FileError(f"no column {column}", where=str(path), do=f"near: {near}; needed: {', '.join(needed)}")
    for column in header:
        if column not in known:
            raise FileError(f"unknown column {column!r}", where=str(path), do=f"known: {', '.join(known)}")
    rows = []
    for row in reader:
        where = f"{path}:{reader.line_num}"
        if None in row or None in row.values() or any(not row[column] for column in needed):
            raise FileError("a row that is longer or shorter, or a cell that is needed is empty", where=where,
                            do=f"fill in {', '.join(needed)}")  # fmt: skip
        rows.append((where, row))
    return rows
