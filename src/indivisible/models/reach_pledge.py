"""What every possible mutual defence pledge between two states does to the balance of every state, all pairs at once.

For the model `distance`, exactly as if each pledge were written into the arrays and they were read again. A pledge
moves the two states to each other's side; to a third state it only opens their territory to each other's forces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from indivisible.architecture.arrays import Arrays, Floats
from indivisible.measures.decay import exponential, linear, war_trap_exponent
from indivisible.measures.geography import nearest
from indivisible.models.base import Settings
from indivisible.models.reach import Balance, balance_of

Fade = Callable[[int | slice, Floats], Floats]


def by_pledge_in_distance(arrays: Arrays, settings: Settings) -> Floats | None:
    """[p, j]: score of j with the pledge of pair p (0-1, 0-2 ... 1-2 ...) less its score without any between them.

    Infinite where a state is opposed only with, or only without, it; 0 where nothing defends it either way. None where
    a figure, a pledge, a distance or a garrison is not known.
    """
    balance = balance_of(arrays, settings)
    if not exact(balance):
        return None
    return _Pledges(balance, settings).all()


def exact(balance: Balance) -> bool:
    """Whether everything that enters the sums is known."""
    brought = balance.brought
    known = np.isfinite(brought.best).all() and np.array_equal(brought.low, brought.high)
    return bool(known) and not balance.defends.doubt.any()


class _Pledges:
    """The sums of every state, and what each pair's pledge, made or dropped, adds to them."""

    def __init__(self, balance: Balance, settings: Settings) -> None:
        places = balance.places
        self._distance, self._allied, self._reach = places.distance, places.allied.sure, places.reach
        self._near = nearest(self._distance, self._allied, own_ground=False)
        self._hosted = replace(places, reach=0.0).ways().best  # from home, or from where its troops stand
        self._brought, self._defends = balance.brought.best, balance.defends.sure
        self._ours = np.where(self._defends, self._brought, 0.0).sum(axis=1)
        self._theirs = np.where(self._defends, 0.0, self._brought).sum(axis=1)
        self._fade = _fade_of(balance, settings)
        self._steps = self._distance.copy()
        np.fill_diagonal(self._steps, np.inf)  # nobody starts from the ground of the very state it would go against

    def all(self) -> Floats:
        n = len(self._distance)
        first, second = np.triu_indices(n, k=1)
        place = np.zeros((n, n), dtype=np.int64)
        place[first, second] = place[second, first] = np.arange(len(first))
        made = np.tile(self._theirs, (len(first), 1))
        dropped = made.copy()
        for a in range(n) if self._reach > 0.0 else ():
            others = np.arange(n) != a
            made[place[a, others]] += self._gained(a)[others]
        for p in np.flatnonzero(self._allied[first, second]) if self._reach > 0.0 else ():
            dropped[p] = self._parted(int(first[p]), int(second[p]))
        found = _log_ratio(dropped, made)
        found[np.isfinite(found) & (self._ours == 0.0)] = 0.0
        own = self._of_itself()
        found[np.arange(len(first)), first] = own[first, second]
        found[np.arange(len(first)), second] = own[second, first]
        return found

    def _gained(self, a: int) -> Floats:
        """[b, j]: what a brings more against j once b is its ally."""
        near = self._near[a]
        with_b = np.where(self._allied[a][:, None], near, np.minimum(near, self._steps))
        more = self._at(a, with_b) - self._brought[:, a]
        return np.where(~self._defends[:, a] & (with_b != near), more, 0.0)

    def _parted(self, a: int, b: int) -> Floats:
        """[j]: what all others bring against j once a and b are allies no more; summed anew, as it may be far less."""
        brought = np.where(self._defends, 0.0, self._brought)
        for one, other in ((a, b), (b, a)):
            rest = self._allied[one].copy()
            rest[other] = False
            near = np.minimum(self._distance[one], self._steps[rest].min(axis=0, initial=np.inf))
            changed = ~self._defends[:, one] & (near != self._near[one])
            brought[changed, one] = self._at(one, near)[changed]
        return np.asarray(brought.sum(axis=1))

    def _at(self, a: int, near: Floats) -> Floats:
        """[.., j]: what a brings to j when the nearest ground it may start from is so far away."""
        way = (1.0 - self._reach) * self._distance[a] + self._reach * near
        return self._fade(a, np.minimum(way, self._hosted[a]))

    def _of_itself(self) -> Floats:
        """[a, b]: what its own pledge with b does to a. Defended by b, its ground is open to b."""
        apart, hosted = (1.0 - self._reach) * self._distance.T, self._hosted.T
        helping = self._fade(slice(None), np.minimum(apart, hosted))
        coming = self._fade(slice(None), np.minimum(apart + self._reach * self._near.T, hosted))
        ours = _without_each(np.where(self._defends, self._brought, 0.0))
        theirs = _without_each(np.where(self._defends, 0.0, self._brought))
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = _log_ratio(ours + helping, ours) + _log_ratio(theirs + coming, theirs)
        opposed_then, opposed_now = theirs + coming > 0.0, theirs > 0.0
        moved[opposed_then & ~opposed_now] = np.inf
        moved[~opposed_then | (opposed_now & (ours + helping == 0.0))] = 0.0
        return moved


def _fade_of(balance: Balance, settings: Settings) -> Fade:
    """What k (or every k, along the last axis) brings over so many km."""
    power, kind = balance.power.best, settings.choice("decay")
    if kind == "war_trap":
        pace, normalised = settings.number("miles_per_day"), settings.switch("normalised")
        return lambda k, km: np.asarray(power[k] ** war_trap_exponent(km, pace, normalised=normalised))
    scale = settings.number("scale")
    if kind == "exponential":
        return lambda k, km: np.asarray(power[k] * exponential(km, scale))
    if kind == "linear":
        return lambda k, km: np.asarray(power[k] * linear(km, scale))
    raise ValueError(kind)


def _without_each(terms: Floats) -> Floats:
    """[i, k]: the sum of row i without k; without the largest it is summed anew, for it may be all but everything."""
    rest: Floats = terms.sum(axis=1)[:, None] - terms
    rows, largest = np.arange(len(terms)), terms.argmax(axis=1)
    others = terms.copy()
    others[rows, largest] = 0.0
    rest[rows, largest] = others.sum(axis=1)
    return rest


def _log_ratio(over: Floats, under: Floats) -> Floats:
    """ln(over / under), exactly zero where they are the same."""
    moved = np.zeros(over.shape)
    differ = over != under
    with np.errstate(divide="ignore"):
        moved[differ] = np.log(over[differ]) - np.log(under[differ])
    return moved
