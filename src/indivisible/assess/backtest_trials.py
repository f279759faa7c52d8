"""One forecast, fitted or calibrated on earlier years and tested on later ones: what a back-test says of a reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.forecasts import Scores, ranking, scores
from indivisible.measures.logit import NoFit, logit, probability
from indivisible.panels.onset_fit import tested_dict

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CAPTION = {
    "auc": "chance that an event ranks above a row without one",
    "average_precision": "mean share of events among the rows that rank as high",
    "log_loss": "mean surprise, in natural units",
    "brier": "mean square of chance less outcome",
    "expected_over_observed": "events that the chances add up to, for each that happened",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A forecast on the test years of one population. `slope` is what 1 more of the reading did to the log odds.

    `auc` and `average_precision` rank by the reading as it stands, a low one first: below 0.5 the reading points the
    wrong way. Log loss and calibration are those of its chance. `slope` is None where the reading is a chance itself.
    """

    auc: float | None
    auc_error: float | None
    average_precision: float | None
    slope: float | None
    slope_error: float | None
    scores: Scores

    def to_dict(self) -> dict[str, Any]:
        """For JSON; the ranking is that of the reading."""
        found = tested_dict(self.scores) or {}
        ranked = {"auc": self.auc, "auc_error": self.auc_error, "average_precision": self.average_precision}
        return {**found, **ranked, "slope": self.slope, "slope_error": self.slope_error}


@dataclass(frozen=True, slots=True)
class Years:
    """Which rows of one population belong to the fit and which to the test."""

    train: Bools
    test: Bools


def trial_of(found: Scores) -> Trial:
    """The trial of a forecast that is a chance itself, from its scores."""
    return Trial(found.auc, found.auc_error, found.average_precision, None, None, found)


def trial_of_chance(chance: Floats, events: Bools, years: Years) -> Trial | str:
    """A forecast that is a chance itself: nothing to calibrate. A sentence where it cannot be tested."""
    test = years.test & ~np.isnan(chance)
    if not events[test].any():
        return "no event in the years of the test"
    found = scores(chance[test], events[test])
    return trial_of(found)


def trial_of_reading(reading: Floats, events: Bools, years: Years) -> Trial | str:
    """A reading, higher is safer, turned into a chance by a logistic curve of it, fitted on the years of the fit.

    NaN is not known and left out; infinity (nobody could attack) has a level of its own. A sentence where the
    readings allow no curve.
    """
    known = ~np.isnan(reading)
    train, test = years.train & known, years.test & known
    if not events[test].any():
        return "no event in the years of the test" if known.any() else "no reading is known"
    apart = np.isinf(reading)
    columns = np.column_stack([np.where(apart, 0.0, reading), apart])
    used = [k for k, rows in ((0, train & ~apart), (1, train)) if rows.any() and np.ptp(columns[rows, k]) > 0.0]
    fitted = logit(columns[train][:, used], events[train])
    if isinstance(fitted, NoFit):
        return fitted.sentence([("reading", "nobody could attack")[k] for k in used])
    found = scores(probability(fitted.log_odds(columns[test][:, used])), events[test])
    auc, error, precision = ranking(-reading[test], events[test])
    slope = used.index(0) + 1 if 0 in used else None
    return Trial(
        auc, error, precision, None if slope is None else float(fitted.coefficients[slope]),
        None if slope is None else float(fitted.errors[slope]), found,
    )  # fmt: skip


def trial_of_columns(columns: Floats, events: Bools, years: Years, names: tuple[str, ...]) -> Trial | str:
    """A baseline of several columns, fitted on the years of the fit."""
    if not columns.shape[1]:
        return trial_of_chance(np.full(len(events), events[years.train].mean()), events, years)
    chance = fitted_chance(columns, events, years, names)
    return chance if isinstance(chance, str) else trial_of_chance(chance, events, years)


def fitted_chance(columns: Floats, events: Bools, years: Years, names: tuple[str, ...]) -> Floats | str:
    """The chance of every row by a fit on the years of the fit, NaN outside fit and test; a sentence where none is."""
    found = logit(columns[years.train], events[years.train])
    if isinstance(found, NoFit):
        return found.sentence(names)
    chance = np.full(len(events), np.nan)
    rows = years.train | years.test
    chance[rows] = probability(found.log_odds(columns[rows]))
    return chance
