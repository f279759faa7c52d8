"""Holdings of weapons, as states declare them or others estimate them: read strictly, added up as intervals.

A holding is known for one zone, one category and one status. What is not given is worked out only as far as it
follows: parts add up to a whole, a part is never more than the whole, and a part is at least the whole less the
others. What does not follow is not known, and never zero.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

from indivisible.errors import FileError, UnknownName
from indivisible.record.record import Record
from indivisible.rules.facts import CHOICE, DAY, NAME, NUMBER, TABLE, Fact, Facts, read_facts, vocabulary
from indivisible.values import Estimate, Truth, iso

HOLDINGS = "holdings"
COLUMNS = ("state", "zone", "category", "status", "basis", "low", "high", "date")
DECLARED, ESTIMATED = "declared", "estimated"
TOTAL, ACTIVE, STORED = "total", "active", "stored"
STATUSES: Mapping[str, str] = {TOTAL: "", ACTIVE: TOTAL, STORED: TOTAL}
NOTHING_KNOWN = Estimate(0, None, math.inf)
_ONLY = ("state", "zone", "category", "status", "basis", "date")


@dataclass(frozen=True)
class Scheme:
    """How the holdings under one text divide: every zone and every category with the wider one that it is part of.

    The parts named of a whole divide it without rest; an empty string marks a whole.
    """

    zones: Mapping[str, str]
    categories: Mapping[str, str]
    statuses: Mapping[str, str] = field(default_factory=lambda: STATUSES)

    def fact(self) -> Fact:
        """The table of holdings as a fact of a case."""
        return Fact(
            HOLDINGS, TABLE, "Holdings by state, zone, category, status and basis, each with its date.",
            of=(
                Fact("state", NAME, "Key or name of the state."),
                Fact("zone", CHOICE, "Zone in which they are.", choices=tuple(self.zones)),
                Fact("category", CHOICE, "Category of the text.", choices=tuple(self.categories)),
                Fact("status", CHOICE, "In active units, stored, or both together.", choices=tuple(self.statuses)),
                Fact("basis", CHOICE, "Who says so.", choices=(DECLARED, ESTIMATED)),
                Fact("count", NUMBER, "How many, or low..high."),
                Fact("date", DAY, "The day of which the figure is."),
            ),
        )  # fmt: skip


def read_holdings(path: str | Path, known: Fact) -> tuple[Facts, ...]:
    """The rows of a holdings file with the columns state, zone, category, status, basis, low, high, date.

    Raises FileError that names file, row (the heading is row 1) and field.
    """
    place = Path(path)
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, strict=True))
    except OSError as problem:
        raise FileError(f"cannot be read: {problem.strerror}", where=str(place), do="check the path") from None
    except UnicodeDecodeError as problem:
        raise FileError(f"byte {problem.start} is not UTF-8", where=str(place), do="save the file as UTF-8") from None
    except csv.Error as problem:
        raise FileError(f"it is not CSV: {problem}", where=str(place), do="close every quotation mark") from None
    if not lines:
        raise FileError("it is empty", where=str(place), do=f"begin with {','.join(COLUMNS)}")
    if sorted(lines[0]) != sorted(COLUMNS):
        given = ", ".join(lines[0])
        raise FileError(f"the first row is {given}", where=str(place), do=f"write {','.join(COLUMNS)}")
    if not any(cell.strip() for line in lines[1:] for cell in line):
        raise FileError("there is no row below the heading", where=str(place), do="write one row for each holding")
    return tuple(
        _row(dict(zip(lines[0], line, strict=False)), len(line), known, f"{place.name}, row {number}")
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    )


def _row(cells: Mapping[str, str], count: int, known: Fact, where: str) -> Facts:
    if count != len(COLUMNS):
        raise FileError(f"{count} fields instead of {len(COLUMNS)}", where=where, do=f"write {','.join(COLUMNS)}")
    given: dict[str, object] = {name: cells[name].strip() for name in _ONLY}
    for name in _ONLY:
        if not given[name]:
            raise FileError("it is empty", where=f"{where}, field {name}", do="fill it in")
    low, high = (_bound(cells[name], f"{where}, field {name}") for name in ("low", "high"))
    row = read_facts(given, vocabulary(*known.of), where=where)
    if low is None and high is None:
        return row
    found = Estimate(low or 0.0, None, math.inf if high is None else high)
    if found.high < found.low:
        raise FileError(f"{cells['high']} is below low, {cells['low']}", where=f"{where}, field high",
                        do="write the smaller number under low")  # fmt: skip
    exact = found.low if found.low == found.high else None
    return Facts(row.known, {**row.values, "count": replace(found, best=exact)}, where)


def _bound(text: str, where: str) -> float | None:
    """One end of an interval; an empty cell is not known."""
    if not text.strip():
        return None
    try:
        found = float(text)
    except ValueError:
        raise FileError(f"{text!r} is not a number", where=where, do="write digits only, such as 1560") from None
    if not math.isfinite(found):
        raise FileError(f"{text!r} is not a number", where=where, do="leave it empty if it is not known")
    if found < 0:
        raise FileError(f"{text!r} is below zero", where=where, do="a count is 0 or more")
    if found != int(found) or not text.strip().isdigit():
        raise FileError(f"{text!r} is not a whole number", where=where, do="write digits only, such as 1560")
    return found


def checked(rows: Sequence[Facts], record: Record, treaty: str) -> tuple[Facts, ...]:
    """The rows with the keys of their states.

    Raises FileError for a row without all its fields, a state the record does not know, a date outside the life of
    the text, and two rows for one holding.
    """
    from indivisible.architecture.treaty_text import treaty_text

    text = treaty_text(record, treaty)
    seen: dict[tuple[object, ...], str] = {}
    found = []
    for row in rows:
        for name in _ONLY:
            if name not in row.values:
                raise FileError("it is not given", where=f"{row.where}, field {name}", do="fill it in")
        try:
            key = record.resolve(row.text("state") or "", "state")
        except UnknownName as problem:
            raise FileError(problem.what, where=f"{row.where}, field state", do=problem.do) from None
        day = row.day("date") or 0
        if text.adopted(day) is Truth.NO or text.ended(day) is Truth.YES:
            raise FileError(f"{iso(day)} lies outside the life of {treaty}", where=f"{row.where}, field date",
                            do=f"give a day on which there was such a text: {_life(text)}")  # fmt: skip
        kept = Facts(row.known, {**row.values, "state": key}, row.where)
        same = tuple(kept.values[name] for name in _ONLY)
        if same in seen:
            raise FileError(f"the same holding stands in {seen[same]}", where=row.where, do="keep one of the two rows")
        seen[same] = row.where
        found.append(kept)
    return tuple(found)


def _life(text: object) -> str:
    about = getattr(text, "about", {})
    first = next((claim.begin for claim in (*about["adopted"], *about["proposed"])), "")
    last = next((claim.begin for claim in about["ended"]), "")
    return f"from {first}" + (f", before {last}" if last else "")


Cell = tuple[str, str, str]  # zone, category, status


class Holdings:
    """The holdings of a case on one day: for each state and basis the rows of the latest date not after that day."""

    def __init__(self, rows: Sequence[Facts], scheme: Scheme, day: int, *, of: str = "state") -> None:
        self.scheme = scheme
        self._of = of  # whose they are: a state's, or in a table of sums a group's
        self._trees = (_Tree(scheme.zones), _Tree(scheme.categories), _Tree(scheme.statuses))
        self._own: dict[tuple[str, str], dict[Cell, Estimate]] = {}
        self.dates: dict[tuple[str, str, str], int] = {}  # state, basis, whole category -> day of its figures
        self._solved: dict[tuple[str, str], _Bounds] = {}
        for row in rows:
            date, key = row.day("date") or 0, self._key(row)
            if date <= day and date > self.dates.get(key, 0):
                self.dates[key] = date
        for row in rows:
            count = row.number("count")
            if count is not None and (row.day("date") or 0) == self.dates.get(self._key(row)):
                cell = (row.text("zone") or "", row.text("category") or "", row.text("status") or "")
                self._own.setdefault(self._key(row)[:2], {})[cell] = count

    def _key(self, row: Facts) -> tuple[str, str, str]:
        whole = self._trees[1].whole(row.text("category") or "")
        return row.text(self._of) or "", row.text("basis") or "", whole

    def bases(self) -> tuple[str, ...]:
        """Which of declared and estimated have a figure on the day; declared if none has."""
        return tuple(sorted({basis for _, basis, _ in self.dates})) or (DECLARED,)

    def states(self) -> tuple[str, ...]:
        """States with a figure on the day."""
        return tuple(sorted({state for state, _, _ in self.dates}))

    def count(self, state: str, basis: str, *, zone: str, category: str, status: str = TOTAL) -> Estimate:
        """How many a state holds, as an interval; from 0 without end where nothing is known.

        Raises FileError where the rows contradict each other.
        """
        key = (state, basis)
        if key not in self._own:
            return NOTHING_KNOWN
        if key not in self._solved:
            self._solved[key] = _Bounds(self._own[key], self._trees)
        low, high = self._solved[key].of((zone, category, status))
        if low > high:
            raise FileError(
                f"the {basis} holdings of {state} contradict each other: {category} ({status}) in {zone} would be at "
                f"least {low:,.10g} and at most {high:,.10g}",
                do="a part cannot be more than the whole: check the rows of the same date",
            )
        return Estimate(low, low if low == high else None, high)

    def sum(self, states: Iterable[str], basis: str, *, zone: str, category: str, status: str = TOTAL) -> Estimate:
        """How many several states hold together; open above as soon as one of them is not known."""
        found = [self.count(state, basis, zone=zone, category=category, status=status) for state in states]
        return plus(found)


def plus(values: Sequence[Estimate]) -> Estimate:
    """The sum of intervals."""
    low, high = math.fsum(one.low for one in values), math.fsum(one.high for one in values)
    return Estimate(low, low if low == high else None, high)


class _Tree:
    """A hierarchy in which the children of a node divide it without rest."""

    def __init__(self, parents: Mapping[str, str]) -> None:
        self.parents = parents
        self.children: dict[str, tuple[str, ...]] = {}
        for node, parent in parents.items():
            if parent:
                self.children[parent] = (*self.children.get(parent, ()), node)

    def path(self, node: str) -> tuple[str, ...]:
        """The node and every wider one."""
        found = [node]
        while self.parents.get(found[-1]):
            found.append(self.parents[found[-1]])
        return tuple(found)

    def whole(self, node: str) -> str:
        return self.path(node)[-1]


class _Bounds:
    """What follows for every cell from the cells that are given, by adding and taking away along each hierarchy."""

    def __init__(self, own: Mapping[Cell, Estimate], trees: tuple[_Tree, _Tree, _Tree]) -> None:
        self.own = own
        self.trees = trees
        self._with_parts = {
            cell
            for given in own
            for cell in product(*(tree.path(name) for tree, name in zip(trees, given, strict=True)))
        }  # cells about which the given ones tell from below
        self._down: dict[Cell, tuple[float, float]] = {}
        self._all: dict[Cell, tuple[float, float]] = {}

    def of(self, cell: Cell) -> tuple[float, float]:
        """Lowest and highest count that the given cells leave open."""
        if cell not in self._all:
            low, high = self._from_parts(cell)
            for whole, rest in self._wholes(cell):
                whole_low, whole_high = self.of(whole)
                parts = [self._from_parts(one) for one in rest]
                high = min(high, whole_high - math.fsum(one[0] for one in parts))
                low = max(low, whole_low - math.fsum(one[1] for one in parts))
            self._all[cell] = low, high
        return self._all[cell]

    def _from_parts(self, cell: Cell) -> tuple[float, float]:
        """From the cell's own figure and from its parts."""
        if cell not in self._with_parts:
            return 0.0, math.inf
        if cell not in self._down:
            given = self.own.get(cell)
            low, high = (given.low, given.high) if given is not None else (0.0, math.inf)
            for axis, tree in enumerate(self.trees):
                parts = [self._from_parts(_moved(cell, axis, one)) for one in tree.children.get(cell[axis], ())]
                if parts:
                    low = max(low, math.fsum(one[0] for one in parts))
                    high = min(high, math.fsum(one[1] for one in parts))
            self._down[cell] = low, high
        return self._down[cell]

    def _wholes(self, cell: Cell) -> Iterator[tuple[Cell, list[Cell]]]:
        """Each whole that the cell is part of, with its other parts."""
        for axis, tree in enumerate(self.trees):
            parent = tree.parents.get(cell[axis], "")
            if parent:
                others = [one for one in tree.children[parent] if one != cell[axis]]
                yield _moved(cell, axis, parent), [_moved(cell, axis, one) for one in others]


def _moved(cell: Cell, axis: int, name: str) -> Cell:
    zone, category, status = cell
    return (name, category, status) if axis == 0 else (zone, name, status) if axis == 1 else (zone, category, name)
