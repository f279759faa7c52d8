"""What one pledge more, or one pledge fewer, does to the attacks on one state: all pairs of states at once.

A pledge between a and b changes the attacks that a and b lead and no others, and the defence of a and of b. So what
each of the n (n - 1) / 2 changes does follows from the sums before it by adding or leaving out one term.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Floats, Integers
from indivisible.models.coalitions import World

_NEARLY_ALL = 1e-3  # where so little of a sum is left without a member, the rest is summed anew


@dataclass(frozen=True, slots=True)
class Links:
    """One world, prepared for asking what one pledge more or fewer does to one state after another.

    `joined` and `apart` are who joins whom and who does not, as ones and noughts.
    """

    world: World
    joined: Floats
    apart: Floats
    attack_weight: Floats
    defence_weight: Floats
    boundless: bool

    @staticmethod
    def of(world: World) -> Links:
        """The world with its weights as [i, k]."""
        attack, defence = (np.broadcast_to(w, world.joins.shape) for w in (world.attack_weight, world.defence_weight))
        boundless = bool(np.isinf(world.attack_weight).any() or np.isinf(world.defence_weight).any())
        return Links(world, world.joins.astype(float), (~world.joins).astype(float), attack, defence, boundless)

    def against(self, i: int) -> OneLink:
        """The attacks on state i."""
        return OneLink(self, i)


class OneLink:
    """The attacks on state i in one world, by the leader rule, with one defence pledge made or dropped.

    Everything is a pressure: attackers' over defenders' sum, 0 where no attack is possible, infinite where nothing
    defends. A pledge is mutual; dropped means that neither is pledged to defend the other by any treaty (to join the
    other's attacks, perhaps).
    """

    def __init__(self, links: Links, i: int) -> None:
        world = links.world
        self._world, self._links, self._i = world, links, i
        self.free, self._defends = world.free[i], world.defends[i]
        self._defence_weight = links.defence_weight[i]
        self._attack_weight = np.where(self.free, links.attack_weight[i], 0.0)
        self._attack = _Sums(links.joined, self._attack_weight, boundless=links.boundless)
        shield = np.where(self._defends, self._defence_weight, 0.0)
        members = links.apart if world.exposed else np.ones((1, len(shield)))
        self._shield = _Sums(members, shield, own=float(self._defence_weight[i]), boundless=links.boundless)
        self._led = np.where(self.free, self._attack.total, 0.0)
        self.pressures = pressure(self._led, self._shield.total)
        """[j]: of the attack that j leads as things are."""
        self._first = int(self.pressures.argmax())
        self.strongest = float(self.pressures[self._first])
        """Of the strongest attack as things are."""

    def through(self, places: tuple[Integers, Integers]) -> Floats:
        """[p]: of the attack on i that the two of a pair join once they are pledged, the stronger of those that the one
        or the other leads; `places` of (a, b) and of (b, a) in a table of all pairs laid flat.

        Where one of the two is not free to attack i, it is the attack of the other alone.
        """
        attack = _terms(self._links.apart, self._attack_weight, boundless=self._links.boundless)
        attack += self._led[:, None]
        attack[~self.free] = 0.0
        if self._world.exposed:
            attack = pressure(attack, self._shield.without())
        flat = attack.ravel()
        found = np.maximum(flat[places[0]], flat[places[1]])
        return found if self._world.exposed else pressure(found, self._shield.total)

    def pledged(self) -> Floats:
        """[b]: the strongest once i and b are pledged to one another."""
        joins = self._world.joins
        joining = np.where(self._defends, 0.0, self._defence_weight)
        if self._world.exposed:
            more = _terms(self._links.apart, joining, boundless=self._links.boundless)
            more += self._shield.total[:, None]
            found = _highest(pressure(self._led[:, None], more))
        else:
            attack = np.full(len(joins), self._led[self._first])  # b attacks no more: nothing to the first without b
            lost = np.flatnonzero(self.free & joins[self._first])
            rest = np.where(self.free[:, None], self._attack.without(lost), 0.0)
            rest[lost, np.arange(len(lost))] = 0.0
            attack[lost] = _highest(rest)
            found = pressure(attack, joining + self._shield.total)
        found[self._i] = self.strongest  # no pledge to oneself
        return found

    def unpledged(self, b: Integers) -> Floats:
        """[p]: the strongest once neither of i and b[p] is pledged to defend the other."""
        if self._world.exposed:
            return _highest(pressure(self._led[:, None], self._shield.without(b)))
        weight = np.where(self.free[b], 0.0, self._links.attack_weight[self._i, b])
        attack = _terms(self._links.joined[:, b], weight, boundless=self._links.boundless)
        attack += self._attack.total[:, None]
        leads = self.free[:, None] | (np.arange(len(attack))[:, None] == b)  # b is free to lead
        return pressure(_highest(np.where(leads, attack, 0.0)), self._shield.without(b)[0])

    def parted(self, a: Integers, b: Integers) -> Floats:
        """[p]: the strongest once a[p] and b[p], neither of them i, are no longer pledged to defend one another."""
        found = np.full(len(a), self.strongest)
        rows = np.flatnonzero((a == self._first) | (b == self._first))  # no other pair leads the strongest attack
        if not rows.size:
            return found
        a, b = a[rows], b[rows]
        found[rows] = np.maximum(np.maximum(self._others(a, b), self._left_by(a, b)), self._left_by(b, a))
        return found

    def _left_by(self, leader: Integers, member: Integers) -> Floats:
        leaves = self._world.joins[leader, member] & ~self._world.joins_anyway[leader, member]
        attack = np.where(leaves, self._attack.without_each(leader, member), self._attack.total[leader])
        defence = self._shield.total
        if self._world.exposed:
            back = leaves & self._defends[member]
            defence = defence[leader] + np.where(back, self._defence_weight[member], 0.0)
        return pressure(np.where(self.free[leader], attack, 0.0), defence)

    def _others(self, a: Integers, b: Integers) -> Floats:
        """[p]: the strongest of all attacks led by neither a[p] nor b[p]."""
        found = np.zeros(len(a))
        for leader in np.argsort(-self.pressures, kind="stable")[:3][::-1]:
            found = np.where((a == leader) | (b == leader), found, self.pressures[leader])
        return found


def pressure(attack: Floats, defence: Floats) -> Floats:
    """Attack over defence; 0 where there is no attack, infinite where nothing defends against one."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found: Floats = attack / defence
    if not defence.min(initial=np.inf) > 0.0:
        found = np.where(attack > 0.0, found, 0.0)
    return found


def _highest(table: Floats) -> Floats:
    found: Floats = table.max(axis=0, initial=0.0)
    return found


def _terms(members: Floats, weight: Floats, *, boundless: bool) -> Floats:
    """[r, k]: the weight of k where it is a member of r, else 0."""
    return np.where(members > 0.0, weight, 0.0) if boundless else members * weight


class _Sums:
    """`own` and sums over members [r, k] of their weight [k], and what each would be without one of them."""

    def __init__(self, members: Floats, weight: Floats, *, boundless: bool, own: float = 0.0) -> None:
        self._members, self._weight, self._own, self._boundless = members, weight, own, boundless
        total = _terms(members, weight, boundless=True).sum(axis=1) if boundless else members @ weight
        self.total: Floats = total + own

    def without(self, columns: Integers | None = None) -> Floats:
        """[r, k]: the sum without k, the whole sum where k is no member; of all k or of those given."""
        members, weight = self._members, self._weight
        if columns is not None:
            members, weight = members[:, columns], weight[columns]
        terms = _terms(members, weight, boundless=self._boundless)
        with np.errstate(invalid="ignore"):
            found: Floats = self.total[:, None] - terms
        little = ~(found > (_NEARLY_ALL * self.total)[:, None])
        if little.any():
            row, column = np.nonzero(little & (terms > 0.0))
            found[row, column] = self._anew(row, column if columns is None else columns[column])
        return found

    def without_each(self, rows: Integers, columns: Integers) -> Floats:
        """[p]: the sum of a row without one column, pair by pair."""
        with np.errstate(invalid="ignore"):
            found: Floats = self.total[rows] - np.where(self._members[rows, columns] > 0.0, self._weight[columns], 0.0)
        few = np.flatnonzero(~(found > _NEARLY_ALL * self.total[rows]))
        found[few] = self._anew(rows[few], columns[few])
        return found

    def _anew(self, rows: Integers, columns: Integers) -> Floats:
        terms = _terms(self._members[rows], self._weight, boundless=self._boundless)
        terms[np.arange(len(rows)), columns] = 0.0
        found: Floats = terms.sum(axis=1) + self._own
        return found
