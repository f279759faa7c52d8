"""The rows from which risk is learnt: every directed pair of states and year, and whether it began a dispute next.

The columns of a row are those of a model's world on 31 December, made by the same code by which the model reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.arrays import Arrays, Bools, Floats
from indivisible.errors import MissingData
from indivisible.panels.onset_columns import COLUMNS, columns_of
from indivisible.panels.onset_pairs import Disputes, Relevance
from indivisible.panels.year_worlds import Choices, Maker, PastCoverage, versions_of
from indivisible.panels.year_worlds_sources import Hostilities, Rows
from indivisible.readers.home import read_stored

FIRST = 1900  # the year before the first one whose disputes count
HOSTILITIES = ("conflicts", "disputes", "rivalries", "none")
HOSTILE_YEARS = 10
READS = frozenset({"capability", "distance", "borders", "pledges.defence", "pledges.nonaggression",
                   "pledges.neutrality"})  # fmt: skip
_PARTS = tuple[Floats, Bools, Bools, int]


@dataclass(frozen=True, slots=True, eq=False)
class PairRows:
    """All rows, in order of years. `columns` [rows, 9]: the last one is filled with the hostility that is asked for.

    `hostile` has a truth for each row from the first year that a source covers, which `hostile_from` holds.
    """

    columns: Floats
    events: Bools
    relevant: Bools
    year: NDArray[np.int16]
    hostile: Mapping[str, Bools]
    hostile_from: Mapping[str, int]
    datasets: Mapping[str, str]
    absent: Mapping[str, str]


@lru_cache(maxsize=1)
def rows_of(home_text: str, digest: tuple[str, ...]) -> PairRows:
    """Features of every year with the disputes of the year after."""
    home = Path(home_text)
    choices = Choices(hostility="none", carry_system=False)
    disputes = Disputes("gml", first=FIRST, last=9999, home=home)
    last = max(span.last or FIRST for span in disputes.yearly.windows) - 1
    sources, absent = _hostilities(last, home)
    maker = Maker(FIRST, last, choices=choices, home=home)
    relevance = Relevance(first=FIRST, last=last, home=home)
    parts: list[_PARTS] = []
    hostile: dict[str, list[Bools]] = {name: [] for name in sources}
    for world in maker.worlds():
        arrays = world.arrays_for(READS)
        if isinstance(arrays, PastCoverage):
            continue
        rows = Rows.of(world.codes.tolist())
        kept = ~np.eye(len(rows), dtype=bool) & ~disputes.only_ongoing(world.year + 1, rows)
        relevant = relevance.of(world.year, rows)
        parts.append((known_columns(arrays)[kept], disputes.begun(world.year + 1, rows)[kept], relevant[kept],
                      world.year + 1))  # fmt: skip
        for name, source in sources.items():
            if not source.past(world.year):
                hostile[name].append(source.of(world.year, rows)[kept])
    return _packed(parts, hostile, _versions(choices, home), absent)


def known_columns(arrays: Arrays, *, hostile: Bools | None = None) -> Floats:
    """The columns of arrays in which everything is known; NaN where a figure is not."""
    restraint = arrays.ties("nonaggression").sure | arrays.ties("neutrality").sure
    return columns_of(
        arrays.capability.best, arrays.distance, arrays.borders, arrays.ties("defence").sure, restraint, hostile
    )


def _hostilities(last: int, home: Path) -> tuple[dict[str, Hostilities], dict[str, str]]:
    """The sources of hostility that are imported, and what to do about the others."""
    found: dict[str, Hostilities] = {}
    absent: dict[str, str] = {}
    for name in HOSTILITIES:
        if name != "none":
            try:
                found[name] = Hostilities(name, years=HOSTILE_YEARS, first=FIRST, last=last, home=home)
            except MissingData as problem:
                absent[name] = f"{problem.what} ({problem.do})"
    return found, absent


def _packed(
    parts: list[_PARTS],
    hostile: Mapping[str, list[Bools]],
    datasets: Mapping[str, str],
    absent: Mapping[str, str],
) -> PairRows:
    """One table of all years; rows with a figure that is not known are left out."""
    if not parts:
        raise MissingData("the imported data cover no year together", do="import data of more years")
    count = sum(len(part[0]) for part in parts)
    columns = np.zeros((count, len(COLUMNS)))
    np.concatenate([part[0] for part in parts], out=columns[:, :-1])
    events, relevant = (np.concatenate([part[k] for part in parts]) for k in (1, 2))
    year = np.concatenate([np.full(len(part[0]), part[3], dtype=np.int16) for part in parts])
    joined = {name: np.concatenate(made) for name, made in hostile.items() if made}
    known = np.asarray(np.isfinite(columns).all(axis=1))
    if not known.all():
        joined = {name: one[known[count - len(one) :]] for name, one in joined.items()}
        columns, events, relevant, year = columns[known], events[known], relevant[known], year[known]
    begins = {name: len(year) - len(one) for name, one in joined.items()}
    return PairRows(columns, events, relevant, year, joined, begins, datasets, absent)


def _versions(choices: Choices, home: Path) -> dict[str, str]:
    named = {name: read_stored(name, home) for name in ("cow_majors", "gml_disputes", "rivalries_tss", "ucdp_acd")}
    return dict(sorted({
        **versions_of(choices, home=home),
        **{name: one.version for name, one in named.items() if one is not None},
    }.items()))  # fmt: skip
