"""Whose disputes began with whom, learnt from two centuries of them: the fit on which the model of risk rests.

Every directed pair of states and year is a row; the event is that the first began a dispute with the second in the
year after. The fit sees the years to 1989 and is tested on the later ones, which it has not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from indivisible.architecture.arrays import Floats, Integers
from indivisible.errors import MissingData, QuestionError
from indivisible.measures.forecasts import Scores, scores
from indivisible.measures.logit import Logit, NoFit, for_population, logit, probability
from indivisible.panels.needed import need
from indivisible.panels.onset_columns import COLUMNS, MEANINGS
from indivisible.panels.onset_rows import HOSTILITIES, PairRows, rows_of
from indivisible.readers.home import data_home, read_stored

SPLIT = 1989  # last year that a fit may see, so that later ones can test it
LEAST_LAST = 1919  # a fit on fewer years than these twenty is none
NEEDS = (
    "atop_directed", "cow_capitals", "cow_contiguity_years", "cow_majors", "cow_states", "gml_disputes", "nmc",
)  # fmt: skip
_FEWEST_EVENTS = 100
_RARE, _EVERY = 1e-3, 10  # of the pairs less likely than this, one in so many stands for all of them


@dataclass(frozen=True, slots=True)
class Variant:
    """The fit with one source of hostility: coefficients, the constant first, with standard errors; and its test.

    `tested` is the test on all pairs, `relevant` on neighbours and pairs with a major power; None where no later year
    is covered.
    """

    hostility: str
    coefficients: tuple[float, ...]
    errors: tuple[float, ...]
    rows: int
    events: int
    years: tuple[int, int]
    test_years: tuple[int, int] | None
    tested: Scores | None
    relevant: Scores | None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the coefficients."""
        return ("constant", *COLUMNS[: len(self.coefficients) - 1])

    def log_odds(self, columns: Floats) -> Floats:
        """Log odds that the first begins a dispute with the second within a year, from the columns [..., k]."""
        odds: Floats = columns @ np.array(self.coefficients[1:]) + self.coefficients[0]
        return odds

    def to_dict(self) -> dict[str, Any]:
        """Coefficients, errors and tests for JSON."""
        return {
            "hostility": self.hostility,
            "years": list(self.years),
            "rows": self.rows,
            "events": self.events,
            "base_rate": self.events / self.rows,
            "coefficients": dict(zip(self.names, self.coefficients, strict=True)),
            "standard_errors": dict(zip(self.names, self.errors, strict=True)),
            "test_years": None if self.test_years is None else list(self.test_years),
            "tested": tested_dict(self.tested),
            "tested_relevant": tested_dict(self.relevant),
        }


def tested_dict(found: Scores | None) -> dict[str, Any] | None:
    """The scores of a test for JSON."""
    if found is None:
        return None
    return {
        "rows": found.rows,
        "events": found.events,
        "base_rate": found.base_rate,
        "auc": found.auc,
        "auc_error": found.auc_error,
        "average_precision": found.average_precision,
        "log_loss": found.log_loss,
        "brier": found.brier,
        "expected_over_observed": found.expected if found.events else None,
        "reliability": [{"rows": b.rows, "given": b.given, "happened": b.happened} for b in found.bins],
    }


@dataclass(frozen=True)
class OnsetFit:
    """The fits by source of hostility, and the datasets they come from. `last` is the last year that they have seen."""

    last: int
    variants: Mapping[str, Variant]
    datasets: Mapping[str, str]
    absent: Mapping[str, str] = field(default_factory=dict)

    def variant(self, hostility: str) -> Variant:
        """The fit for a source of hostility by the name that arrays give it; its first word tells.

        Hostility that was given by hand is read as rivalry. Raises MissingData for a source without a fit.
        """
        word = hostility.partition(" ")[0]
        word = "rivalries" if word not in HOSTILITIES else word
        if word not in self.variants:
            raise MissingData(f"risk has no fit with hostility by {word}", do=self.absent.get(word, "choose another"))
        return self.variants[word]

    def to_dict(self) -> dict[str, Any]:
        """All of it for JSON."""
        return {
            "what": "directed pairs of states and years: the first begins a dispute with the second in the year",
            "columns": dict(MEANINGS),
            "variants": [self.variants[name].to_dict() for name in sorted(self.variants)],
            "absent": dict(self.absent),
            "datasets": dict(self.datasets),
            "reads_as": "association, not effect",
        }

    def sentence(self) -> str:
        """What was fitted to what, and how well it foretold years that it had not seen."""
        any_one = self.variants["none"]
        says = (
            f"Fitted on {any_one.rows:,} directed pairs of states and years from {any_one.years[0]} to "
            f"{any_one.years[1]}, {any_one.events:,} of which began a dispute (Gibler, Miller and Little "
            f"{self.datasets.get('gml_disputes', '')})"
        )
        tested = [one for one in self.variants.values() if one.tested is not None and one.relevant is not None]
        if any_one.tested is not None and any_one.test_years is not None:
            first, last = any_one.test_years
            says += (
                f"; tested on {first} to {last}, which it had not seen: area under the curve "
                f"{_range(tested, 'tested', 'auc')} by source of hostility, {_range(tested, 'relevant', 'auc')} among "
                f"politically relevant pairs; average precision {_range(tested, 'tested', 'average_precision')}, "
                f"where knowing nothing gives {any_one.tested.base_rate:.2g}"
            )
        return f"{says}. An association, not an effect."


def _range(variants: list[Variant], which: str, score: str) -> str:
    values = [getattr(getattr(one, which), score) for one in variants]
    known = [value for value in values if value is not None]
    if not known:
        return "not known"
    low, high = f"{min(known):.3g}", f"{max(known):.3g}"
    return low if low == high else f"{low} to {high}"


def last_year_for(day_year: int) -> int:
    """The last year that a fit for a day of that year may see: the latest year with a 9 at its end before it, to 1989.

    So a fit has never seen the day that it is asked about, and a history needs few of them. Raises QuestionError for
    days before there are twenty years to learn from.
    """
    last = min(SPLIT, (day_year - 10) // 10 * 10 + 9)
    if last < LEAST_LAST:
        raise QuestionError(
            f"risk cannot be fitted for {day_year}: it learns from 1901 on, twenty years at least",
            do=f"choose a day from {LEAST_LAST + 1} on",
        )
    return last


def onset_fit(*, last: int = SPLIT, home: Path | None = None) -> OnsetFit:
    """The fit on the years to `last`, tested on the later ones. Raises MissingData for a dataset not imported.

    The same question is answered once in a process.
    """
    need(NEEDS, home=home)
    return _fitted(last, str(data_home(home).parent), _digest(home))


def _digest(home: Path | None) -> tuple[str, ...]:
    """What is imported: the tables by their digests."""
    stored = [read_stored(name, home) for name in (*NEEDS, "gw_system", "rivalries_tss", "ucdp_acd")]
    return tuple("" if one is None else one.table_sha256 for one in stored)


@lru_cache(maxsize=16)
def _fitted(last: int, home: str, digest: tuple[str, ...]) -> OnsetFit:
    rows = rows_of(home, digest)
    variants: dict[str, Variant] = {}
    absent = dict(rows.absent)
    sample = _sample(rows, last)
    for name in HOSTILITIES:
        if name in rows.hostile or name == "none":
            found = _variant(rows, sample, name, last)
            if isinstance(found, Variant):
                variants[name] = found
            else:
                absent[name] = found
    if "none" not in variants:
        raise MissingData(f"the imported data give no fit: {absent['none']}", do="import data of more years")
    return OnsetFit(last, variants, rows.datasets, absent)


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """Rows for a fit: which ones, for how many each stands, their columns (the last is filled in), where to begin."""

    kept: Integers
    weights: Floats
    columns: Floats
    start: Floats | None


def _sample(rows: PairRows, last: int) -> _Sample:
    """All events, all hostile pairs and all that are not quite unlikely; of the rest every tenth, which stands for ten.

    How likely a pair is, is told by a first fit on all events and every tenth other row. What is left out has next to
    no weight in a fit: the coefficients differ by a thirtieth of their standard errors from those on all rows.
    """
    end = int(np.searchsorted(rows.year, last + 1))
    columns, events = rows.columns[:end, :-1], rows.events[:end]
    first = events.copy()
    first[::_EVERY] = True
    rough = logit(columns[first], events[first])
    kept, weights, start = np.ones(end, dtype=bool), np.ones(end), None
    if isinstance(rough, Logit):
        start = for_population(rough, (first & ~events).sum() / (~events).sum())
        rare = (columns @ start[1:] + start[0] < np.log(_RARE)) & ~events
        for name, hostile in rows.hostile.items():
            begin = rows.hostile_from[name]
            rare[begin:] &= ~hostile[: max(end - begin, 0)]
        places = np.flatnonzero(rare)
        kept[places], kept[places[::_EVERY]] = False, True
        weights[places[::_EVERY]] = len(places) / max(len(places[::_EVERY]), 1)
    chosen = np.flatnonzero(kept)
    return _Sample(chosen, weights[chosen], rows.columns[chosen], start)


def _variant(rows: PairRows, sample: _Sample, name: str, last: int) -> Variant | str:
    """The fit with one source of hostility, or why there is none."""
    begin, width, start = 0, len(COLUMNS) - 1, sample.start
    taken = sample.columns[:, :width]
    if name != "none":
        begin, width = rows.hostile_from[name], len(COLUMNS)
        inside = sample.kept >= begin
        sample.columns[inside, -1] = rows.hostile[name][sample.kept[inside] - begin]
        taken = sample.columns
        start = None if start is None else np.append(start, 0.0)
    used = sample.kept >= begin
    events = rows.events[sample.kept[used]]
    if events.sum() < _FEWEST_EVENTS:
        return f"only {int(events.sum())} disputes began in the years that are covered"
    found = logit(taken[used], events, weights=sample.weights[used], start=start)
    if isinstance(found, NoFit):
        return found.sentence(COLUMNS)
    middle = int(np.searchsorted(rows.year, last + 1))
    tested = _tested(rows, name, max(begin, middle), found)
    return Variant(
        name, tuple(found.coefficients.tolist()), tuple(found.errors.tolist()), middle - begin, int(events.sum()),
        (int(rows.year[begin]), int(rows.year[middle - 1])), *tested,
    )  # fmt: skip


def _tested(
    rows: PairRows, name: str, begin: int, found: Logit
) -> tuple[tuple[int, int] | None, Scores | None, Scores | None]:
    """The years after those of the fit, and its scores there, on all pairs and on the relevant ones."""
    happened, near = rows.events[begin:], rows.relevant[begin:]
    if not happened.any():
        return None, None, None
    weights = found.coefficients[1:]
    odds = rows.columns[begin:, : len(COLUMNS) - 1] @ weights[: len(COLUMNS) - 1] + found.coefficients[0]
    if name != "none":
        odds += weights[-1] * rows.hostile[name][begin - rows.hostile_from[name] :]
    chance = probability(odds)
    years = (int(rows.year[begin]), int(rows.year[-1]))
    return years, scores(chance, happened), scores(chance[near], happened[near])
