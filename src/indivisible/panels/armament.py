"""What states spend on their military: year by year for a fit, and on the day of a question for a model to read.

From SIPRI (constant prices for comparison over years, current dollars for a day) or from National Material
Capabilities (current dollars, pounds until 1913). Comparisons over years are of shares of what all states with a figure
spent that year, so that prices and a general rise of all drop out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indivisible import readers
from indivisible.errors import MissingData, QuestionError
from indivisible.panels.year_worlds_keys import StateKeys
from indivisible.readers.coverage import windows
from indivisible.readers.home import read_stored
from indivisible.record.record import Record

SPENDING: Mapping[str, str] = {"nmc": "nmc", "sipri": "sipri_milex"}
_TITLES = {"nmc": "National Material Capabilities", "sipri": "SIPRI"}
_MILLION, _THOUSAND = 1e6, 1e3
IN_DOLLARS_SINCE = 1914  # National Material Capabilities are in pounds sterling until 1913


@dataclass(frozen=True, slots=True)
class Spent:
    """Shares of what the world is known to spend, by year and key of state; who is not there is not known.

    `nameless`: names of the source that the record knows no state by.
    """

    source: str
    version: str
    shares: Mapping[int, Mapping[str, float]]
    nameless: tuple[str, ...]

    @property
    def title(self) -> str:
        """Source and version, for print."""
        return f"{_TITLES[self.source]} {self.version}"


@dataclass(frozen=True, slots=True)
class DaysSpending:
    """Military expenditure by key of state in the last year known on a day, current US dollars, and whose figures."""

    year: int
    dollars: Mapping[str, float]
    name: str
    versions: Mapping[str, str]

    @property
    def world(self) -> float:
        """What all states with a figure spend together."""
        return sum(self.dollars[state] for state in sorted(self.dollars))


def spent_by_year(source: str, first: int, last: int, *, record: Record, home: Path | None = None) -> Spent:
    """The shares of the years first..last. Raises QuestionError for an unknown source, MissingData if not imported."""
    figures, nameless = _figures(source, first, last, record, home, constant=True)
    worlds = {year: sum(of_year[state] for state in sorted(of_year)) for year, of_year in figures.items()}
    shares = {
        year: {state: spent / worlds[year] for state, spent in of_year.items()}
        for year, of_year in figures.items()
        if worlds[year] > 0.0
    }
    return Spent(source, _version(source, home), shares, nameless)


def expenditure_on(day: int, *, record: Record, home: Path | None = None) -> DaysSpending:
    """What states spent in the last year that had ended on the day, or in the last one that the source covers.

    From SIPRI where it is imported and begins early enough, and for states without a figure there from National
    Material Capabilities, if they cover the year: `name` says for how many. Else from National Material Capabilities
    alone. Raises MissingData if neither is imported or begins early enough.
    """
    asked = date.fromordinal(day + 1).year - 1
    if all(read_stored(dataset, home) is None for dataset in SPENDING.values()):
        readers.open(SPENDING["sipri"], home=home)  # says what to import
    source = "sipri" if _begins(SPENDING["sipri"], home) <= asked else "nmc"
    year = _last_year(source, asked, home)
    own = _figures(source, year, year, record, home, constant=False)[0].get(year, {})
    versions = {SPENDING[source]: _version(source, home)}
    name = f"{_TITLES[source]}, {year}"
    if source == "nmc":
        return DaysSpending(year, own, name, versions)
    more = _instead(year, record, home)
    filled = {state: spent for state, spent in more.items() if state not in own}
    if filled:
        versions[SPENDING["nmc"]] = _version("nmc", home)
        name += f"; for {len(filled)} states without a figure there {_TITLES['nmc']}, {year}"
    return DaysSpending(year, {**own, **filled}, name, versions)


def _instead(year: int, record: Record, home: Path | None) -> Mapping[str, float]:
    """The figures of National Material Capabilities, none where they are not imported or do not cover the year."""
    if read_stored(SPENDING["nmc"], home) is None or year < IN_DOLLARS_SINCE:
        return {}
    return _figures("nmc", year, year, record, home, constant=False)[0].get(year, {})


def _begins(dataset: str, home: Path | None) -> int:
    """The first year of a dataset, beyond all years where it is not imported."""
    if read_stored(dataset, home) is None:
        return date.max.year
    return min(span.first for span in windows(dataset, home=home))


def _last_year(source: str, year: int, home: Path | None) -> int:
    _check(source)
    readers.open(SPENDING[source], home=home)  # raises MissingData before the window is read
    spans = windows(SPENDING[source], home=home)
    known = [span for span in spans if span.first <= year]
    if not known:
        first = min(span.first for span in spans)
        raise MissingData(f"{_TITLES[source]} has no expenditure before {first}", do="choose a later day with --on")
    return max(year if span.last is None else min(year, span.last) for span in known)


def _check(source: str) -> None:
    if source not in SPENDING:
        raise QuestionError(f"no source of expenditure is called {source!r}", do=" or ".join(sorted(SPENDING)))


def _version(source: str, home: Path | None) -> str:
    stored = read_stored(SPENDING[source], home)
    return "" if stored is None else stored.version


Figures = dict[int, dict[str, float]]


def _figures(
    source: str, first: int, last: int, record: Record, home: Path | None, *, constant: bool
) -> tuple[Figures, tuple[str, ...]]:
    """Expenditure by year and key of state; a state that a year names twice has none."""
    import polars as pl

    _check(source)
    table = readers.open(SPENDING[source], home=home).filter(pl.col("year").is_between(first, last))
    if source == "nmc":
        keys = StateKeys(record)
        rows = table.select("ccode", "year", pl.col("milex") * _THOUSAND).drop_nulls().collect()
        found = ((keys.at_end_of(code, year), year, spent) for code, year, spent in rows.iter_rows())
        return _by_year(found), ()
    column = "constant_usd_m" if constant else "current_usd_m"
    rows = table.select("country", "year", pl.col(column) * _MILLION).drop_nulls().collect()
    names = {name: _state(record, name) for name in rows["country"].unique().sort()}
    nameless = tuple(name for name, key in names.items() if key is None)
    return _by_year((names[name], year, spent) for name, year, spent in rows.iter_rows()), nameless


def _by_year(found: Iterator[tuple[str | None, int, float]]) -> Figures:
    made: Figures = {}
    twice: set[tuple[int, str]] = set()
    for key, year, spent in found:
        if key is None:
            continue
        if key in made.setdefault(year, {}):
            twice.add((year, key))
        made[year][key] = spent
    for year, key in twice:
        del made[year][key]
    return made


def _state(record: Record, name: str) -> str | None:
    """The state of a name, which may stand before its qualifier: `Congo, DR` is also `DR Congo` and `DR of Congo`."""
    last, comma, first = name.partition(", ")
    for written in (name, f"{first} {last}", f"{first} of {last}") if comma else (name,):
        try:
            return record.resolve(written, "state")
        except QuestionError:
            continue
    return None
