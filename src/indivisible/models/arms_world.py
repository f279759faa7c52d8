"""Who answers whose armament, and how strongly: the arms race of a day, with what is not known as an interval.

y_i is what i spends in multiples of what it spends today, s_j what j spends today as a share of all known expenditure,
c_ij the fitted reactions that tie i to j. Then dy_i/dt = sum over j of c_ij s_j y_j - a y_i + g_i, a race in the sense
of `measures.arms_race` with k_ij = c_ij s_j; x_j = s_j y_j is the armament of j as a share of the world's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Plane, Ties
from indivisible.errors import MissingData
from indivisible.measures.arms_race import ArmsRace, NoEquilibrium, equilibrium
from indivisible.models.base import Settings
from indivisible.models.coalitions import EU_42_7_TREATIES
from indivisible.panels.armament import SPENDING
from indivisible.panels.armament_fit import COLUMNS, REACTIONS, ArmamentFit, Coefficient, Variant, reactions


@dataclass(frozen=True, slots=True)
class Reactions:
    """The coefficients in use, by name, after any shift by standard errors; grievances are kept by state."""

    used: Mapping[str, float]
    grievances: Mapping[str, Coefficient]

    @property
    def fatigue(self) -> float:
        """a, a year."""
        return self.used["fatigue"]

    @property
    def most_grievance(self) -> float:
        """The largest of all: a state without one of its own has none above it."""
        return max((one.used for one in self.grievances.values()), default=0.0)


def reactions_of(variant: Variant, settings: Settings) -> Reactions:
    """The fitted coefficients, each moved by so many of its standard errors, and never below zero."""
    used = {}
    for name in COLUMNS:
        one, shift = variant.coefficients[name], settings.number(f"shift_{name}")
        moved = 0.0 if shift == 0.0 or np.isnan(one.error) else shift * one.error
        used[name] = one.used if moved == 0.0 else max(0.0, one.free + moved)
    return Reactions(used, variant.grievances)


def variant_of(arrays: Arrays, settings: Settings) -> Variant | str:
    """The fit for these arrays and settings, or why there is none. Raises MissingData where nothing was fitted."""
    fit = settings.fit
    if not isinstance(fit, ArmamentFit):
        raise MissingData("arms-race has not been fitted", do="indivisible data import the military expenditures")
    spending = settings.choice("spending")
    found = fit.variant(spending, arrays.hostility_name)
    others = [
        one for one in SPENDING if one != spending and isinstance(fit.variant(one, arrays.hostility_name), Variant)
    ]
    if isinstance(found, str) and others:
        return f"{found} (with arms-race.spending={others[0]} they could)"
    return found


@dataclass(frozen=True, slots=True)
class ArmsWorld:
    """An arms race with what is not known: reactions c [n, n] and shares s [n] at least and at most.

    `borders`, `hostile` and `defended` ([i, j]: j is pledged to defend i) are what c is made of; `grievance` is at
    least and at most, a share of a year's expenditure.
    """

    reactions: Reactions
    borders: Bools
    hostile: Ties
    defended: Ties
    least: Floats
    most: Floats
    share: Plane
    grievance: tuple[Floats, Floats]

    @property
    def fatigue(self) -> float:
        """a, the same for all."""
        return self.reactions.fatigue

    @property
    def exact(self) -> bool:
        """Whether everything that the race hangs on is known."""
        same = self.least is self.most or np.array_equal(self.least, self.most)
        return same and np.array_equal(self.share.low, self.share.high) and np.array_equal(*self.grievance)

    def ends(self) -> tuple[Floats | None, Floats | None]:
        """Where armaments settle with everything that is not known at its lowest, and at its highest; None: nowhere."""
        low = equilibrium(self.race(high=False))
        high = low if self.exact else equilibrium(self.race(high=True))
        return None if isinstance(low, NoEquilibrium) else low, None if isinstance(high, NoEquilibrium) else high

    def race(self, *, high: bool) -> ArmsRace:
        """The race with everything that is not known at its lowest, or at its highest."""
        reaction = self.most * self.share.high if high else self.least * self.share.low
        return self._race(reaction, self.grievance[high])

    def likely(self) -> tuple[ArmsRace, Bools]:
        """The race at the best points, and which rows [i] hold something that has none, taken as 0 there."""
        reaction = np.where(self.least == self.most, self.least, np.nan) * self.share.best
        reaction = np.where((self.most == 0.0) | (self.share.high == 0.0), 0.0, reaction)
        unknown = np.isnan(reaction)
        return self._race(np.where(unknown, 0.0, reaction), self.grievance[0]), np.asarray(unknown.any(axis=1))

    def _race(self, reaction: Floats, grievance: Floats) -> ArmsRace:
        return ArmsRace(reaction, np.full(len(reaction), self.fatigue), grievance)

    def edges(self) -> Bools:
        """[i, j]: whether i answers j, or may."""
        return np.asarray(self.most * self.share.high > 0.0)


def world_of(arrays: Arrays, settings: Settings, variant: Variant) -> ArmsWorld:
    """The arms race of these arrays by a fit."""
    if arrays.hostility is None:
        raise MissingData("who is hostile to whom is not known on that day", do="choose another source of hostility")
    without = () if settings.switch("eu_42_7") else EU_42_7_TREATIES
    defended = arrays.ties("defence", without=without).reversed()
    hostile, found = arrays.hostility, reactions_of(variant, settings)
    least = strengths(reactions(hostile.sure, arrays.borders, defended.possible, defended.sure), found)
    most = least
    if hostile.doubt.any() or defended.doubt.any():
        most = strengths(reactions(hostile.possible, arrays.borders, defended.sure, defended.possible), found)
    grievances = [found.grievances.get(state) for state in arrays.states]
    low = np.array([0.0 if one is None else one.used for one in grievances])
    most_grievance = found.most_grievance
    high = np.array([most_grievance if one is None else one.used for one in grievances])
    return ArmsWorld(found, arrays.borders, hostile, defended, least, most, _shares(arrays, settings), (low, high))


def strengths(ties: tuple[Bools, Bools, Bools], found: Reactions) -> Floats:
    strength = np.zeros(ties[0].shape)
    for tied, name in zip(ties, REACTIONS, strict=True):
        strength += found.used[name] * tied
    return strength


def _shares(arrays: Arrays, settings: Settings) -> Plane:
    """Shares of what the world is known to spend; where there is no figure, up to a share that is taken for granted."""
    assert isinstance(settings.fit, ArmamentFit)
    spent, world = arrays.expenditure, settings.fit.world
    low, best, high = spent.low / world, spent.best / world, spent.high / world
    bounded = np.minimum(high, np.maximum(low, settings.number("unlisted")))
    return Plane(low, best, np.where(np.isnan(best), bounded, high))


@dataclass(frozen=True, slots=True)
class Settled:
    """Where armaments settle, y [n]: at least, at best points (NaN: not known) and at most; None: they do not."""

    world: ArmsWorld
    least: Floats | None
    best: Floats
    most: Floats | None

    def burden(self) -> Plane:
        """Sum over j of c_ij x_j [i]: by how much the others drive i, in shares of its expenditure, a year."""
        world, n = self.world, len(self.best)
        low = np.zeros(n) if self.least is None else world.race(high=False).reaction @ self.least
        high = np.full(n, np.inf) if self.most is None else world.race(high=True).reaction @ self.most
        race, unknown = world.likely()
        reached = np.isnan(self.best)
        blurred = unknown | (world.edges() & reached[None, :]).any(axis=1)
        best = np.where(blurred, np.nan, race.reaction @ np.where(reached, 0.0, self.best))
        same = ~blurred & (high - low <= 1e-12 * np.maximum(1.0, high))
        return Plane(np.where(same, best, low), best, np.where(same, best, high))


def settled(world: ArmsWorld) -> Settled:
    """Where the race of a world comes to."""
    least, most = world.ends()
    race, unknown = world.likely()
    found = equilibrium(race)
    if isinstance(found, NoEquilibrium):
        return Settled(world, least, np.full(len(unknown), np.nan), most)
    open_ = unknown | (world.grievance[0] != world.grievance[1])
    return Settled(world, least, np.where(reaching(world.edges(), open_), np.nan, found), most)


def reaching(edges: Bools, targets: Bools) -> Bools:
    """[i]: whether i is one of the targets or answers, through however many others, one of them."""
    reached = targets.copy()
    while True:
        wider: Bools = reached | edges[:, reached].any(axis=1)
        if (wider == reached).all():
            return wider
        reached = wider
