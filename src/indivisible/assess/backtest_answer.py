"""The answer of a back-test: every model and baseline with its scores on years that it had not seen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indivisible import __version__
from indivisible.assess.backtest_trials import CAPTION, Trial

LISTS = {"gml": ("gml_disputes", "Gibler, Miller and Little"), "cow": ("mid_disputes", "Correlates of War")}
STATES, PAIRS, BOTH_WAYS = "state-year", "dyad-year", "undirected-dyad-year"
EVENTS = {
    STATES: "another state begins a dispute with the state in the year after the one that is read",
    PAIRS: "the first state begins a dispute with the second in the year after the one that is read",
    BOTH_WAYS: "a dispute begins between the two in the year",
}
_ROWS = {STATES: "state-years", PAIRS: "directed dyad-years", BOTH_WAYS: "undirected dyad-years"}
_HAPPENED = {STATES: "the state became a target", PAIRS: "the second became the first's target",
             BOTH_WAYS: "a dispute began"}  # fmt: skip
SHARE = "capability share alone"
ALL, RELEVANT = "all", "politically relevant"


@dataclass(frozen=True, slots=True)
class Entry:
    """A model or a baseline: what of it was tested (`reading`), and its tests by population.

    A test that could not be made is a sentence. `why_not` says why nothing could be. `unknown` counts rows of the
    test without a known reading.
    """

    name: str
    kind: str
    reading: str
    tests: Mapping[str, Trial | str]
    why_not: str = ""
    notes: tuple[str, ...] = ()
    unknown: int = 0

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        tests = {name: {"why_not": one} if isinstance(one, str) else one.to_dict() for name, one in self.tests.items()}
        return {
            "name": self.name, "kind": self.kind, "reading": self.reading or None, "tests": tests,
            "unknown": self.unknown, "why_not": self.why_not or None, "notes": list(self.notes),
        }  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """A row for every population."""
        head = {"forecast": self.name, "kind": self.kind}
        if self.why_not:
            return [{**head, "not_run": self.why_not}]
        return [{**head, "pairs": name, **_figures(one)} for name, one in self.tests.items()]

    def auc(self) -> tuple[float, float] | None:
        """The area under the curve on all rows with its standard error; None where it was not run."""
        one = self.tests.get(ALL)
        if not isinstance(one, Trial) or one.auc is None or one.auc_error is None:
            return None
        return one.auc, one.auc_error


def _figures(one: Trial | str) -> dict[str, Any]:
    if isinstance(one, str):
        return {"not_run": one}
    return {
        "rows": one.scores.rows, "events": one.scores.events, "auc": one.auc, "auc_error": one.auc_error,
        "average_precision": one.average_precision, "log_loss": one.scores.log_loss, "brier": one.scores.brier,
        "expected_over_observed": one.scores.expected if one.scores.events else None, "slope": one.slope,
        "slope_error": one.slope_error,
    }  # fmt: skip


@dataclass(frozen=True)
class Backtest:
    """All forecasts of one unit, in the order of the list of models and then of baselines; never ranked.

    `populations` holds rows and events of the test years. `interrupted`: only the forecasts that were done are there.
    """

    unit: str
    disputes: str
    hostility: str | None
    first: int
    split: int
    last: int
    populations: Mapping[str, tuple[int, int]]
    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]
    datasets: Mapping[str, str] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """1 where it was interrupted."""
        return int(self.interrupted)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape backtest/1."""
        return {
            "schema": "backtest/1",
            "unit": self.unit,
            "event": EVENTS[self.unit],
            "disputes": self.disputes,
            "hostility": self.hostility,
            "fitted_on": [self.first, self.split],
            "tested_on": [self.split + 1, self.last],
            "version": __version__,
            "datasets": dict(self.datasets),
            "populations": {
                name: {"rows": rows, "events": events, "base_rate": events / rows}
                for name, (rows, events) in self.populations.items()
            },
            "scores": dict(CAPTION),
            "forecasts": [one.to_dict() for one in self.entries],
            "left_out": list(self.left_out),
            "interrupted": self.interrupted,
        }

    def sentence(self) -> str:
        """What was tested on what, which models rank better than capabilities alone, and which the wrong way."""
        rows, events = self.populations[ALL]
        says = (
            f"Fitted on {self.first} to {self.split} and tested on {self.split + 1} to {self.last}: {rows:,} "
            f"{_ROWS[self.unit]}, in {events:,} of which {_HAPPENED[self.unit]} (disputes: {LISTS[self.disputes][1]})."
        )
        return " ".join([says, *self._told()])

    def _told(self) -> list[str]:
        models = [one for one in self.entries if one.kind == "model"]
        area = {one.name: one.auc() for one in self.entries}
        run = {one.name: found for one in models if (found := area[one.name]) is not None}
        bar, told = area.get(SHARE), []
        if run and bar is not None:
            better = [name for name, found in run.items() if _clearly_above(found, bar)]
            told.append(
                f"Of two rows, one with the event and one without, capabilities alone rank {bar[0]:.1%} rightly; of "
                f"the {len(run)} readings of models, {_named(better) if better else 'none'} "
                f"{'ranks' if len(better) <= 1 else 'rank'} clearly more (by two standard errors)."
            )
        wrong = [name for name, found in run.items() if _clearly_above((0.5, 0.0), found)]
        if wrong:
            told.append(f"A high reading clearly went with more disputes, not fewer, in {_named(wrong)}.")
        lost = [one.name for one in models if one.name not in run]
        told += [f"Not run: {_named(lost)}."] if lost else []
        told += ["Interrupted: what was not done is missing."] if self.interrupted else []
        if models:
            told.append("That a low reading precedes a dispute does not say that a higher one would have prevented it.")
        return told

    def rows(self) -> list[dict[str, Any]]:
        """A row for every forecast and population."""
        return [row for one in self.entries for row in one.rows()]

    def sources(self) -> tuple[str, ...]:
        """The datasets that were read."""
        return tuple(sorted({*self.datasets, LISTS[self.disputes][0]}))


def _clearly_above(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether an area is above another by more than two standard errors of their difference, taken as independent."""
    return one[0] - other[0] > 2.0 * math.hypot(one[1], other[1])


def _named(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
