"""Where bargaining ends: actors with positions, salience and capability challenge one another, turn by turn.

The spatial model of politics (Bueno de Mesquita's expected utility model) in the form of the open implementation KTAB
(KAPSARC, 2015 to 2019), written anew from its published formulas. Positions are shares of the scale, 0 to 1; salience
is a share of attention, of which an actor has at most 1 over all dimensions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.bargaining_challenge import gain_of_challenge, odds_of_challenge
from indivisible.measures.bargaining_votes import (
    coalitions,
    distances,
    prevailing,
    risk_attitudes,
    utility,
    victories,
)

Floats = NDArray[np.float64]

LEAST_GAIN = 1e-5  # a challenge that promises less is not made
SAME_PLACE = 1e-3  # positions nearer than this are one
EVEN = 1e-12  # gains and chances nearer than this are tied
UNMOVED_WEIGHT, STEPS = 1e-6, 10_000  # of a bargain; bargains are struck in so many steps of the scale
FIRST_MOVE = 1e-4  # added to the first step, so that a world in which nobody moves has an end
AS_IT_IS = -1  # in place of a challenge: nothing changes


@dataclass(frozen=True)
class Settings:
    """How actors vote, what decides a contest, which proposal prevails, and how their risk attitudes are inferred."""

    votes: str = "prop"
    victory: str = "linear"
    chances: str = "conditional"
    risk: str = "mid"
    most_turns: int = 100
    ends_below: float = 0.02
    least_turns: int = 2


@dataclass(frozen=True)
class Actors:
    """Positions and salience `[actor, dimension]`, and capability."""

    positions: Floats
    salience: Floats
    capability: Floats

    @classmethod
    def of(cls, positions: Any, salience: Any, capability: Any) -> Actors:
        """Checked actors. Raises QuestionError for shapes that do not fit, figures not known or out of bounds."""
        found = cls(*(np.asarray(given, dtype=float) for given in (positions, salience, capability)))
        where, cares, can = found.positions, found.salience, found.capability
        if where.ndim != 2 or 0 in where.shape or cares.shape != where.shape or can.shape != where.shape[:1]:
            raise QuestionError(
                f"positions {where.shape}, salience {cares.shape} and capability {can.shape} do not fit",
                do="give (actors, dimensions) twice, then (actors,)",
            )
        if not all(np.isfinite(given).all() for given in (where, cares, can)):
            raise QuestionError("a figure of an actor is not known", do="give a number, or leave the actor out")
        if where.min() < 0.0 or where.max() > 1.0:
            raise QuestionError("a position lies outside the scale", do="give positions from 0 to 1")
        if cares.min() < 0.0 or cares.sum(axis=1).max() > 1.0 + 1e-9:
            raise QuestionError(
                "salience is below 0, or sums to more than 1", do="divide at most 1 over the dimensions"
            )
        if cares.sum(axis=1).min() <= 0.0:
            raise QuestionError("an actor cares for nothing", do="give it some salience, or leave it out")
        if can.min() < 0.0 or can.max() <= 0.0:
            raise QuestionError("capability is below 0, or 0 for everybody", do="give capabilities of 0 or above")
        return found


@dataclass(frozen=True)
class Challenge:
    """One actor against another: the odds as both see them, what it promises, and the bargain it offers to both.

    `gain` is the challenger's expected gain in its own eyes, `gain_seen` the same in the target's eyes; `cost` and
    `cost_seen` are what it is expected to add to the target's utility. `offers` holds two positions, the challenger's
    new one and the target's. `tied`: other targets that promised the same.
    """

    challenger: int
    target: int
    odds: float
    gain: float
    cost: float
    odds_seen: float
    gain_seen: float
    cost_seen: float
    offers: Floats
    tied: tuple[int, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What one actor had before it: numbers of challenges (-1: as it is), the chance of each, and which it took."""

    options: tuple[int, ...]
    chances: tuple[float, ...]
    taken: int
    tied: bool = False


@dataclass(frozen=True)
class Turn:
    """One turn: risk attitudes and chances at its start, challenges, and each actor's choice among bargains."""

    risk: Floats
    challenges: tuple[Challenge, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Bargaining:
    """A whole run; `positions[turn, actor, dimension]` and `chances[turn, actor]` begin before the first turn."""

    actors: Actors
    settings: Settings
    turns: tuple[Turn, ...]
    positions: Floats
    chances: Floats
    steps: Floats
    settled: bool

    @property
    def end(self) -> Floats:
        """Where everybody stands in the end."""
        return np.asarray(self.positions[-1])

    @property
    def moved(self) -> Floats:
        """The size of each step as a share of the first."""
        return np.asarray(self.steps / (self.steps[0] + FIRST_MOVE))


def bargain(actors: Actors, *, settings: Settings | None = None, draw: np.random.Generator | None = None) -> Bargaining:
    """Bargain until a step is below `ends_below` of the first, or for `most_turns`.

    With `draw`, actors take bargains at random by their chances; without, always the one with the best chance.
    """
    chosen = settings or Settings()
    positions, chances, steps = [actors.positions], [], []
    turns: list[Turn] = []
    settled = False
    while not settled and len(turns) < chosen.most_turns:
        world = _World.of(actors, positions[-1], chosen)
        chances.append(world.standing())
        challenges = world.challenges()
        after, choices = world.resolve(challenges, draw)
        turns.append(Turn(world.risk, challenges, choices))
        steps.append(float(np.linalg.norm(after - positions[-1], axis=1).sum()))
        positions.append(after)
        quiet = steps[-1] / (steps[0] + FIRST_MOVE) < chosen.ends_below
        settled = quiet and len(turns) >= chosen.least_turns
    chances.append(_World.of(actors, positions[-1], chosen).standing())
    return Bargaining(
        actors, chosen, tuple(turns), np.array(positions), np.array(chances), np.array(steps), bool(settled)
    )


@dataclass(frozen=True)
class _World:
    """What everybody thinks at the start of a turn: `views[h, i, j]` is what h believes j's position is worth to i."""

    actors: Actors
    positions: Floats
    settings: Settings
    risk: Floats
    views: Floats

    @classmethod
    def of(cls, actors: Actors, positions: Floats, settings: Settings) -> _World:
        away = distances(positions, positions, actors.salience)
        strengths = coalitions(settings.votes, actors.capability, utility(away, 0.0))
        odds = victories(settings.victory, strengths)
        risk = risk_attitudes(settings.risk, prevailing(settings.chances, strengths, odds))
        believed = (2.0 * risk[:, None] + risk[None, :]) / 3.0  # two parts the viewer's own attitude
        return cls(actors, positions, settings, risk, utility(away[None, :, :], believed[:, :, None]))

    def worth(self, positions: Floats) -> Floats:
        """What positions are worth to each actor by its own risk attitude: `[actor, position]`."""
        return utility(distances(self.positions, positions, self.actors.salience), self.risk[:, None])

    def chances_of(self, utilities: Floats) -> tuple[Floats, Floats]:
        """Coalitions for, and odds of, each option against each other."""
        strengths = coalitions(self.settings.votes, self.actors.capability, utilities)
        return strengths, victories(self.settings.victory, strengths)

    def standing(self) -> Floats:
        """Each actor's chance that its position prevails; actors in one place share one."""
        away = np.linalg.norm(self.positions[:, None, :] - self.positions[None, :, :], axis=2)
        places: list[int] = []
        place_of = []
        for actor in range(len(away)):
            near = [number for number, first in enumerate(places) if away[actor, first] < SAME_PLACE]
            if not near:
                places.append(actor)
            place_of.append(near[0] if near else len(places) - 1)
        strengths, odds = self.chances_of(self.worth(self.positions[places]))
        return np.asarray(prevailing(self.settings.chances, strengths, odds)[place_of])

    def odds(self, viewers: NDArray[np.intp], first: NDArray[np.intp], second: NDArray[np.intp]) -> Floats:
        """Odds of each `first` against its `second` in the eyes of each viewer."""
        strength = self.actors.capability * self.actors.salience.sum(axis=1)
        return odds_of_challenge(self.settings.votes, self.views, viewers, strength, first, second)

    def gain(self, viewer: Any, whose: Any, first: Any, second: Any, odds: Any) -> Floats:
        """What `first` against `second` adds to somebody's utility in the eyes of a viewer."""
        cares = self.actors.salience.sum(axis=1)[second]
        return gain_of_challenge(odds, cares, self.views[viewer, whose, first], self.views[viewer, whose, second])

    def challenges(self) -> tuple[Challenge, ...]:
        """Everybody's best challenge, where one is worth making; of equals the first in order."""
        count = len(self.positions)
        first, second = np.divmod(np.arange(count * count), count)
        odds = self.odds(first, first, second)
        gains = self.gain(first, first, first, second, odds).reshape(count, count)
        np.fill_diagonal(gains, -np.inf)
        best = gains.max(axis=1)
        equals = [np.flatnonzero(row >= top - EVEN).tolist() for row, top in zip(gains, best, strict=True)]
        makers = np.flatnonzero(best > LEAST_GAIN)
        targets = np.array([equals[i][0] for i in makers], dtype=np.intp)
        return self._made(makers, targets, odds[makers * count + targets], [tuple(equals[i][1:]) for i in makers])

    def _made(
        self, makers: NDArray[np.intp], targets: NDArray[np.intp], odds: Floats, tied: list[tuple[int, ...]]
    ) -> tuple[Challenge, ...]:
        """The challenges with what both sides think of them, and their bargains."""
        seen = self.odds(targets, makers, targets)
        worth = [
            self.gain(viewer, whose, makers, targets, p).tolist()
            for viewer, p in ((makers, odds), (targets, seen))
            for whose in (makers, targets)
        ]
        pairs = np.stack([makers, targets], axis=1)
        offers = _offers(self.positions[pairs], self.actors.salience[pairs], odds)
        each = zip(pairs.tolist(), odds.tolist(), seen.tolist(), *worth, offers, tied, strict=True)
        return tuple(Challenge(i, j, p, a, b, q, c, d, both, even) for (i, j), p, q, a, b, c, d, both, even in each)

    def resolve(
        self, challenges: tuple[Challenge, ...], draw: np.random.Generator | None
    ) -> tuple[Floats, tuple[Choice, ...]]:
        """New positions: every actor takes one of the bargains that involve it, or stays."""
        present = self.worth(self.positions)
        worth = [present.sum(axis=1)]
        if challenges:
            offered = self.worth(np.concatenate([one.offers for one in challenges]))
        for number, one in enumerate(challenges):
            pair = [one.challenger, one.target]
            new = offered[:, 2 * number] + offered[:, 2 * number + 1]
            worth.append(worth[0] - present[:, pair].sum(axis=1) + new)
        strengths, odds = self.chances_of(np.array(worth).T / len(present))
        after, choices = self.positions.copy(), []
        for actor in range(len(present)):
            mine = [n for n, one in enumerate(challenges) if actor in (one.challenger, one.target)]
            among = np.ix_([0, *(n + 1 for n in mine)], [0, *(n + 1 for n in mine)])
            chances = prevailing(self.settings.chances, strengths[among], odds[among])
            equal = np.flatnonzero(chances >= chances.max() - EVEN)
            place = int(equal[0]) if draw is None else int(draw.choice(len(chances), p=chances))
            options = (AS_IT_IS, *mine)
            choices.append(Choice(options, tuple(chances.tolist()), options[place], len(equal) > 1))
            if place:
                taken = challenges[options[place]]
                after[actor] = taken.offers[int(actor == taken.target)]
        return after, tuple(choices)


def _offers(positions: Floats, salience: Floats, odds: Floats) -> Floats:
    """Bargains `[pair, side, dimension]`: a mean of both positions by salience and odds, both squared, in steps.

    Where neither side weighs anything, both stay where they are.
    """
    chances = np.stack([odds, 1.0 - odds], axis=1)[:, :, None]
    weights = salience**2 * chances**2
    total = UNMOVED_WEIGHT + weights.sum(axis=1, keepdims=True)
    both = (weights * positions).sum(axis=1, keepdims=True)
    struck: Floats = np.floor((both + UNMOVED_WEIGHT * positions) / total * STEPS + 0.5) / STEPS
    return struck
