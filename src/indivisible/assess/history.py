"""Year by year, from imported data alone, what a model says of all states: indivisibility, spread, who is vulnerable.

A year that a dataset does not cover is not known, with the reason; it is never a year without alliances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np

from indivisible import __version__, readers
from indivisible.architecture.arrays import Arrays, Floats
from indivisible.architecture.points import MIDDLE, settled, unknowns
from indivisible.assess.assess import chosen_settings
from indivisible.assess.history_answer import SLOW, Gap, History, column_of
from indivisible.assess.history_measures import YearMeasure, chosen_measures
from indivisible.assess.judge import output_of
from indivisible.assess.spillover import Progress, of_pledges, of_power, one_model, reads_of, values_of
from indivisible.assess.spread import spread
from indivisible.assess.words import named
from indivisible.errors import MissingData, QuestionError
from indivisible.measures.indivisibility import Indivisibility
from indivisible.models.at_once import BY_PLEDGE, BY_POWER, pledge_sums
from indivisible.models.base import FittedModel, Model, Reading, Settings, Value
from indivisible.panels.measured import measured
from indivisible.panels.needed import need
from indivisible.panels.year_worlds import Choices, PastCoverage, YearWorld, versions_of, worlds_of
from indivisible.panels.year_worlds_sources import PLEDGE_DATASETS
from indivisible.readers.coverage import windows
from indivisible.record.load import load
from indivisible.record.record import Record
from indivisible.values import Truth

Row = dict[str, Any]
Why = dict[tuple[str, str, str], list[int]]  # years by measure, output and reason
VULNERABLE = "vulnerable"
_PLEDGES = frozenset({"pledges.defence"})


def history(
    *,
    model: str,
    first: int,
    last: int,
    measures: Sequence[str] | None = None,
    settings: Mapping[str, Value] | None = None,
    choices: Choices | None = None,
    record: Record | None = None,
    home: Path | None = None,
    progress: Progress | None = None,
) -> History:
    """What the model says of each year of first..last, both included; power is CINC of the year.

    `measures`: names (default all, but for those that would take long in this model). Interrupted (Ctrl-C), it gives
    the years that are done. Raises UnknownName, QuestionError, and MissingData for what is not imported.
    """
    if last < first:
        raise QuestionError(f"the years end ({last}) before they begin ({first})", do="give the earlier year first")
    chosen = one_model(model)
    wanted = tuple(one for one in chosen_measures(measures) if measures or one.name != VULNERABLE or knows(chosen))
    record = load() if record is None else record
    choices = _read_alone(chosen, Choices() if choices is None else choices)
    need(_of_worlds(choices).union(*(one.datasets for one in wanted)), home=home)
    readings = tuple(one for _, one in chosen_settings((chosen,), settings or {}))
    maker = _Maker(chosen, readings, wanted, asked=bool(measures), people=_People(first, last, home))
    panels = _Panels(wanted, first, last, choices, home)
    rows: list[Row] = []
    carried: list[int] = []
    try:
        for world in worlds_of(first, last, choices=choices, record=record, home=home):
            rows.append(maker.row(world) | panels.row(world.year))
            carried += [world.year] if world.carried else []
            if progress is not None:
                progress("years", len(rows), last - first + 1)
    except KeyboardInterrupt:
        if not rows:
            raise
    done = first + len(rows) - 1
    return History(
        model=chosen.name,
        outputs=tuple(output_of(chosen, one) for one in readings),
        parameters=tuple(one.values for one in readings),
        first=first,
        last=last,
        done=done,
        measures=wanted,
        body=tuple(rows),
        gaps=_gaps(maker.why, panels.why, done),
        carried=tuple(carried),
        choices=asdict(choices) | ({} if "hostility" in chosen.reads else {"hostility": None}),
        data=versions_of(choices, home=home) | panels.versions,
        record=record.digest,
        version=__version__,
    )


def _read_alone(model: Model, choices: Choices) -> Choices:
    """The choices, but no hostility where the model reads none, so that no dataset is asked for that nobody reads."""
    return choices if "hostility" in model.reads else replace(choices, hostility="none")


def _of_worlds(choices: Choices) -> set[str]:
    """The datasets without which no world of a year can be made."""
    found = {"cow_contiguity_years", "cow_states", "nmc", PLEDGE_DATASETS[choices.alliances][0]}
    return found | {"cow_capitals" if choices.distance == "capitals" else "cow_mindist"}


def _gaps(model: Why, panel: Why, done: int) -> tuple[Gap, ...]:
    kept = {key: tuple(year for year in years if year <= done) for key, years in (model | panel).items()}
    return tuple(Gap(*key, years) for key, years in kept.items() if years)


class _Maker:
    """Makes the row of one year after another; what is not known stays null, and `why` collects the reasons."""

    def __init__(
        self,
        model: Model,
        readings: Sequence[Settings],
        measures: Iterable[YearMeasure],
        *,
        asked: bool,
        people: _People,
    ) -> None:
        self._model, self._readings, self._people = model, readings, people
        self._wanted = {one.name: one for one in measures if not one.panel}
        self._asked = asked
        self.why: Why = {}

    def row(self, world: YearWorld) -> Row:
        """The row of a year."""
        row: Row = {"year": world.year, "states": len(world.codes) or None}
        for settings in self._readings:
            output = output_of(self._model, settings)
            for name, values in self._of_model(world, settings).items():
                if isinstance(values, str):
                    self.why.setdefault((name, output, values), []).append(world.year)
                row |= {
                    column_of(column, output): None if isinstance(values, str) else values.get(column)
                    for column in self._wanted[name].columns
                }
        if "coverage" in self._wanted:
            arrays = world.arrays_for(_PLEDGES)
            if isinstance(arrays, PastCoverage):
                self.why.setdefault(("coverage", "", _reason(arrays)), []).append(world.year)
                row |= dict.fromkeys(self._wanted["coverage"].columns)
            else:
                row |= coverage(arrays)
        return row

    def _of_model(self, world: YearWorld, settings: Settings) -> dict[str, Row | str]:
        """The columns of every measure of the model, or the reason why they are not known."""
        names = [name for name, one in self._wanted.items() if one.of_model]
        read = reads_of(self._model, settings)
        arrays = world.arrays_for(read)
        if isinstance(arrays, PastCoverage):
            return dict.fromkeys(names, _reason(arrays))
        if "power" in read and np.isnan(arrays.power.best).any():
            states = np.array(arrays.states)[np.isnan(arrays.power.best)].tolist()
            return dict.fromkeys(names, f"the capabilities of {named(states, world.names)} are not known")
        if self._model.needs:
            try:
                fit = cast(FittedModel, self._model).fit(settings, day=date(world.year, 12, 31).toordinal())
            except MissingData as problem:
                return dict.fromkeys(names, problem.what)
            settings = replace(settings, fit=fit)
        if unknowns((arrays,), read=read):
            (arrays,) = settled((arrays,), MIDDLE)
        made = {name: self._measure(name, arrays, settings, world) for name in names}
        return {name: one for name, one in made.items() if one is not None}

    def _measure(self, name: str, arrays: Arrays, settings: Settings, world: YearWorld) -> Row | str | None:
        model, rows = self._model, np.arange(len(arrays.states))
        if name == "indivisibility":
            if "power" not in reads_of(model, settings):
                return "the model does not read power"
            if not self._asked and model.name not in BY_POWER:
                return SLOW
            return _coefficient("indivisibility", of_power(model, settings, arrays, rows, None).sums)
        if name == "pledges":
            if "pledges.defence" not in reads_of(model, settings):
                return "the model does not read defence pledges"
            if not self._asked and model.name not in BY_PLEDGE:
                return SLOW
            sums = pledge_sums(model.name, arrays, settings)
            sums = of_pledges(model, settings, arrays, rows, None).sums if sums is None else sums
            return _coefficient("pledge_indivisibility", sums)
        if name == "spread":
            return spread_of(model.read(arrays, settings), self._people.of(world))
        if name == VULNERABLE:
            return vulnerable(model, arrays, settings)
        raise AssertionError(name)


def _coefficient(column: str, sums: Indivisibility) -> Row | str:
    """Both columns; a coefficient that is none is null, with the reason."""
    if np.isnan(sums.coefficient):
        return "nobody else gains or loses by it" if sums.still or not sums.unknown else "the model gives no score"
    return {column: sums.coefficient, f"{column}_of_pairs": sums.share_of_pairs}


def spread_of(reading: Reading, people: Floats) -> Row | str:
    """The columns of `spread` from one reading; the worst off, or that may be, are keys of states."""
    kept = np.isfinite(reading.low) & np.isfinite(reading.high)
    if not kept.any():
        return reading.note.partition(":")[0].rstrip(".") or "no state has a score"
    found = spread(reading.states, reading.low, values_of(reading), reading.high, kept=kept, people=people)
    assert found.weighted is not None
    weighted = found.weighted.inequality
    row: Row = {"gini_absolute": found.gini, "variance": found.variance}
    row |= {"gini_absolute_by_people": weighted.gini, "variance_by_people": weighted.variance}
    row = {key: None if np.isnan(value) else value for key, value in row.items()}
    return row | {"people_not_known": len(found.weighted.population_unknown), "worst": list(found.worst)}


def knows(model: Model) -> bool:
    """Whether the model reckons with attacks that are feasible or not."""
    return hasattr(model, VULNERABLE)


def vulnerable(model: Model, arrays: Arrays, settings: Settings) -> Row | str:
    """The number of states that a feasible attack threatens, by a model that reckons with such."""
    if not knows(model):
        return "the model knows no feasible attacks"
    truths = cast(Any, model).vulnerable(arrays, settings)
    if any(truth is Truth.UNKNOWN for truth in truths):
        return "of some states it is not known"
    return {"vulnerable": sum(truth is Truth.YES for truth in truths)}


def coverage(arrays: Arrays) -> Row:
    """How many states at least one other is pledged to defend."""
    covered = int(arrays.ties("defence").sure.any(axis=0).sum())
    return {"covered": covered, "covered_share": covered / len(arrays.states) if arrays.states else None}


def _reason(past: PastCoverage) -> str:
    """Why a year cannot be read, without the year, so that years with the same reason stand together."""
    told = (why.removeprefix("past coverage: ").partition(", not about ")[0] for why in past.reasons)
    return "; ".join(dict.fromkeys(told))


class _People:
    """The people of every state and year, from National Material Capabilities."""

    def __init__(self, first: int, last: int, home: Path | None) -> None:
        import polars as pl

        table = readers.open("nmc", home=home).filter(pl.col("year").is_between(first, last))
        rows = table.select("year", "ccode", "tpop").collect().iter_rows()
        self._thousands = {(year, code): float(people) for year, code, people in rows if people is not None}

    def of(self, world: YearWorld) -> Floats:
        """[n] people, NaN where not known, in the order of the world's states."""
        found = (self._thousands.get((world.year, code), np.nan) for code in world.codes.tolist())
        return 1000.0 * np.array(list(found), dtype=float)


class _Panels:
    """The measures that the panels have: each over the whole span, handed out year by year."""

    def __init__(
        self, wanted: Iterable[YearMeasure], first: int, last: int, choices: Choices, home: Path | None
    ) -> None:
        self.why: Why = {}
        self.versions: dict[str, str] = {}
        self._rows: dict[int, Row] = {year: {} for year in range(first, last + 1)}
        for one in wanted:
            if one.panel:
                self._add(one, first, last, choices, home)

    def _add(self, one: YearMeasure, first: int, last: int, choices: Choices, home: Path | None) -> None:
        found = measured(one.panel, first=first, last=last, carry_system=choices.carry_system, home=home)
        for row in found.body:
            for column, source in zip(one.columns, one.panel_columns, strict=True):
                self._rows[row["year"]][column] = row.get(source)
        if found.unknown:
            ends = []
            for dataset in found.sources():
                spans = windows(dataset, home=home)
                ends += [f"{dataset} {span.first} to {span.last or 'now'}" for span in spans]
            self.why[one.name, "", f"the data end: {', '.join(ends)}"] = list(found.unknown)
        stored = {name: readers.home.read_stored(name, home) for name in found.sources()}
        self.versions |= {name: kept.version for name, kept in stored.items() if kept is not None}

    def row(self, year: int) -> Row:
        """The columns of a year."""
        return self._rows[year]
