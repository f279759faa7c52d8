"""Made-up fits, for models that learn from data before they read: their contracts hold whatever the data teach."""

from __future__ import annotations

from dataclasses import replace

from made_up_armament import armament_fit

from indivisible.models.base import Fit, Settings

FITS: dict[str, Fit] = {"arms-race": armament_fit()}


def with_fit(settings: Settings) -> Settings:
    """The settings with the made-up fit of their model, if it has to be fitted first."""
    return replace(settings, fit=FITS.get(settings.model))
