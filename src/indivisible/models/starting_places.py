"""From where the power of each state starts: its capital, the territory of its allies, and where its troops stand.

Every place but the capital counts in part only, by a weight w between 0 and 1: from k through h to i it is
(1 - w) d_ki + w d_hi, and k comes by whichever of its ways is the shortest. Allied territory has the weight `reach`;
a host of its troops `forward` times what they are of a full garrison, and never more than that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Plane, Ties
from indivisible.measures.geography import nearest
from indivisible.models.base import Settings


@dataclass(frozen=True, slots=True)
class Places:
    """What the ways are made of: km between capitals, who is pledged to defend whom, and the weights of places.

    `allied` is a pledge in either direction; `posted` [k, h] the weight of the troops of k in h.
    """

    distance: Floats
    defends: Ties
    allied: Ties
    reach: float
    posted: Plane

    @property
    def doubted(self) -> bool:
        """Whether any place may or may not be open, or counts for more or less."""
        return bool(self.defends.doubt.any() or (self.posted.low != self.posted.high).any())

    def ways(self) -> Plane:
        """km [k, i] from k to i by its shortest way: the least it may be, what it is, and the most; NaN not known."""
        near = self._way(self.allied.possible, self.defends.possible, self.posted.high)
        if not self.doubted:
            return Plane(near, near, near)
        far = self._way(self.allied.sure, self.defends.sure, self.posted.low)
        if self.defends.doubt.any():
            return Plane(near, np.where(near == far, near, np.nan), far)
        best = self._way(self.allied.sure, self.defends.sure, self.posted.best)
        return Plane(near, np.where(near == far, near, best), far)

    def _way(self, allied: Bools, defends: Bools, posted: Floats) -> Floats:
        """An ally is pledged either way. A defender may stand on the ground of the state it defends; anybody else
        starts from the ground of the very state it would go against only if its troops stand there already."""
        way = self.distance
        if self.reach > 0.0:
            through = nearest(self.distance, allied, own_ground=False)
            through = np.where(defends, np.minimum(through, 0.0), through)
            way = (1.0 - self.reach) * self.distance + self.reach * through
        return _through_hosts(self.distance, way, posted)


def places_of(arrays: Arrays, settings: Settings, defence: Ties) -> Places:
    """The starting places by the settings of the model `distance`; `defence` are the pledges that count."""
    forward, garrison = settings.number("forward"), settings.number("garrison")
    troops = arrays.deployments
    if forward > 0.0 and (troops.high > 0.0).any():
        low, best, high = (forward * np.minimum(x / garrison, 1.0) for x in (troops.low, troops.best, troops.high))
        posted = Plane(low, np.where(low == high, low, best), high)
    else:
        nobody = np.zeros_like(arrays.distance)
        posted = Plane(nobody, nobody, nobody)
    return Places(arrays.distance, defence, defence.united_with(defence.reversed()), settings.number("reach"), posted)


def _through_hosts(distance: Floats, way: Floats, posted: Floats) -> Floats:
    """The shorter of a way and those through the hosts of troops; NaN where any of the distances is not known."""
    shortest = way
    for k in np.flatnonzero((posted != 0.0).any(axis=1)):  # a weight that is not known is not 0
        hosts = np.flatnonzero(posted[k] != 0.0)
        weight = posted[k, hosts][:, None]
        if shortest is way:
            shortest = way.copy()
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
    own = ~old.defends.same_as(new.defends) if max(old.reach, new.reach) > 0.0 else np.zeros_like(differ)
    same: Bools = np.ones_like(differ)
    for k in np.flatnonzero(differ.any(axis=1) | own.any(axis=1)).tolist():
        kept = _longest_without(old, k, differ[k], own[k])
        same[k] = (_shortest_through(old, k, differ[k], own[k]) >= kept) & (
            _shortest_through(new, k, differ[k], own[k]) >= kept
        )
        same[k, k] = True
    return same


def _differ(old: Places, new: Places) -> Bools:
    """[k, h]: whether h is open to k differently after the change."""
    differ = ~old.posted.same_as(new.posted)
    if max(old.reach, new.reach) > 0.0:
        differ |= ~old.allied.same_as(new.allied)
    return np.asarray(differ)


def _longest_without(places: Places, k: int, differ: Bools, own: Bools) -> Floats:
    """km [i] from k by the longest that the shortest way can be, the places that differ left out."""
    allied = places.allied.sure[k] & ~differ
    defends = places.defends.sure[k] & ~own
    posted = np.where(differ, 0.0, places.posted.low[k])
    return _one_way(places, k, allied, defends, posted)


def _shortest_through(places: Places, k: int, differ: Bools, own: Bools) -> Floats:
    """km [i] from k by the shortest way through the places that differ, or through i itself where its ground does."""
    allied = places.allied.possible[k] & differ
    posted = np.where(differ, places.posted.high[k], 0.0)
    return _one_way(places, k, allied, places.defends.possible[k] & (own | differ), posted)


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
