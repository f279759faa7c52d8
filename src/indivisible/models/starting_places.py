"""From where the power of each state starts: its capital, the territory of its allies, and where its troops stand.

Every place but the capital counts in part only, by a weight w between 0 and 1: from k through h to i it is
(1 - w) d_ki + w d_hi, and k comes by whichever of its ways is the shortest. Allied territory has the weight `reach`;
a host of its troops `forward` times what they are of a full garrison, and never more than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Plane, Ties
from indivisible.measures.geography import nearest
from indivisible.models.base import Settings


@dataclass(frozen=True)
class Ground:
    """What ways are made of, whatever the reach: km between capitals, who is pledged to defend whom, and who has troops
    where.

    `allied` is a pledge in either direction; `posted` [k, h] the weight of the troops of k in h.
    """

    distance: Floats
    defends: Ties
    allied: Ties
    posted: Plane

    @cached_property
    def doubted(self) -> bool:
        """Whether any place may or may not be open, or counts for more or less."""
        return bool(self.defends.doubt.any() or (self.posted.low != self.posted.high).any())

    @cached_property
    def near(self) -> tuple[Floats, Floats]:
        """km [k, i] at the least: from allied territory, and from home or a host of troops."""
        through = _through_allies(self.distance, self.allied.possible, self.defends.possible)
        return through, _through_hosts(self.distance, self.posted.high)

    @cached_property
    def far(self) -> tuple[Floats, Floats]:
        """The same at the most."""
        through = _through_allies(self.distance, self.allied.sure, self.defends.sure)
        return through, _through_hosts(self.distance, self.posted.low)

    @cached_property
    def best(self) -> tuple[Floats, Floats]:
        """The same as it is; NaN where that is not known."""
        if self.defends.doubt.any():
            nowhere = np.full_like(self.distance, np.nan)
            return nowhere, nowhere
        return self.far[0], _through_hosts(self.distance, self.posted.best)


@dataclass(frozen=True, slots=True)
class Places:
    """The ground from which power starts, and how far it reaches through the territory of allies."""

    ground: Ground
    reach: float

    @property
    def distance(self) -> Floats:
        """km from capital to capital."""
        return self.ground.distance

    @property
    def allied(self) -> Ties:
        """Who is pledged to defend whom, in either direction."""
        return self.ground.allied

    def ways(self) -> Plane:
        """km [k, i] from k to i by its shortest way: the least it may be, what it is, and the most; NaN not known."""
        near = self._way(self.ground.near)
        if not self.ground.doubted:
            return Plane(near, near, near)
        far, best = self._way(self.ground.far), self._way(self.ground.best)
        return Plane(near, np.where(near == far, near, best), far)

    def _way(self, starts: tuple[Floats, Floats]) -> Floats:
        through_allies, hosted = starts
        if self.reach == 0.0:
            return hosted
        way: Floats = np.minimum((1.0 - self.reach) * self.distance + self.reach * through_allies, hosted)
        return way  # np.minimum keeps NaN


def ground_of(arrays: Arrays, settings: Settings, defence: Ties) -> Ground:
    """The ground by the settings of the model `distance`, whatever its reach."""
    forward, garrison = settings.number("forward"), settings.number("garrison")
    troops = arrays.deployments
    if forward > 0.0 and (troops.high > 0.0).any():
        low, best, high = (forward * np.minimum(x / garrison, 1.0) for x in (troops.low, troops.best, troops.high))
        posted = Plane(low, np.where(low == high, low, best), high)
    else:
        nobody = np.zeros_like(arrays.distance)
        posted = Plane(nobody, nobody, nobody)
    return Ground(arrays.distance, defence, defence.united_with(defence.reversed()), posted)


def _through_allies(distance: Floats, allied: Bools, defends: Bools) -> Floats:
    """km [k, i] from the nearest of k and its allies.

    A defender may stand on the ground of the state it defends; anybody else starts from the ground of the very state
    it would go against only if its troops stand there already.
    """
    through = nearest(distance, allied, own_ground=False)
    return np.where(defends, np.minimum(through, 0.0), through)


def _through_hosts(distance: Floats, posted: Floats) -> Floats:
    """km [k, i] by the shortest of the way from home and those through hosts of troops; NaN where any is not known."""
    shortest = distance
    for k in np.flatnonzero((posted != 0.0).any(axis=1)):  # a weight that is not known is not 0
        hosts = np.flatnonzero(posted[k] != 0.0)
        weight = posted[k, hosts][:, None]
        if shortest is distance:
            shortest = distance.copy()
        through = (1.0 - weight) * distance[k] + weight * distance[hosts]
        shortest[k] = np.minimum(shortest[k], through.min(axis=0))  # np.minimum keeps NaN
        shortest[k, k] = 0.0
    return shortest


def same_ways(old: Places, new: Places) -> Bools:
    """[k, i]: whether the way from k to i is one and the same both times, though it may not be known how long it is.

    It is where every place that is open differently after the change is out of the way whatever it counts for: some
    other way, open both times, is never longer.
    """
    differ = _differ(old, new)
    own = ~old.ground.defends.same_as(new.ground.defends) if max(old.reach, new.reach) > 0.0 else np.zeros_like(differ)
    same: Bools = np.ones_like(differ)
    for k in np.flatnonzero(differ.any(axis=1) | own.any(axis=1)).tolist():
        kept = _longest_without(old, k, differ[k], own[k])
        same[k] = (_shortest_through(old, k, differ[k], own[k]) >= kept) & (
            _shortest_through(new, k, differ[k], own[k]) >= kept
        )
        same[k, k] = True
    return same


def never_longer(old: Places, new: Places) -> Bools:
    """[k, i]: whether no way from k to i is longer after the change, whatever is not known.

    Troops that a change bounds anew are the same unknown number, held to its new bounds.
    """
    before, after = old.ground, new.ground
    posted = (after.posted.low >= before.posted.low) & (after.posted.high >= before.posted.high)
    if max(old.reach, new.reach) == 0.0:
        return np.broadcast_to(np.asarray(posted.all(axis=1))[:, None], posted.shape)
    open_still = after.allied.sure | ~before.allied.possible | after.allied.same_as(before.allied)
    own_still = after.defends.sure | ~before.defends.possible | after.defends.same_as(before.defends)
    return np.asarray(np.asarray((posted & open_still).all(axis=1))[:, None] & own_still)


def _differ(old: Places, new: Places) -> Bools:
    """[k, h]: whether h is open to k differently after the change."""
    differ = ~old.ground.posted.same_as(new.ground.posted)
    if max(old.reach, new.reach) > 0.0:
        differ |= ~old.allied.same_as(new.allied)
    return np.asarray(differ)


def _longest_without(places: Places, k: int, differ: Bools, own: Bools) -> Floats:
    """km [i] from k by the longest that the shortest way can be, the places that differ left out."""
    allied = places.allied.sure[k] & ~differ
    defends = places.ground.defends.sure[k] & ~own
    posted = np.where(differ, 0.0, places.ground.posted.low[k])
    return _one_way(places, k, allied, defends, posted)


def _shortest_through(places: Places, k: int, differ: Bools, own: Bools) -> Floats:
    """km [i] from k by the shortest way through the places that differ, or through i itself where its ground does."""
    allied = places.allied.possible[k] & differ
    posted = np.where(differ, places.ground.posted.high[k], 0.0)
    return _one_way(places, k, allied, places.ground.defends.possible[k] & (own | differ), posted)


def _one_way(places: Places, k: int, allied: Bools, defends: Bools, posted: Floats) -> Floats:
    home = places.distance[k]
    way = home
    if places.reach > 0.0:
        steps = places.distance[allied].copy()
        steps[np.arange(len(steps)), np.flatnonzero(allied)] = np.inf  # no ground of the state one goes against
        through = np.minimum(home, steps.min(axis=0, initial=np.inf))
        through = np.where(defends, np.minimum(through, 0.0), through)
        way = (1.0 - places.reach) * home + places.reach * through
    hosts = np.flatnonzero(posted != 0.0)
    weight = posted[hosts][:, None]
    through_hosts = (1.0 - weight) * home + weight * places.distance[hosts]
    found: Floats = np.minimum(way, through_hosts.min(axis=0, initial=np.inf))
    return found
