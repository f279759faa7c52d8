"""What a body's rule leaves where everybody prefers what is nearer: the core, what is uncovered, what vetoes accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.spatial import Core, core, improvements, pareto, vetoes
from indivisible.measures.spatial_grid import Outcomes, accepted_by, outcomes, preferred_to, uncovered
from indivisible.measures.voting_rules import Rule
from indivisible.rules.bargain_rule import VotingRule
from indivisible.rules.positions_case import Dimension

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HUNDRED = 100.0  # every dimension is measured in hundredths of its scale, so that all count alike


@dataclass(frozen=True)
class StatusQuo:
    """What can replace the present state: whether nothing can, and which outcomes a coalition, and the vetoes, accept.

    `interval` is exact and of one dimension: all that a winning coalition prefers lies inside it.
    """

    place: Floats
    stable: bool
    preferred: Flags
    accepted: Flags | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Left:
    """What the rule leaves; `ideals` and all places are in hundredths of the scale."""

    rule: VotingRule
    dimensions: tuple[Dimension, ...]
    ideals: Floats
    core: Core
    vetoes: tuple[str, ...]
    agreed: Core | None
    grid: Outcomes
    uncovered: Flags
    status_quo: StatusQuo | None

    def to_dict(self) -> dict[str, Any]:
        """Part of the JSON shape bargain/1, in the units of the case."""
        left = self.grid.places[self.uncovered]
        return {
            "rule": self.rule.says,
            "basis": self.rule.basis or None,
            "confidence": self.rule.confidence,
            "core": self.places_of(self.core),
            "vetoes": list(self.vetoes),
            "vetoes_agree": None if self.agreed is None else self.places_of(self.agreed),
            "uncovered": {
                "outcomes": len(left),
                "of": len(self.grid.places),
                "low": self.units(left.min(axis=0)),
                "high": self.units(left.max(axis=0)),
                "step": self._steps(),
            },
            "status_quo": None if self.status_quo is None else self._status_quo(self.status_quo),
        }

    def places_of(self, found: Core) -> list[list[float]]:
        """Corners in the units of the case."""
        return [self.units(corner) for corner in found.corners]

    def units(self, place: Sequence[float] | Floats) -> list[float]:
        """Hundredths of the scale as positions."""
        each = zip(self.dimensions, place, strict=True)
        return [round(dimension.figure(float(one) / HUNDRED), 9) for dimension, one in each]

    def _steps(self) -> list[float]:
        each = zip(self.dimensions, self.grid.steps, strict=True)
        return [round((one.high - one.low) * step / HUNDRED, 9) for one, step in each]

    def _status_quo(self, now: StatusQuo) -> dict[str, Any]:
        found: dict[str, Any] = {"place": self.units(now.place), "stable": now.stable}
        found["preferred"] = {"outcomes": int(now.preferred.sum()), "of": len(self.grid.places)}
        found["vetoes_accept"] = (
            None if now.accepted is None else {"outcomes": int(now.accepted.sum()), "of": len(self.grid.places)}
        )
        if now.interval is not None:
            found["between"] = [self.units([end])[0] for end in now.interval]
        return found

    def says(self) -> list[str]:
        """In sentences."""
        found = [f"Rule: {self.rule.says}{f' ({self.rule.basis})' if self.rule.basis else ''}."]
        found.append(self._core_said())
        if self.vetoes and self.agreed is not None:
            whose = ", ".join(self.vetoes)
            shape = _shape(self.places_of(self.agreed), self.dimensions)
            found.append(f"Veto: {whose}; all that they cannot improve on together: {shape}.")
        count, of = int(self.uncovered.sum()), len(self.grid.places)
        step = ", ".join(f"{step:g}" for step in self._steps())
        found.append(f"Uncovered: {count} of {of} outcomes, on a grid of step {step} with the ideal points added.")
        if self.status_quo is not None:
            found.append(self._now_said(self.status_quo))
        return found

    def _core_said(self) -> str:
        if self.core.empty:
            return "Core: empty; whatever is decided, some coalition that can carry would rather have something else."
        shape = _shape(self.places_of(self.core), self.dimensions)
        return f"Core (no coalition that can carry prefers anything else): {shape}."

    def _now_said(self, now: StatusQuo) -> str:
        place = _shape([self.units(now.place)], self.dimensions)
        if now.stable:
            return f"Status quo ({place}): in the core, nothing can replace it."
        text = f"Status quo ({place}): {int(now.preferred.sum())} of {len(self.grid.places)} outcomes could replace it"
        if now.interval is not None:
            low, high = (self.units([end])[0] for end in now.interval)
            text += f", all between {low:g} and {high:g}"
        if now.accepted is not None:
            text += f"; who holds a veto finds {int(now.accepted.sum())} no worse"
        return f"{text}."


def left_by(
    rule: VotingRule,
    dimensions: tuple[Dimension, ...],
    shares: Floats,
    *,
    status_quo: Sequence[float] | None = None,
    side: int | None = None,
) -> Left:
    """What a rule leaves over positions `[member, dimension]`, shares of the scale, in the order of the rule."""
    ideals = shares * HUNDRED
    now = None
    if status_quo is not None:
        each = zip(dimensions, status_quo, strict=True)
        now = np.array([dimension.share(one) * HUNDRED for dimension, one in each])
    grid = outcomes(ideals, side=side, also=() if now is None else now)
    found = core(ideals, rule.rule)
    holders = vetoes(rule.rule)
    return Left(
        rule,
        dimensions,
        ideals,
        found,
        tuple(rule.members[one] for one in holders),
        pareto(ideals[list(holders)]) if holders else None,
        grid,
        uncovered(ideals, rule.rule, grid.places),
        None if now is None else _replaced(ideals, rule.rule, now, found, holders, grid),
    )


def _replaced(
    ideals: Floats, rule: Rule, now: Floats, found: Core, holders: tuple[int, ...], grid: Outcomes
) -> StatusQuo:
    return StatusQuo(
        now,
        found.holds(now.tolist()),
        preferred_to(ideals, rule, now, grid.places),
        accepted_by(ideals[list(holders)], now, grid.places) if holders else None,
        improvements(ideals, rule, float(now[0])) if len(now) == 1 else None,
    )


def _shape(corners: list[list[float]], dimensions: tuple[Dimension, ...]) -> str:
    """A point, an interval, a line or a polygon in words."""
    if len(corners) > 2:
        names = ", ".join(one.name for one in dimensions)
        told = ", ".join(f"({', '.join(f'{figure:.4g}' for figure in corner)})" for corner in corners)
        return f"the area with the corners ({names}) {told}"
    ends = [
        " and ".join(f"{one.name} {figure:.4g}" for one, figure in zip(dimensions, corner, strict=True))
        for corner in corners
    ]
    return f"from {ends[0]} to {ends[1]}" if len(corners) == 2 else ends[0]
