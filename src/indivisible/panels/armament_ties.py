"""Who bordered on whom, who was pledged to defend whom and who had fought whom, at the end of each year, by the record.

An architecture of a day takes a fifth of a second; those of thirty years are kept in the cache of packed records,
under the digest of the record that they come from.
"""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.arrays import Bools, Integers
from indivisible.architecture.snapshot import as_of
from indivisible.record.load import cache_folder
from indivisible.record.record import Record

_LAYOUT = 1  # of the cached files
_PARTS = ("states", "borders", "hostile", "covered", "pledges", "treaties")


@dataclass(frozen=True, slots=True, eq=False)
class YearTies:
    """The ties of one 31 December, n states in alphabetical order; what is in doubt that day is left out.

    `borders` [n, n] symmetric; `hostile` [n, n] by the record's conflicts, None where its list does not reach back far
    enough; `pledges` [k, 3]: treaty, row of who is pledged to defend, row of whom.
    """

    year: int
    states: tuple[str, ...]
    borders: Bools
    hostile: Bools | None
    pledges: Integers
    treaties: tuple[str, ...]

    def defended(self, *, without: Collection[str] = ()) -> Bools:
        """[i, j]: j is pledged to defend i, by treaties other than those `without`."""
        table = np.zeros((len(self.states),) * 2, dtype=bool)
        counts = np.array([name not in without for name in self.treaties], dtype=bool)
        kept = self.pledges[counts[self.pledges[:, 0]]] if len(self.pledges) else self.pledges
        table[kept[:, 2], kept[:, 1]] = True
        return table


def ties_of_year(record: Record, year: int) -> YearTies:
    """The ties at the end of a year. Raises QuestionError past the record's coverage."""
    return _ties(_Held(record), year)


class _Held:
    """A record as a key of the memory of this process: two with one digest are one."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.record.digest == other.record.digest

    def __hash__(self) -> int:
        return hash(self.record.digest)


@lru_cache(maxsize=256)
def _ties(held: _Held, year: int) -> YearTies:
    path = cache_folder() / f"ties-{_LAYOUT}-{held.record.digest.removeprefix('sha256:')[:24]}-{year}.npz"
    found = _stored(path, year)
    if found is None:
        found = _made(as_of(held.record, date(year, 12, 31).toordinal()), year)
        _store(path, found)
    return found


def _made(architecture: Architecture, year: int) -> YearTies:
    row = {state: i for i, state in enumerate(architecture.states)}
    numbers: dict[str, int] = {}
    pledges = [
        (numbers.setdefault(p.treaty, len(numbers)), row[p.sender], row[p.receiver])
        for p in architecture.pledges
        if p.kind == "defence" and p.certain and p.sender in row and p.receiver in row and p.sender != p.receiver
    ]
    fought = architecture.hostilities
    return YearTies(
        year=year,
        states=architecture.states,
        borders=_table(architecture.borders, row),
        hostile=None if fought is None else _table(((h.one, h.other) for h in fought.pairs if h.certain), row),
        pledges=np.array(pledges, dtype=np.int64).reshape(-1, 3),
        treaties=tuple(numbers),
    )


def _table(pairs: Iterable[tuple[str, str]], row: dict[str, int]) -> Bools:
    table = np.zeros((len(row), len(row)), dtype=bool)
    for one, other in pairs:
        if one in row and other in row and one != other:
            table[row[one], row[other]] = table[row[other], row[one]] = True
    return table


def _stored(path: Path, year: int) -> YearTies | None:
    """What is in the cache; None where it is not there or not whole."""
    try:
        with np.load(path, allow_pickle=False) as held:
            parts = {name: held[name] for name in _PARTS}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error):
        return None
    n = len(parts["states"])
    square: tuple[NDArray[np.bool_], ...] = tuple(
        np.unpackbits(parts[name], count=n * n).astype(bool).reshape(n, n) for name in ("borders", "hostile")
    )
    return YearTies(
        year, tuple(parts["states"].tolist()), square[0], square[1] if parts["covered"] else None,
        parts["pledges"].astype(np.int64), tuple(parts["treaties"].tolist()),
    )  # fmt: skip


def _store(path: Path, ties: YearTies) -> None:
    """Write whole or not at all; a cache that cannot be written only costs time."""
    nobody = np.zeros_like(ties.borders)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ties-", suffix=".npz")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(
                    file,
                    states=np.array(ties.states, dtype=np.str_),
                    borders=np.packbits(ties.borders),
                    hostile=np.packbits(nobody if ties.hostile is None else ties.hostile),
                    covered=np.array(ties.hostile is not None),
                    pledges=ties.pledges.astype(np.int16),
                    treaties=np.array(ties.treaties, dtype=np.str_),
                )
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return
