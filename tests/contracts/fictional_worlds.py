"""Small made-up worlds for the contracts of the models: what is known, what is not, and one point of what is not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from hypothesis import strategies as st

from indivisible.architecture.arrays import Arrays, Plane, Ties, pairs_of

Tie = tuple[str, str, str]
Pair = tuple[str, str]
Place = tuple[float, float]
_WHOLE = 100.0  # the power of the whole world, most of it elsewhere: so a share is known where a power is
MOST_SPENT = 2.0  # the most that a state spends on its military of which it is not known


@dataclass(frozen=True)
class World:
    """A world: powers (None: not known, within `bounds`), pledges, pledges in doubt, capitals (some not known).

    `hostile` are pairs, each in the order of the alphabet; of `wary` ones it is not known whether they are hostile.
    `troops` of the first in the second are at least and at most so many. Every state spends 1 on its military unless
    `spent` says otherwise (None: not known), and borders on every other unless `bordering` names the pairs that do.
    """

    power: Mapping[str, float | None]
    pledges: frozenset[Tie] = frozenset()
    unsure: frozenset[Tie] = frozenset()
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    hostile: frozenset[Pair] = frozenset()
    wary: frozenset[Pair] = frozenset()
    troops: Mapping[Pair, tuple[float, float]] = field(default_factory=dict)
    spent: Mapping[str, float | None] = field(default_factory=dict)
    bordering: frozenset[Pair] | None = None

    @cached_property
    def arrays(self) -> Arrays:
        pairs = [(a, b) for a in self.power for b in self.power if a < b]
        spent = {state: self.spent.get(state, 1.0) for state in self.power}
        found = Arrays.of(
            dict(self.power), pledges=sorted(self.pledges), unsure=sorted(self.unsure), places=self.places,
            bounds=self.bounds, hostile=sorted(self.hostile),
            borders=pairs if self.bordering is None else sorted(self.bordering),
            expenditure={state: one for state, one in spent.items() if one is not None},
        )  # fmt: skip
        one = found.power
        share = Plane(one.low / _WHOLE, one.best / _WHOLE, np.minimum(one.high / _WHOLE, 1.0))
        found = replace(found, deployments=self._deployments(found.states), capability=share)
        if not self.wary:
            return found
        sure, possible = (pairs_of(pairs, found.states) for pairs in (self.hostile, self.hostile | self.wary))
        number = 1 + np.arange(sure.size).reshape(sure.shape)
        doubt = np.where(possible & ~sure, np.minimum(number, number.T), 0)
        return replace(found, hostility=Ties(sure, possible, doubt))

    def _deployments(self, states: tuple[str, ...]) -> Plane:
        low, high = np.zeros((len(states),) * 2), np.zeros((len(states),) * 2)
        for (sender, host), (least, most) in self.troops.items():
            place = states.index(sender), states.index(host)
            low[place], high[place] = least, most
        return Plane(low, np.where(low == high, low, np.nan), high)


def mutual(pairs: Iterable[tuple[str, str]], kind: str = "defence") -> frozenset[Tie]:
    return frozenset(tie for a, b in pairs for tie in ((a, b, kind), (b, a, kind)))


@st.composite
def worlds(draw: st.DrawFn, *, known: bool = False, most: int = 6) -> World:
    """A world of up to `most` states; with `known`, nothing in it is in doubt."""
    states = "ABCDEFGH"[: draw(st.integers(1, most))]
    ties = [(a, b, kind) for a in states for b in states if a != b for kind in ("defence", "offence", "consultation")]
    some = st.sets(st.sampled_from(ties), max_size=10) if ties else st.just(set())
    power: dict[str, float | None] = {s: float(draw(st.integers(0, 8))) for s in states}
    degrees = st.integers(-60, 60).map(float)
    places = {s: (draw(degrees), draw(degrees)) for s in states}
    pledges = frozenset(draw(some))
    pairs = [(a, b) for a in states for b in states if a < b]
    enmities = st.sets(st.sampled_from(pairs), max_size=5) if pairs else st.just(set())
    hostile = frozenset(draw(enmities))
    bordering = frozenset(draw(st.sets(st.sampled_from(pairs), max_size=6))) if pairs else frozenset()
    spent: dict[str, float | None] = {s: float(draw(st.integers(0, 8))) for s in states}
    numbers = st.integers(0, 9).map(float)
    posts = (
        draw(st.sets(st.sampled_from([(a, b) for a in states for b in states if a != b]), max_size=3)) if pairs else ()
    )
    troops = {pair: (n, n) for pair in sorted(posts) if (n := draw(numbers)) >= 0.0}
    if known:
        return World(power, pledges, places=places, hostile=hostile, troops=troops, spent=spent, bordering=bordering)
    unknown = sorted(draw(st.sets(st.sampled_from(states), max_size=2)))
    bounds = {s: (0.0, draw(st.sampled_from((math.inf, 1.0, 6.0)))) for s in unknown}
    hidden = draw(st.sets(st.sampled_from(states), max_size=1))
    few = st.sets(st.sampled_from(ties), max_size=3) if ties else st.just(set())
    wary = st.sets(st.sampled_from(pairs), max_size=2) if pairs else st.just(set())
    silent = draw(st.sets(st.sampled_from(states), max_size=1))
    troops = {pair: (n, n + draw(st.sampled_from((0.0, 0.0, 4.0)))) for pair, (n, _) in troops.items()}
    return World(
        power | dict.fromkeys(unknown), pledges, frozenset(draw(few)) - pledges, bounds,
        {s: place for s, place in places.items() if s not in hidden}, hostile, frozenset(draw(wary)) - hostile,
        troops, spent | dict.fromkeys(silent), bordering,
    )  # fmt: skip


@st.composite
def changed(draw: st.DrawFn, world: World) -> World:
    """The same world with some pledges more and some fewer; now and then one power is another, or troops are sent."""
    states = list(world.power)
    ties = [(a, b, kind) for a in states for b in states if a != b for kind in ("defence", "offence")]
    if not ties:
        return world
    less = draw(st.sets(st.sampled_from(sorted(world.pledges)), max_size=3)) if world.pledges else set()
    more = draw(st.sets(st.sampled_from(ties), max_size=4))
    power = dict(world.power)
    if draw(st.integers(0, 4)) == 0 and power[states[0]] is not None:
        power[states[0]] = float(draw(st.integers(1, 8)))
    pledges = (world.pledges - less) | more
    troops = dict(world.troops)
    if draw(st.integers(0, 3)) == 0:
        posted = draw(st.sampled_from([(a, b) for a in states for b in states if a != b]))
        troops[posted] = (number := float(draw(st.integers(0, 9))), number)
    return replace(world, power=power, pledges=pledges, unsure=world.unsure - pledges, troops=troops)


def at_one_point(draw: np.random.Generator, *worlds: World) -> tuple[World, ...]:
    """The same worlds with everything that was in doubt settled, in the same way in each."""
    first = worlds[0]
    found = {}
    for state, (low, high) in first.bounds.items():
        found[state] = float(draw.choice([low, min(high, 1e5), draw.uniform(low, min(high, 9.0))]))
    spots = {s: (float(draw.uniform(-60, 60)), float(draw.uniform(-60, 60))) for s in first.power}
    held = {tie for w in worlds for tie in sorted(w.unsure) if draw.random() < 0.5}
    foes = {pair for w in worlds for pair in sorted(w.wary) if draw.random() < 0.5}
    posts = {(pair, span): float(draw.uniform(*span)) for w in worlds for pair, span in w.troops.items()}
    spent = {state: float(draw.choice([0.0, draw.uniform(0.0, MOST_SPENT), MOST_SPENT])) for state in first.power}
    return tuple(
        World(
            dict(w.power) | found, w.pledges | (w.unsure & held), places=spots | dict(w.places),
            hostile=w.hostile | (w.wary & foes), bordering=w.bordering,
            troops={pair: (posts[pair, span], posts[pair, span]) for pair, span in w.troops.items()},
            spent={state: spent[state] if one is None else one for state, one in w.spent.items()},
        )
        for w in worlds
    )  # fmt: skip
