"""What packages of pledges do to the arms race: the reactions of a day are made anew, all else is kept.

Expenditures and grievances that are not known are taken at their lowest, before and after alike (models.arms_world).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats
from indivisible.measures.arms_race import ArmsRace, NoEquilibrium, equilibrium
from indivisible.models.arms_world import ArmsWorld, strengths, variant_of, world_of
from indivisible.models.base import Settings
from indivisible.models.pledge_moves import Counts, Ever, Moves, counts_of, flipped
from indivisible.panels.armament_fit import reactions


@dataclass(frozen=True, slots=True)
class _Standing:
    """How many pledges of defence there are, and whether any has come or gone."""

    counts: Counts
    still: bool


class ArmsRaceAtOnce:
    """The arms race: scores [n] after each package."""

    kinds: tuple[str, ...] = ("defence",)
    error = 1e-9

    def __init__(self, arrays: Arrays, settings: Settings, world: ArmsWorld) -> None:
        self.world, used = world, world.reactions.used
        self.answered = used["neighbour"] > 0.0 or used["camp"] > 0.0  # else no pledge moves anything
        self.start = _Standing(counts_of(arrays, "defence", settings), True)
        self.least = self._strength(world.defended.sure)
        self.before = self._scores(self.least)

    @staticmethod
    def of(arrays: Arrays, settings: Settings) -> ArmsRaceAtOnce | None:
        """For arrays without a doubt about a tie; None for others, for fewer than two states, and without a fit."""
        variant = variant_of(arrays, settings)
        if isinstance(variant, str) or len(arrays.states) < 2:
            return None
        world = world_of(arrays, settings, variant)
        doubtful = world.hostile.doubt.any() or world.defended.doubt.any()
        return None if doubtful else ArmsRaceAtOnce(arrays, settings, world)

    def begin(self) -> _Standing:
        """The baseline."""
        return self.start

    def moved(self, held: _Standing, moves: Moves) -> _Standing:
        """After one part more."""
        counts, rows, _, _ = flipped(held.counts, moves.get("defence"))
        return _Standing(counts, held.still and not len(rows))

    def change(self, held: _Standing) -> Floats:
        """[n]: the change of every score; NaN where armaments would not settle, before or after."""
        if held.still or not self.answered:
            return np.zeros(len(self.before))
        strength = self._strength((held.counts > 0).T)
        if np.array_equal(strength, self.least):
            return np.zeros(len(self.before))
        found: Floats = self._scores(strength) - self.before
        return found

    def _strength(self, defended: Bools) -> Floats:
        """[i, j]: how strongly i answers j; `defended` [i, j]: j is pledged to defend i."""
        world = self.world
        return strengths(reactions(world.hostile.sure, world.borders, defended, defended), world.reactions)

    def _scores(self, strength: Floats) -> Floats:
        """[n]: minus what the others' armament, settled, adds to each; NaN where armaments would not settle."""
        reaction = strength * self.world.share.low
        settled = equilibrium(ArmsRace(reaction, np.full(len(reaction), self.world.fatigue), self.world.grievance[0]))
        if isinstance(settled, NoEquilibrium):
            return np.full(len(reaction), np.nan)
        score: Floats = -(reaction @ settled)
        return score

    def most(self, added: Ever, gone: Ever) -> Floats:
        """[n]: no score is above 0, where a state answers nobody."""
        most: Floats = np.where(np.isnan(self.before), np.inf, -self.before)
        return most
