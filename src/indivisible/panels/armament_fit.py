"""How states answered the armament of others in the last thirty years: the fit on which the arms-race model rests.

A row is a state and a year t. With y what the state spends, in multiples of its median over the years of the fit, and
x_j what j spends, as a share of what all states with a figure spend that year:

    y(t+1) - y(t) = b_hostile  * sum of x_j over states hostile to it
                  + b_neighbour * sum of x_j over land neighbours that are not pledged to defend it
                  + b_camp      * sum of x_j over states that are pledged to defend a state hostile to it, and not it
                  - fatigue * y(t) + grievance of the state + effect of the year

None of the first four and no grievance below zero (`measures.two_way`). One fit for each source of expenditure and of
hostility, because grievances take up what the sums leave out. A change by more than the median within one year (a war,
a break in a series) is left out: a few hundredths of the rows, which would otherwise decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indivisible.architecture.arrays import Bools, Floats, Integers
from indivisible.errors import MissingData
from indivisible.measures.two_way import TwoWay, two_way
from indivisible.panels.armament import SPENDING, Spent, expenditure_on, spent_by_year
from indivisible.panels.armament_ties import YearTies, ties_of_year
from indivisible.readers.home import data_home, read_stored
from indivisible.record.record import Record

if TYPE_CHECKING:
    from indivisible.panels.year_worlds_sources import Hostilities

WINDOW = 30
FEWEST_YEARS = 10  # of a fit, and of a state half as many
HELD_BACK = 5  # last years that a second fit has not seen
REACTIONS = ("hostile", "neighbour", "camp")
COLUMNS = (*REACTIONS, "fatigue")
HOSTILITIES = ("conflicts", "disputes", "none", "rivalries")
_DATASETS = {"disputes": "gml_disputes", "rivalries": "rivalries_tss"}
_HOSTILE_YEARS = 10
_BREAK = 1.0  # a change by more than so many medians within a year is left out


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient: as it is used, as it is without bounds, and the standard error of that (NaN: not told)."""

    used: float
    free: float
    error: float

    @property
    def at_bound(self) -> bool:
        """Whether the data would have it below zero."""
        return self.free < 0.0

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "estimate": self.used,
            "without_bounds": self.free,
            "standard_error": None if np.isnan(self.error) else self.error,
            "at_bound": self.at_bound,
        }


@dataclass(frozen=True, slots=True)
class Variant:
    """The fit with one source of expenditure and one of hostility.

    `fitted`: share of the variation within states and years that the four columns account for. `skill`: by how much
    smaller than those of "no change" the squared errors of one year ahead are over the last years, which a second fit
    has not seen; below zero if they are larger, NaN where too few years are left. `gaps`: rows with a tie to a state
    whose expenditure is not known; it adds nothing to their sums. `breaks`: rows left out for too great a change.
    """

    spending: str
    hostility: str
    coefficients: Mapping[str, Coefficient]
    grievances: Mapping[str, Coefficient]
    years: tuple[int, int]
    rows: int
    gaps: int
    breaks: int
    fitted: float
    skill: float

    def to_dict(self) -> dict[str, Any]:
        """For JSON; grievances are summed up."""
        found = sorted(one.used for one in self.grievances.values())
        return {
            "spending": self.spending,
            "hostility": self.hostility,
            "years": list(self.years),
            "rows": self.rows,
            "rows_with_gaps": self.gaps,
            "breaks_left_out": self.breaks,
            "states": len(self.grievances),
            "coefficients": {name: self.coefficients[name].to_dict() for name in COLUMNS},
            "grievance": {
                "least": found[0], "median": float(np.median(found)), "most": found[-1],
                "at_bound": sorted(state for state, one in self.grievances.items() if one.at_bound),
            },
            "fitted_within": self.fitted,
            "skill_of_last_years": None if np.isnan(self.skill) else self.skill,
        }  # fmt: skip

    def sentence(self) -> str:
        """The coefficients with their errors, and how well they foretold years that they had not seen."""
        told = "; ".join(f"{_SAID[name]} {_number(self.coefficients[name])}" for name in COLUMNS)
        fitted = f"they account for {100 * self.fitted:.0f}% of the changes within states and years"
        if np.isnan(self.skill):
            return f"{told}; {fitted}"
        worse = "smaller" if self.skill >= 0.0 else "larger"
        last = f"squared errors of the last {HELD_BACK} years, unseen, are {abs(100 * self.skill):.0f}% {worse}"
        return f"{told}; {fitted}, and {last} than those of no change"


_SAID = {
    "hostile": "reaction to hostile states", "neighbour": "to neighbours that are no defenders",
    "camp": "to defenders of hostile states", "fatigue": "fatigue",
}  # fmt: skip


def _number(one: Coefficient) -> str:
    if np.isnan(one.error):
        return "not told by the data, taken as 0"
    if one.at_bound:
        return f"0, at its bound (without it {one.free:.2f}, s.e. {one.error:.2f})"
    return f"{one.used:.2f} (s.e. {one.error:.2f})"


@dataclass(frozen=True)
class ArmamentFit:
    """The fits by source of expenditure and of hostility; `world` is what all states spend on the day, in dollars.

    `absent` says why a variant is not there.
    """

    world: float
    variants: Mapping[tuple[str, str], Variant]
    datasets: Mapping[str, str]
    absent: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def variant(self, spending: str, hostility: str) -> Variant | str:
        """The fit for a source of expenditure and of hostility, by the first word of its name, or why there is none.

        Where only one was fitted, it is taken for hostility that was given by hand.
        """
        word = hostility.partition(" ")[0]
        if word not in HOSTILITIES and len(self.variants) == 1:
            return next(iter(self.variants.values()))
        if (spending, word) in self.variants:
            return self.variants[spending, word]
        return self.absent.get((spending, word), f"no fit with hostility by {word}")

    def to_dict(self) -> dict[str, Any]:
        """All of it for JSON."""
        return {
            "what": "states and years: the next year's change of military expenditure",
            "world_usd": self.world,
            "variants": [self.variants[key].to_dict() for key in sorted(self.variants)],
            "absent": {f"{spending} {word}": why for (spending, word), why in sorted(self.absent.items())},
            "datasets": dict(self.datasets),
            "reads_as": "association, not effect",
        }

    def sentence(self) -> str:
        """What was fitted to what."""
        first = min(one.years[0] for one in self.variants.values())
        last = max(one.years[1] for one in self.variants.values())
        data = ", ".join(f"{name} {version}".strip() for name, version in sorted(self.datasets.items()))
        return f"Fitted on military expenditure of {first} to {last} ({data}). An association, not an effect."


def armament_fit(day: int, *, home: Path | None = None) -> ArmamentFit:
    """The fits on the thirty years up to the last one that had ended on the day, by the record that ships.

    One for each source of expenditure and hostility that is imported. Raises MissingData where there is none at all.
    The same question is answered once in a process.
    """
    from indivisible.record.load import load

    keys = sorted({*SPENDING.values(), *_DATASETS.values()})
    stored = tuple(None if (one := read_stored(key, home)) is None else one.table_sha256 for key in keys)
    return _fitted(date.fromordinal(day + 1).year - 1, _Asked(load(), data_home(home).parent, stored))


@dataclass(frozen=True, eq=False)
class _Asked:
    """What a fit hangs on, as a key of this process's memory."""

    record: Record
    home: Path
    stored: tuple[str | None, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, Path, tuple[str | None, ...]]:
        return (self.record.digest, self.home, self.stored)


@lru_cache(maxsize=128)
def _fitted(last: int, asked: _Asked) -> ArmamentFit:
    record, home = asked.record, asked.home
    spent_on_day = expenditure_on(date(last, 12, 31).toordinal(), record=record, home=home)
    versions = dict(spent_on_day.versions)
    variants: dict[tuple[str, str], Variant] = {}
    absent: dict[tuple[str, str], str] = {}
    for source, dataset in SPENDING.items():
        if read_stored(dataset, home) is None:
            absent |= {(source, name): f"{dataset} is not imported" for name in HOSTILITIES}
            continue
        spent = spent_by_year(source, last - WINDOW, last, record=record, home=home)
        versions[dataset] = spent.version
        years = [year for year in _years(last, record) if {year, year + 1} <= set(spent.shares)]
        ties = [ties_of_year(record, year) for year in years]
        for name in HOSTILITIES:
            found = _variant(spent, name, _with_hostility(name, ties, record, home) if ties else [])
            if isinstance(found, Variant):
                variants[source, name] = found
                versions |= _version(_DATASETS.get(name), home)
            else:
                absent[source, name] = found
    if not variants:
        why = "; ".join(sorted(set(absent.values())))
        raise MissingData(f"arms-race cannot be fitted: {why}", do="import SIPRI, or choose a later day with --on")
    return ArmamentFit(spent_on_day.world, variants, versions, absent)


def _years(last: int, record: Record) -> range:
    """The years whose ties a fit may need."""
    return range(last - WINDOW, min(last, date.fromordinal(record.known_to).year))


def _version(dataset: str | None, home: Path) -> dict[str, str]:
    stored = None if dataset is None else read_stored(dataset, home)
    return {} if stored is None or dataset is None else {dataset: stored.version}


Tied = tuple[YearTies, Bools]


def _with_hostility(name: str, ties: Sequence[YearTies], record: Record, home: Path) -> list[Tied] | str:
    """The ties of each year with who is hostile to whom by one source; years that it does not cover are left out."""
    if name == "none":
        return [(one, np.zeros_like(one.borders)) for one in ties]
    if name == "conflicts":
        return [(one, one.hostile) for one in ties if one.hostile is not None]
    if read_stored(_DATASETS[name], home) is None:
        return f"{_DATASETS[name]} is not imported"
    from indivisible.panels.year_worlds_sources import Hostilities

    first, last = ties[0].year, ties[-1].year
    found = Hostilities(name, years=_HOSTILE_YEARS, first=first, last=last, home=home)
    codes = record.claims(field="cow_code")
    spans = [(one.span.from_latest, one.span.to_earliest, one.subject, int(one.value)) for one in codes]
    return [(one, _hostile(found, one, spans)) for one in ties if not found.past(one.year)]


def _hostile(found: Hostilities, ties: YearTies, spans: Sequence[tuple[int, int, str, int]]) -> Bools:
    """[i, j] symmetric; a state without a COW code is hostile to nobody. `spans`: when a state has which code."""
    from indivisible.panels.year_worlds_sources import Rows

    day = date(ties.year, 12, 31).toordinal()
    code = {state: number for begins, ends, state, number in spans if begins <= day < ends}
    coded = [i for i, state in enumerate(ties.states) if state in code]
    table = np.zeros_like(ties.borders)
    table[np.ix_(coded, coded)] = found.of(ties.year, Rows.of([code[ties.states[i]] for i in coded]))
    return table


def _variant(spent: Spent, hostility: str, tied: list[Tied] | str) -> Variant | str:
    """The fit on these years, or why there is none."""
    if isinstance(tied, str):
        return tied
    rows = _Rows.of(spent, tied)
    if len(rows.years) < FEWEST_YEARS:
        covered = f"{len(rows.years)} years of both expenditure and hostility by {hostility} are covered"
        return f"{covered}, {FEWEST_YEARS} are needed"
    found = rows.fit()
    return Variant(
        spending=spent.source,
        hostility=hostility,
        coefficients=_coefficients(COLUMNS, found.coefficients, found.free, found.errors),
        grievances=_coefficients(rows.states, found.units, found.free_units, found.unit_errors),
        years=(rows.years[0], rows.years[-1] + 1),
        rows=found.rows,
        gaps=int(rows.gaps.sum()),
        breaks=rows.breaks,
        fitted=found.fitted,
        skill=rows.skill(),
    )


def _coefficients(names: Sequence[str], used: Floats, free: Floats, errors: Floats) -> dict[str, Coefficient]:
    table = zip(names, used.tolist(), free.tolist(), errors.tolist(), strict=True)
    return {name: Coefficient(*numbers) for name, *numbers in table}


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows of one fit: changes [n], columns [n, 4], numbers of states and years."""

    states: tuple[str, ...]
    years: tuple[int, ...]
    changes: Floats
    columns: Floats
    state: Integers
    year: Integers
    gaps: Bools
    breaks: int

    @staticmethod
    def of(spent: Spent, tied: Sequence[Tied]) -> _Rows:
        """All states and years with a figure in the year and the next, of states with years enough."""
        raw = [row for one in tied for row in _of_year(spent, *one)]
        own: dict[str, list[float]] = {}
        for state, _, now, *_ in raw:
            own.setdefault(state, []).append(now)
        usual = {state: float(np.median(found)) for state, found in own.items()}
        smooth = [row for row in raw if abs(row[3] - row[2]) <= _BREAK * usual[row[0]] and usual[row[0]] > 0.0]
        counted = Counter(row[0] for row in smooth)
        kept = [row for row in smooth if 2 * counted[row[0]] >= FEWEST_YEARS]
        states, years = sorted({row[0] for row in kept}), sorted({row[1] for row in kept})
        number = {state: k for k, state in enumerate(states)}
        table = np.array([row[2:] for row in kept], dtype=np.float64).reshape(len(kept), 6)
        numbers = np.array([number[row[0]] for row in kept], dtype=np.int64)
        size = np.array([usual[state] for state in states])[numbers]
        shares = table[:, :2] / size[:, None]
        calendar = np.searchsorted(years, [row[1] for row in kept]).astype(np.int64)
        columns = np.column_stack([table[:, 2:5], -shares[:, 0]])
        changes = shares[:, 1] - shares[:, 0]
        breaks = sum(usual[row[0]] > 0.0 for row in raw) - len(smooth)
        return _Rows(tuple(states), tuple(years), changes, columns, numbers, calendar, table[:, 5] > 0.0, breaks)

    def fit(self) -> TwoWay:
        """The fit on all rows."""
        return two_way(self.changes, self.columns, self.state, self.year)

    def skill(self) -> float:
        """What a fit on the earlier years makes of the last ones, with no effect of their years."""
        seen = self.year < len(self.years) - HELD_BACK
        known, number = np.unique(self.state[seen], return_inverse=True)
        if len(self.years) - HELD_BACK < FEWEST_YEARS:
            return float("nan")
        found = two_way(self.changes[seen], self.columns[seen], number.astype(np.int64), self.year[seen])
        unseen = ~seen & np.isin(self.state, known)
        own = found.units[np.searchsorted(known, self.state[unseen])]
        wrong = self.changes[unseen] - self.columns[unseen] @ found.coefficients - own
        return 1.0 - float(wrong @ wrong) / float(self.changes[unseen] @ self.changes[unseen])


Row = tuple[str, int, float, float, float, float, float, float]


def _of_year(spent: Spent, ties: YearTies, hostile: Bools) -> Iterator[Row]:
    """State, year, share now and next year, the three sums, and whether a tie leads to a state without a figure."""
    now, after = spent.shares.get(ties.year, {}), spent.shares.get(ties.year + 1, {})
    known = np.array([state in now for state in ties.states])
    share = np.array([now.get(state, 0.0) for state in ties.states])
    defended = ties.defended()
    sums, gaps = [], np.zeros(len(known), dtype=bool)
    for tied in reactions(hostile, ties.borders, defended, defended):
        sums.append(tied.astype(np.float64) @ share)
        gaps |= (tied & ~known[None, :]).any(axis=1)
    for i, state in enumerate(ties.states):
        if state in now and state in after:
            hostile_to, near, camp = (float(one[i]) for one in sums)
            yield state, ties.year, now[state], after[state], hostile_to, near, camp, float(gaps[i])


def reactions(hostile: Bools, borders: Bools, shielded: Bools, defended: Bools) -> tuple[Bools, Bools, Bools]:
    """[i, j] three times, in the order of REACTIONS: whether i may answer j.

    `defended` [i, j]: j is pledged to defend i, which brings j in as a defender of a hostile i; `shielded` the same
    where it keeps i from answering j. The two differ only where pledges are in doubt.
    """
    camp = np.zeros_like(hostile)
    for i in np.flatnonzero(hostile.any(axis=1)):
        camp[i] = defended[hostile[i]].any(axis=0) & ~shielded[i]
        camp[i, i] = False
    return hostile, borders & ~shielded, camp
