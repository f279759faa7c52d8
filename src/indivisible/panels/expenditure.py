"""What states spent on their military in a year, in current US dollars: from National Material Capabilities or SIPRI.

The two differ in what they count and in whom they cover; they are never mixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indivisible import readers
from indivisible.errors import QuestionError, UnknownName
from indivisible.panels.year_worlds_keys import StateKeys, unkeyed
from indivisible.readers.coverage import windows
from indivisible.readers.home import read_stored
from indivisible.record.record import Record

if TYPE_CHECKING:
    import polars as pl

DATASETS = {"nmc": "nmc", "sipri": "sipri_milex"}
IN_DOLLARS_SINCE = 1914  # National Material Capabilities are in pounds sterling until 1913
_THOUSAND, _MILLION = 1e3, 1e6


@dataclass(frozen=True)
class Expenditures:
    """Military expenditure by year and key of state, current US dollars; who is not there is not known.

    A code of National Material Capabilities that the record gives to nobody keeps its number, as `COW_300`.
    `nameless`: names of the source that the record knows no state by. `years` holds the covered years only.
    """

    source: str
    version: str
    years: Mapping[int, Mapping[str, float]]
    nameless: tuple[str, ...]

    @property
    def name(self) -> str:
        """Source and version, for print."""
        title = {"nmc": "National Material Capabilities", "sipri": "SIPRI"}[self.source]
        return f"{title} {self.version}, current US dollars"


def expenditures(
    source: str, first: int, last: int, *, record: Record | None = None, home: Path | None = None
) -> Expenditures:
    """The expenditures of first..last from `nmc` or `sipri`.

    Raises QuestionError for another source and MissingData for one that is not imported.
    """
    if source not in DATASETS:
        raise QuestionError(f"no source of expenditure is called {source!r}", do=" or ".join(DATASETS))
    if record is None:
        from indivisible.record.load import load

        record = load()
    import polars as pl  # here, because every model is loaded before any question

    table = readers.open(DATASETS[source], home=home).filter(pl.col("year").is_between(first, last)).collect()
    stored = read_stored(DATASETS[source], home)
    made, nameless = _nmc(table, record) if source == "nmc" else _sipri(table, record)
    covered = _covered(source, first, last, home)
    years = {year: made.get(year, {}) for year in covered}
    return Expenditures(source, "" if stored is None else stored.version, years, nameless)


def _covered(source: str, first: int, last: int, home: Path | None) -> list[int]:
    spans = windows(DATASETS[source], home=home)
    years = [y for y in range(first, last + 1) if any(s.first <= y <= (s.last or y) for s in spans)]
    return [year for year in years if source != "nmc" or year >= IN_DOLLARS_SINCE]


def _nmc(table: pl.DataFrame, record: Record) -> tuple[dict[int, dict[str, float]], tuple[str, ...]]:
    keys = StateKeys(record)
    made: dict[int, dict[str, float]] = {}
    for code, year, spent in table.drop_nulls("milex").select("ccode", "year", "milex").iter_rows():
        if year >= IN_DOLLARS_SINCE:
            key = keys.at_end_of(code, year) or unkeyed(code)
            made.setdefault(year, {})[key] = spent * _THOUSAND
    return made, ()


def _sipri(table: pl.DataFrame, record: Record) -> tuple[dict[int, dict[str, float]], tuple[str, ...]]:
    known: dict[str, str | None] = {}
    made: dict[int, dict[str, float]] = {}
    for name, year, spent in table.drop_nulls("current_usd_m").select("country", "year", "current_usd_m").iter_rows():
        if name not in known:
            known[name] = _key(record, name)
        key = known[name]
        if key is not None:
            made.setdefault(year, {})[key] = spent * _MILLION
    return made, tuple(sorted(name for name, key in known.items() if key is None))


def _key(record: Record, name: str) -> str | None:
    try:
        return record.resolve(name, "state")
    except (UnknownName, QuestionError):
        return None
