"""What one per cent more or less power of one state does to the security of every state, all states at once.

For deterrence by the leader rule and for distance, exactly as if each power were changed in the arrays and they were
read again: one power enters the sums of both sides in one place only.
"""

from __future__ import annotations

import math

import numpy as np

from indivisible.architecture.arrays import Arrays, Floats
from indivisible.models.base import Settings
from indivisible.models.coalitions import World, sides_of, weights_of, worst_world
from indivisible.models.one_link import pressure
from indivisible.models.reach import Balance, balance_of
from indivisible.models.reach_pledge import exact

STEP = 1.01
"""Power is multiplied and divided by this."""
WIDTH = 2.0 * math.log(STEP)


def by_power_in_deterrence(arrays: Arrays, settings: Settings) -> Floats | None:
    """[i, j] = (s_j(P_i x 1.01) - s_j(P_i / 1.01)) / (2 ln 1.01) by the leader rule.

    0 for a state that nobody can attack, or that nothing defends, either way. None where it cannot be said this way:
    the clique rule, or a figure or pledge that is not known.
    """
    if settings.choice("rule") != "leader":
        return None
    sides, weight = sides_of(arrays, settings), weights_of(arrays, settings)
    if sides.in_doubt or not np.array_equal(weight.low, weight.high) or not np.isfinite(weight.high).all():
        return None
    attacks = _Attacks(worst_world(sides, weight.low, weight.high))
    found = np.empty((len(arrays.states),) * 2)
    for i in range(len(arrays.states)):
        found[i] = _log_ratio(attacks.pressures(i, 1.0 / STEP), attacks.pressures(i, STEP)) / WIDTH
    return found


def by_power_in_distance(arrays: Arrays, settings: Settings) -> Floats | None:
    """[i, j] = (s_j(P_i x 1.01) - s_j(P_i / 1.01)) / (2 ln 1.01), for all three ways in which power fades.

    0 for a state to which nobody else can bring anything, or that nothing defends. None where a figure, a pledge or a
    distance is not known.
    """
    balance = balance_of(arrays, settings)
    if not exact(balance):
        return None
    of = _shares_move if balance.war_trap else _powers_move
    less, more = of(balance, 1.0 / STEP), of(balance, STEP)
    found = (_log_ratio(less[1], more[1]) - _log_ratio(less[0], more[0])) / WIDTH
    found[:, (balance.others().best == 0.0) | (balance.defence().best == 0.0)] = 0.0
    return found


class _Attacks:
    """Attacks and defences of a world, and what becomes of the strongest where one power is multiplied."""

    def __init__(self, world: World) -> None:
        self._world, n = world, len(world.free)
        self._weight = np.broadcast_to(world.attack_weight, (n, n))
        self._attack, self._defence = world.attack(), world.defence(world.joins)
        self._own = np.eye(n, dtype=bool)

    def pressures(self, k: int, factor: float) -> Floats:
        """[i]: attackers' over defenders' sum of the strongest attack on i, the power of k multiplied."""
        world = self._world
        with_k = world.joins[:, k]
        move = (factor - 1.0) * self._weight[:, k]
        attacks = np.where(world.free[:, k], move, 0.0)[:, None]
        defends = np.where(world.defends[:, k] | self._own[:, k], move, 0.0)[:, None]
        own = np.where(self._own[:, k], move, 0.0)[:, None]
        joined, others = self._attack[:, with_k], self._attack[:, ~with_k]
        joined = np.where(joined > 0.0, joined + attacks, 0.0)
        if world.exposed:  # whom a leader brings along is lost to the defence
            joined = pressure(joined, self._defence[:, with_k] + own)
            others = pressure(others, self._defence[:, ~with_k] + defends)
            return _strongest(joined, others)
        return pressure(_strongest(joined, others), (self._defence + defends)[:, 0])


def _strongest(joined: Floats, others: Floats) -> Floats:
    found: Floats = np.maximum(joined.max(axis=1, initial=0.0), others.max(axis=1, initial=0.0))
    return found


def _powers_move(balance: Balance, factor: float) -> tuple[Floats, Floats]:
    """[k, i] twice: the defence of i, and all others, where the power of k is multiplied."""
    defends, brought = balance.defends.sure, balance.brought.best
    move = (factor - 1.0) * brought
    ours, theirs = np.where(defends, brought, 0.0).sum(axis=1), np.where(defends, 0.0, brought).sum(axis=1)
    return ours + np.where(defends, move, 0.0).T, theirs + np.where(defends, 0.0, move).T


def _shares_move(balance: Balance, factor: float) -> tuple[Floats, Floats]:
    """The same where what fades is the share of all power: one power more makes every other share smaller."""
    defends, power, exponent = balance.defends.sure, balance.origin.best, balance.share.best
    n = len(power)
    ours, theirs = np.empty((n, n)), np.empty((n, n))
    for k in range(n):
        moved = power.copy()
        moved[k] *= factor
        brought = (moved / moved.sum())[None, :] ** exponent
        ours[k] = np.where(defends, brought, 0.0).sum(axis=1)
        theirs[k] = np.where(defends, 0.0, brought).sum(axis=1)
    return ours, theirs


def _log_ratio(old: Floats, new: Floats) -> Floats:
    """ln(old / new), exactly zero where they are the same."""
    moved = np.zeros(old.shape)
    differ = new != old
    with np.errstate(divide="ignore", invalid="ignore"):
        moved[differ] = np.log(old[differ]) - np.log(new[differ])
    return moved
