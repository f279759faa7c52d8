"""Made-up fits, for models that learn from data before they read: their contracts hold whatever the data teach."""

from __future__ import annotations

from dataclasses import replace

from indivisible.models.base import Fit, Settings
from indivisible.panels.onset_columns import COLUMNS
from indivisible.panels.onset_fit import OnsetFit, Variant
from made_up_armament import armament_fit

_WEIGHTS = {"ratio": 0.2, "size": 0.5, "distance": -0.6, "border": 1.0, "allied": -0.5, "restraint": -0.3,
            "shield": -0.2, "backing": 0.3, "hostile": 2.0}  # fmt: skip


def risk_fit(*, constant: float = -1.0) -> OnsetFit:
    """Fits with and without hostility; allies of the target protect it, those of the beginner embolden it."""
    every = {}
    for name, columns in (("none", COLUMNS[:-1]), ("conflicts", COLUMNS), ("rivalries", COLUMNS)):
        weights = (constant, *(_WEIGHTS[column] for column in columns))
        every[name] = Variant(name, weights, (0.1,) * len(weights), 1000, 100, (1901, 1989), None, None, None)
    return OnsetFit(1989, every, {"gml_disputes": "made up"})


FITS: dict[str, Fit] = {"arms-race": armament_fit(), "risk": risk_fit()}


def with_fit(settings: Settings) -> Settings:
    """The settings with the made-up fit of their model, if it has to be fitted first."""
    return replace(settings, fit=FITS.get(settings.model))
