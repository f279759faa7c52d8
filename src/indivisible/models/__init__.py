"""The rival models, listed by hand; each is one module of the shape that `base.Model` describes."""

from __future__ import annotations

from indivisible.models import allocation, arms_race, commitment, contest, deterrence, distance, landscape, risk
from indivisible.models.base import Model

MODELS: tuple[Model, ...] = (deterrence, distance, commitment, contest, landscape, allocation, arms_race, risk)
