"""Which pairs of states a coverage table counts: all of them, or those that matter to each other, and why they do.

A pair matters where the two share a land border, lie at most 400 miles of sea apart, or stand in a recorded dispute.
The borders and the conflicts are in the record; the distances over sea are imported, and end where their source ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.hostility import YEARS
from indivisible.errors import MissingData, QuestionError
from indivisible.record.record import Record
from indivisible.values import Truth, iso

if TYPE_CHECKING:
    import polars as pl

Pair = tuple[str, str]

CHOICES: Final = ("all", "matter")
SEA: Final = "cow_contiguity"
MILES: Final = {2: 12, 3: 24, 4: 150, 5: 400}
DISPUTES: Final = ("conflicts", "rivalries", "disputes")
_ONE_OF: Final = {"rivalries": "rivalry", "disputes": "dispute"}
_DATASETS: Final = {"rivalries": "rivalries_tss", "disputes": "gml_disputes"}


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs that are counted, alphabetical, each with why it matters, and the rules of the choice in words."""

    which: str
    pairs: tuple[Pair, ...]
    reasons: dict[Pair, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    data: dict[str, str] = field(default_factory=dict)


@dataclass
class _Found:
    """Reasons under way, the rules by which they were found, and the datasets read."""

    reasons: dict[Pair, list[str]] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)

    def add(self, one: str, other: str, why: str) -> None:
        pair = (one, other) if one < other else (other, one)
        said = self.reasons.setdefault(pair, [])
        if why not in said:
            said.append(why)


def chosen_pairs(
    record: Record,
    architecture: Architecture,
    states: Sequence[str],
    which: str,
    *,
    disputes: Sequence[str] = ("conflicts",),
    carry_sea: bool = False,
    home: Path | None = None,
) -> Pairs:
    """The pairs among some states that a table counts.

    `which`: all, or matter. `disputes`: conflicts (the record's), rivalries and disputes (imported). `carry_sea` takes
    the last known distances over sea for later days. Raises QuestionError for other words, MissingData for rivalries
    or disputes that are not imported.
    """
    whole = [(one, other) for n, one in enumerate(states) for other in states[n + 1 :]]
    if which == "all":
        return Pairs("all", tuple(whole), rules=("every pair is counted",))
    if which != "matter":
        raise QuestionError(f"no choice of pairs is called {which!r}", do=f"use {' or '.join(CHOICES)}")
    found = _Found()
    for one, other in architecture.borders:
        found.add(one, other, "land border")
    found.rules.append("a land border, by the record")
    _by_sea(record, architecture, found, carry_sea, home)
    for name in disputes:
        _by_dispute(record, architecture, name, found, home)
    pairs = tuple(pair for pair in whole if pair in found.reasons)
    reasons = {pair: tuple(found.reasons[pair]) for pair in pairs}
    return Pairs("matter", pairs, reasons, tuple(found.rules), found.data)


def _by_sea(record: Record, architecture: Architecture, found: _Found, carry: bool, home: Path | None) -> None:
    from indivisible.readers.home import read_stored

    stored = read_stored(SEA, home)
    if stored is None:
        found.rules.append(f"distances over sea are not counted: {SEA} is not imported (indivisible data import)")
        return
    from indivisible import readers

    table = readers.open(SEA, home=home).collect()
    end = table["known_to"].max()
    known_to = end.toordinal() if isinstance(end, date) else 0
    late = architecture.day >= known_to
    said = f"at most {max(MILES.values())} miles of sea, by the imported {SEA} {stored.version}".rstrip()
    last = iso(known_to - 1) if known_to else "no day"
    if late and not carry:
        found.rules.append(
            f"distances over sea are not counted: {SEA} ends on {last} (--carry-sea takes its last ones)"
        )
        return
    found.rules.append(f"{said}, as they stood on {last}, carried forward" if late else said)
    found.data[SEA] = stored.version
    for one, other, kind in _spells(record, table, min(architecture.day, known_to - 1), architecture.day):
        found.add(one, other, f"at most {MILES[kind]} miles of sea")


def _spells(record: Record, table: pl.DataFrame, day: int, codes_on: int) -> Iterator[tuple[str, str, int]]:
    """Pairs of states whose distance over sea was of some kind on the day; the nearest kind where there are several."""
    states = _states_by_code(record, codes_on)
    when = date.fromordinal(day)
    columns = ("ccode1", "ccode2", "conttype", "begins", "ends")
    for first, second, kind, begins, ends in sorted(table.select(columns).iter_rows(), key=lambda row: row[:3]):
        if kind in MILES and begins <= when and (ends is None or when < ends):
            for one in states.get(first, ()):
                for other in states.get(second, ()):
                    yield one, other, kind


def _states_by_code(record: Record, day: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for claim in record.claims(field="cow_code"):
        if claim.span.holds(day) is Truth.YES:
            found.setdefault(int(claim.value), []).append(claim.subject)
    return found


def _by_dispute(record: Record, architecture: Architecture, name: str, found: _Found, home: Path | None) -> None:
    if name == "none":
        found.rules.append("disputes are not counted")
    elif name == "conflicts":
        _by_conflict(architecture, found)
    elif name in _DATASETS:
        _by_imported(record, architecture, name, found, home)
    else:
        raise QuestionError(f"no disputes are called {name!r}", do=f"use none or some of {', '.join(DISPUTES)}")


def _by_conflict(architecture: Architecture, found: _Found) -> None:
    known = architecture.hostilities
    if known is None:
        found.rules.append("conflicts are not counted: the record's list does not cover the ten years before the day")
        return
    late = "" if known.day == architecture.day else f" as they stood on {iso(known.day)}"
    found.rules.append(f"opposite sides of an interstate conflict in the {YEARS} years before, by the record{late}")
    for hostility in known.pairs:
        doubt = "" if hostility.certain else " (perhaps longer ago than ten years)"
        found.add(hostility.one, hostility.other, f"conflict {hostility.conflict}{doubt}")


def _by_imported(record: Record, architecture: Architecture, name: str, found: _Found, home: Path | None) -> None:
    from indivisible import readers
    from indivisible.readers.home import read_stored

    dataset = _DATASETS[name]
    stored = read_stored(dataset, home)
    if stored is None:
        raise MissingData(f"{name} need {dataset}, which is not imported", do="indivisible data import FILE")
    year = date.fromordinal(architecture.day).year
    if readers.covers(dataset, year, home=home) is not Truth.YES:
        found.rules.append(f"{name} are not counted: {dataset} does not cover {year}")
        return
    found.data[dataset] = stored.version
    table = readers.open(dataset, home=home).collect()
    if name == "rivalries":
        found.rules.append(f"a strategic rivalry in the year, by the imported {dataset} {stored.version}".rstrip())
        rows = [
            (first, second)
            for first, second, begins, ends in table.select("ccode1", "ccode2", "first_year", "last_year").iter_rows()
            if begins <= year and (ends is None or year <= ends)
        ]
    else:
        found.rules.append(
            f"a dispute in the {YEARS} years before, by the imported {dataset} {stored.version}".rstrip()
        )
        rows = [
            (first, second)
            for first, second, when in table.select("ccode1", "ccode2", "year").unique().iter_rows()
            if year - YEARS <= when <= year
        ]
    states = _states_by_code(record, architecture.day)
    for first, second in sorted(rows):
        for one in states.get(first, ()):
            for other in states.get(second, ()):
                found.add(one, other, _ONE_OF[name])
