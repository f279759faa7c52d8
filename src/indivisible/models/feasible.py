"""Which attacks are feasible in one world: as things are, once two states are pledged, once two no longer are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Bools, Floats, Integers
from indivisible.errors import QuestionError
from indivisible.models.attacks import groups_of, linked_by
from indivisible.models.coalitions import World, masked_sums
from indivisible.models.one_link import Links

ROUNDING = 1e-12  # relative; an attack equal to gamma times the defence but for rounding is not feasible


@dataclass(frozen=True, slots=True)
class Feasible:
    """Whether an attack is feasible, in one world.

    led      [i, g] on i by the largest coalition of leader g, or by the members of group g that are free to
    through  [p, i] on i by a coalition that holds both states of pair p, once they are pledged to one another
    alone    [x, b] on x once x and b are no longer pledged to defend one another; False where they are not
    """

    led: Bools
    through: Bools
    alone: Bools

    @property
    def now(self) -> Bools:
        """[i]: on i, by anybody."""
        return np.asarray(self.led.any(axis=1))


def feasible_by_leaders(world: World, pairs: Integers, linked: Bools, gamma: float) -> Feasible:
    """By the rule that a leader brings all who join it; a coalition through a new pledge is led by one of the two."""
    n = len(world.free)
    links, bar = Links.of(world), gamma / (1.0 - ROUNDING)
    places = pairs[:, 0] * n + pairs[:, 1], pairs[:, 1] * n + pairs[:, 0]
    led, alone = np.zeros((n, n), dtype=bool), np.zeros((n, n), dtype=bool)
    through = np.zeros((len(pairs), n), dtype=bool)
    for i in range(n):
        link = links.against(i)
        led[i] = link.pressures > bar
        through[:, i] = (link.through(places) > bar) & link.free[pairs].all(axis=1)
        partners = np.flatnonzero(linked[i])
        alone[i, partners] = link.unpledged(partners) > bar
    return Feasible(led, through, alone)


def feasible_by_groups(world: World, pairs: Integers, linked: Bools, gamma: float) -> Feasible:
    """By the rule that attackers are all pledged to one another.

    An attack is feasible where what its members weigh, and gamma times what of the defence they take away, exceeds
    gamma times the whole defence: a sum over members, so that the heaviest group decides. Where the defence has no
    upper bound nothing is called feasible. Raises QuestionError where the groups are too many to list.
    """
    groups = groups_of(world)
    if groups is None:
        raise QuestionError("the groups of mutual allies are too many to compare one by one", do="set rule=leader")
    n = len(world.free)
    attack, defence = (np.broadcast_to(w, (n, n)) for w in (world.attack_weight, world.defence_weight))
    defending = np.where(world.defends, defence, 0.0)
    taken = gamma * defending if world.exposed else np.zeros((n, n))
    weight = np.where(world.free, attack + taken, 0.0)
    own = np.diagonal(defence)
    whole = gamma * (own + defending.sum(axis=1))
    led = gamma * world.margins_of(groups) < 1.0 - ROUNDING
    through = _through_groups(world, pairs, groups, weight, whole)
    alone = np.zeros((n, n), dtype=bool)
    for x in range(n):
        partners = np.flatnonzero(linked[x])
        each = np.arange(len(partners))
        left, come = (np.repeat(row[x][None, :], len(partners), axis=0) for row in (defending, weight))
        left[each, partners] = 0.0
        come[each, partners] = attack[x, partners]  # free to attack, and no defender any more
        strongest = masked_sums(come > 0.0, come, groups).max(axis=1, initial=0.0)
        alone[x, partners] = _exceeds(strongest, gamma * (own[x] + left.sum(axis=1)))
    return Feasible(led, through, alone)


def _through_groups(world: World, pairs: Integers, groups: Bools, weight: Floats, whole: Floats) -> Bools:
    """[p, i]: the two of a pair, with the heaviest group among those that are linked to both of them."""
    links = linked_by(world)
    shared = links[pairs[:, 0]] & links[pairs[:, 1]]
    packed = np.packbits(shared, axis=1)
    kinds, which = np.unique(packed, axis=0, return_inverse=True)
    heaviest = np.zeros((len(kinds), len(weight)))
    for k, bits in enumerate(kinds):
        members = np.flatnonzero(np.unpackbits(bits, count=len(weight)))
        if members.size:
            inside = np.unique(groups[:, members], axis=0)
            here = weight[:, members]
            heaviest[k] = masked_sums(here > 0.0, here, inside).max(axis=1, initial=0.0)
    found = np.zeros((len(pairs), len(weight)), dtype=bool)
    for i in range(len(weight)):
        total = weight[i, pairs].sum(axis=1) + heaviest[which.ravel(), i]
        found[:, i] = _exceeds(total, whole[i]) & world.free[i, pairs].all(axis=1)
    return found


def _exceeds(attack: Floats, bar: Floats | np.float64) -> Bools:
    found: Bools = attack * (1.0 - ROUNDING) > bar
    return found
