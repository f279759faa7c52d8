"""Does a low reading precede being attacked? Every model's readings of past years against the disputes that followed.

Readings are of the world on 31 December; the event is that a dispute is begun against the state in the year after.
What has to be fitted or calibrated is fitted on the years to the split; only later years count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from indivisible.assess.assess import chosen_models, chosen_settings
from indivisible.assess.backtest_answer import ALL, BOTH_WAYS, PAIRS, RELEVANT, SHARE, STATES, Backtest, Entry
from indivisible.assess.backtest_trials import (
    Trial,
    Years,
    fitted_chance,
    trial_of,
    trial_of_chance,
    trial_of_columns,
    trial_of_reading,
)
from indivisible.assess.judge import output_of
from indivisible.assess.spillover import reads_of
from indivisible.errors import IndivisibleError, MissingData, QuestionError
from indivisible.models.base import FittedModel, Model, Settings, Value
from indivisible.panels.onset import BASELINES, BOOSTED, STRUCTURE, baselines, onset_rows
from indivisible.panels.onset_fit import SPLIT
from indivisible.panels.onset_worlds import COLUMNS, OnsetWorlds, onset_worlds
from indivisible.panels.year_worlds import Choices, PastCoverage, versions_of
from indivisible.record.record import Record

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Progress = Callable[[str, int, int], None]

UNITS = (STATES, PAIRS, BOTH_WAYS)
FROM = {STATES: 1950, PAIRS: 1950, BOTH_WAYS: 1900}


def backtest(
    models: Sequence[str] | None = None,
    *,
    unit: str = STATES,
    first: int | None = None,
    split: int = SPLIT,
    disputes: str = "gml",
    hostility: str = "rivalries",
    settings: Mapping[str, Value] | None = None,
    boost: bool = False,
    record: Record | None = None,
    home: Path | None = None,
    progress: Progress | None = None,
) -> Backtest:
    """The back-test of the models named (default: all), beside baselines that know less.

    `unit`: state-year, dyad-year (directed) or undirected-dyad-year (baselines only). `first`: year of the first world
    (default 1950; of undirected dyad-years 1900); `split`: last year to fit on. `disputes`: gml or cow. `hostility`:
    where hostility comes from, for models that read it. `boost`: gradient boosting too, of undirected dyad-years and
    where scikit-learn is installed; it takes a minute. Interrupted (Ctrl-C), it gives what is done. Raises
    MissingData for data that are not imported, QuestionError, UnknownName.
    """
    if unit not in UNITS:
        raise QuestionError(f"no unit is called {unit!r}", do=f"use {' or '.join(UNITS)}")
    first = FROM[unit] if first is None else first
    named = chosen_models(list(models) if models else [ALL])
    if unit == BOTH_WAYS:
        if models and list(models) != [ALL]:
            raise QuestionError("no model reads a pair without a direction", do=f"leave --model out, or --unit {PAIRS}")
        return _both_ways(first, split, disputes, boost, home, progress)
    choices = Choices(hostility=hostility, carry_system=False)
    wanted = chosen_settings(named, settings or {})
    worlds = onset_worlds(first, disputes=disputes, choices=choices, record=record, home=home, progress=progress)
    test = _Test(worlds, unit, split)
    entries, interrupted = _entries(wanted, test, progress)
    years = worlds.states.year
    return Backtest(
        unit=unit, disputes=disputes, hostility=hostility, first=int(years.min()), split=split, last=int(years.max()),
        populations=test.counted(), entries=tuple(entries), left_out=tuple(sorted(worlds.left_out.values())),
        datasets=versions_of(choices, home=home), interrupted=interrupted,
    )  # fmt: skip


def _entries(
    wanted: Sequence[tuple[Model, Settings]], test: _Test, progress: Progress | None
) -> tuple[list[Entry], bool]:
    """Baselines last; what is done when Ctrl-C comes, and whether it came."""
    entries: list[Entry] = []
    try:
        for model, chosen in wanted:
            entries.append(_entry_of(model, chosen, test, progress))
        entries += _baselines(test, progress)
    except KeyboardInterrupt:
        if not entries:
            raise
        return entries, True
    return entries, False


def _both_ways(
    first: int, split: int, disputes: str, boost: bool, home: Path | None, progress: Progress | None
) -> Backtest:
    """The baselines on pairs without a direction, as the field's dyad-year tables have them."""
    rows = onset_rows(first, disputes=disputes, home=home)
    names = (*BASELINES, *((BOOSTED,) if boost else ()))
    done: list[str] = []

    def tell(name: str) -> None:
        done.append(name)
        if progress is not None:
            progress(name, len(done), 2 * len(names))

    parts = {ALL: rows, RELEVANT: rows.only_relevant()}
    found = {name: baselines(part, split=split, names=names, progress=tell) for name, part in parts.items()}
    entries = [
        Entry(one.name, "baseline", "fitted on the pairs", {
            name: every[k].why_not if (test := every[k].tested) is None else trial_of(test)
            for name, every in found.items()
        }) for k, one in enumerate(found[ALL])
    ]  # fmt: skip
    tests = {name: (part.year > split, part.events) for name, part in parts.items()}
    return Backtest(
        unit=BOTH_WAYS, disputes=disputes, hostility=None, first=int(rows.year.min()), split=split,
        last=int(rows.year.max()), entries=tuple(entries), left_out=rows.told(), datasets=rows.datasets,
        populations={name: (int(test.sum()), int(events[test].sum())) for name, (test, events) in tests.items()},
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Readings:
    """What a model read: a score for every row of states (NaN: not known, infinite: unopposed), and of pairs if it can.

    `chances` says that the scores are - log odds of the very event.
    """

    states: Floats
    pairs: Floats | None
    chances: bool
    unread: tuple[str, ...]


class _Test:
    """The rows of a back-test: which are fitted on, which are tested on, in every population."""

    def __init__(self, worlds: OnsetWorlds, unit: str, split: int) -> None:
        self.worlds, self.unit, self.split = worlds, unit, split
        pairs = worlds.pairs
        self.events = worlds.states.target if unit == STATES else pairs.began
        year = worlds.states.year if unit == STATES else worlds.pair_year()
        counted = np.ones(len(year), dtype=bool) if unit == STATES else pairs.counted
        parts = {ALL: counted}
        if unit == PAIRS:
            parts[RELEVANT] = counted & pairs.relevant
        self.years = {name: Years(kept & (year <= split), kept & (year > split)) for name, kept in parts.items()}
        for name, years in self.years.items():
            for which, span, rows in (("fit on", "to", years.train), ("test on", "after", years.test)):
                if not self.events[rows].any():
                    raise QuestionError(
                        f"nothing to {which}: no {unit} {span} {split} ({name}, {int(rows.sum()):,}) has the event",
                        do=f"the years are {int(year.min())} to {int(year.max())}; choose another split or first year",
                    )

    def counted(self) -> dict[str, tuple[int, int]]:
        """Rows and events of the test, by population."""
        return {name: (int(y.test.sum()), int(self.events[y.test].sum())) for name, y in self.years.items()}

    def of_states(self, values: Floats) -> Floats:
        """A value of states for the rows of the test: the state's own, or the target's."""
        return values if self.unit == STATES else values[self.worlds.pairs.target]

    def test(self, run: Callable[[Years], Trial | str]) -> dict[str, Trial | str]:
        """One forecast in every population."""
        return {name: run(years) for name, years in self.years.items()}


def _entry_of(model: Model, settings: Settings, test: _Test, progress: Progress | None) -> Entry:
    """One model: its readings of every year, and how they did."""
    label = " ".join([model.name, output_of(model, settings)]).strip()
    try:
        read = _read(model, settings, test, label, progress)
    except IndivisibleError as problem:
        return Entry(label, "model", "", {}, f"{problem.what} ({problem.do})" if problem.do else problem.what)
    if test.unit == STATES:
        values, how = read.states, "its score of the state"
    elif read.pairs is not None:
        values, how = read.pairs, "its score of the pair"
    else:
        values, how = test.of_states(read.states), "its score of the target, whoever begins"
    if read.chances:
        with np.errstate(over="ignore"):
            chance = 1.0 / (1.0 + np.exp(values))
        found = test.test(lambda years: trial_of_chance(chance, test.events, years))
    else:
        found = test.test(lambda years: trial_of_reading(values, test.events, years))
    tested = values[test.years[ALL].test]
    known = tested[~np.isnan(tested)]
    alike = ("every reading is the same, so it tells nobody from anybody",) if known.size and _alike(known) else ()
    return Entry(label, "model", how, found, notes=(*alike, *read.unread), unknown=len(tested) - len(known))


def _alike(values: Floats) -> bool:
    return bool((values == values[0]).all())


def _read(model: Model, settings: Settings, test: _Test, label: str, progress: Progress | None) -> _Readings:
    """Every world read by a model, fitted on what was known when the test begins."""
    worlds = test.worlds
    if model.needs:
        day = date(test.split + 1, 1, 1).toordinal()
        settings = replace(settings, fit=cast(FittedModel, model).fit(settings, day=day))
    states = np.full(len(worlds.states.year), np.nan)
    of_pairs = getattr(model, "pairs", None)
    pairs = np.full(len(worlds.pairs.target), np.nan) if of_pairs is not None and test.unit == PAIRS else None
    unread: dict[str, None] = {}
    reads, at = reads_of(model, settings), 0
    for number, (world, begin) in enumerate(worlds.worlds):
        if progress is not None:
            progress(f"{label}, year {world.year}", number + 1, len(worlds.worlds))
        n = len(world.codes)
        arrays = world.arrays_for(reads)
        if isinstance(arrays, PastCoverage):
            unread |= dict.fromkeys(arrays.reasons)
        else:
            reading = model.read(arrays, settings)
            states[begin : begin + n] = np.where(reading.unopposed, np.inf, reading.best)
            if np.isnan(states[begin : begin + n]).all():
                unread[reading.note.partition(":")[0].rstrip(".") or "no score is known"] = None
            if pairs is not None and of_pairs is not None:
                pairs[at : at + n * (n - 1)] = of_pairs(arrays, settings)[~np.eye(n, dtype=bool)]
        at += n * (n - 1)
    if np.isnan(states).all():
        raise MissingData(f"no year can be read: {next(iter(unread), 'no score is known')}")
    return _Readings(states, pairs, bool(getattr(model, "gives_chances", False)), tuple(unread))


def _baselines(test: _Test, progress: Progress | None) -> list[Entry]:
    """What forecasts do that know only the base rate, the capabilities of one state, or what a pair is like."""
    if progress is not None:
        progress("baselines", 1, 1)
    logs = test.of_states(np.log(test.worlds.states.share))[:, None]
    told = "log of the share of the state" if test.unit == STATES else "log of the target's share"
    made = [
        _of_columns(test, "base rate", "the same chance for all", logs[:, :0], ()),
        _of_columns(test, SHARE, told, logs, ("share",)),
    ]
    columns = _filled(test.worlds.pairs.columns, test.worlds.pair_year() <= test.split)
    for name, wanted in BASELINES.items():
        if not wanted or (test.unit == STATES and not set(STRUCTURE) <= set(wanted)):
            continue
        table = _table(columns, wanted)
        if test.unit == PAIRS:
            made.append(_of_columns(test, name, "fitted on the pairs", table, wanted))
        else:
            made.append(Entry(name, "baseline", "chances of all pairs, put together", _together(test, table, wanted)))
    return made


def _of_columns(test: _Test, name: str, told: str, table: Floats, names: tuple[str, ...]) -> Entry:
    return Entry(name, "baseline", told, test.test(lambda years: trial_of_columns(table, test.events, years, names)))


def _table(columns: Floats, wanted: Sequence[str]) -> Floats:
    if "parity" in wanted:  # the larger share over both is a curve of the log of their ratio
        return (1.0 / (1.0 + np.exp(-columns[:, [COLUMNS.index("ratio")]]))).astype(np.float64)
    return columns[:, [COLUMNS.index(name) for name in wanted]]


def _filled(columns: Floats, train: Bools) -> Floats:
    """A distance that is not published is the median of those of the years of the fit."""
    place = COLUMNS.index("distance")
    unknown = np.isnan(columns[:, place])
    if not unknown.any():
        return columns
    found = columns.copy()
    found[unknown, place] = np.median(columns[train & ~unknown, place])
    return found


def _together(test: _Test, table: Floats, wanted: tuple[str, ...]) -> dict[str, Trial | str]:
    """The chance that anybody begins a dispute with a state, from the chances of all pairs, none left out."""
    pairs, year = test.worlds.pairs, test.worlds.pair_year()
    years = Years(pairs.counted & (year <= test.split), np.ones(len(year), dtype=bool))
    chance = fitted_chance(table, pairs.began, years, wanted)
    if isinstance(chance, str):
        return {ALL: chance}
    calm = np.bincount(pairs.target, weights=np.log1p(-chance), minlength=len(test.worlds.states.year))
    return test.test(lambda years: trial_of_chance(-np.expm1(calm), test.events, years))
