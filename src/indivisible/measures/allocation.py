"""Friends and adversaries share out their power: who is safe, who is not, and in which equilibria.

The power allocation game. Each of n has power p_i and spends all of it: u_ij on each friend j (for its support), on
each adversary j (against it), and u_ii held back. Ties [n, n] are 1 friend, -1 adversary, 0 neither, symmetric.

    support_i = u_ii + sum over friends j of u_ji + sum over adversaries j of u_ij
    threat_i  = sum over adversaries j of u_ji

i is safe (1) if support is above threat, precarious (0) if equal, unsafe (-1) if below; safe and precarious survive.
Only gifts between friends change one's own support: support_i = p_i - given + received. Everybody wants first to
survive, then friends to survive and adversaries not to be safe. Equilibria are many: the answer is all of them, never
one.

    Li and Morse, Games on signed graphs, Automatica (2022), and Li, Liu and Morse before; definitions recalled. Their
    preferences are an order with incomparable outcomes; here it is completed by counting, as in `worth`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SAFE, PRECARIOUS, UNSAFE = 1, 0, -1

_MOST_STATES = 6
_MOST_PROFILES = 20_000_000


def support(spent: Floats, ties: Integers) -> Floats:
    """What stands behind each, [n], of what i spends on j, [n, n]."""
    friends, adversaries = ties == 1, ties == -1
    behind: Floats = spent.diagonal() + (spent * friends).sum(axis=0) + (spent * adversaries).sum(axis=1)
    return behind


def threat(spent: Floats, ties: Integers) -> Floats:
    """What adversaries spend against each, [n]."""
    return np.asarray((spent * (ties == -1)).sum(axis=0))


def states(spent: Floats, ties: Integers) -> Integers:
    """1 safe, 0 precarious, -1 unsafe, [n]."""
    return np.sign(support(spent, ties) - threat(spent, ties)).astype(np.int64)


def worth(outcome: Sequence[int], ties: Integers) -> Integers:
    """How good an outcome is for each, [n]: friends that survive and adversaries that are not safe, one point each;
    surviving oneself counts for more than all of these.
    """
    known = _known_ties(ties, len(outcome))
    reached = np.asarray(outcome)
    points = (known == 1) @ (reached >= 0).astype(np.int64) + (known == -1) @ (reached <= 0).astype(np.int64)
    return np.asarray(points + (len(reached) + 1) * (reached >= 0))


@dataclass(frozen=True)
class Equilibria:
    """All pure Nash equilibria: of how many profiles, how many, and how often each outcome (1, 0, -1 for each)."""

    states: int
    profiles: int
    count: int
    outcomes: Mapping[tuple[int, ...], int]

    def survive_in_all(self) -> tuple[bool | None, ...]:
        """For each whether it survives in every equilibrium; None where there is no equilibrium."""
        return self._survive(all)

    def survive_in_some(self) -> tuple[bool | None, ...]:
        """For each whether it survives in at least one equilibrium; None where there is no equilibrium."""
        return self._survive(any)

    def _survive(self, how: Any) -> tuple[bool | None, ...]:
        return tuple(
            how(outcome[i] >= 0 for outcome in self.outcomes) if self.outcomes else None for i in range(self.states)
        )


def equilibria(powers: Sequence[int], ties: Integers) -> Equilibria:
    """All pure Nash equilibria where power is spent in whole units: nobody alone can reach an outcome worth more.

    Exact, by going through all profiles: their number is the product over i of (p_i + t_i choose t_i), t_i the ties
    of i. QuestionError beyond six states or 20 million profiles.
    """
    units = _whole(powers)
    n = len(units)
    known = _known_ties(ties, n)
    shape = tuple(math.comb(p + int(t), int(t)) for p, t in zip(units, np.abs(known).sum(axis=1), strict=True))
    profiles = math.prod(shape)
    if n > _MOST_STATES or profiles > _MOST_PROFILES:
        raise QuestionError(
            f"{n} states with {profiles:,} ways to spend their power",
            do=f"take at most {_MOST_STATES} states and fewer units of power",
        )
    if not n:
        return Equilibria(0, 1, 1, {(): 1})
    effects = [_effects(i, units[i], known) for i in range(n)]
    reached = [_reached(j, effects, shape) for j in range(n)]
    stable = np.ones(shape, dtype=np.bool_)
    for i in range(n):
        value = _worth_on_grid(i, reached, known)
        stable &= value == value.max(axis=i, keepdims=True)
    found = np.stack([state[stable] for state in reached], axis=1)
    outcomes = Counter(tuple(int(s) for s in row) for row in found)
    return Equilibria(n, profiles, len(found), dict(sorted(outcomes.items(), reverse=True)))


def _effects(i: int, units: int, ties: Integers) -> Integers:
    """What each way of i to spend its power does to everybody's support less threat, [ways, n]."""
    others = np.flatnonzero(ties[i])
    bins = len(others)
    bars = np.array(list(combinations(range(units + bins), bins)), dtype=np.int64)
    spent = np.diff(bars.reshape(math.comb(units + bins, bins), bins), axis=1, prepend=-1) - 1
    effects = np.zeros((len(bars), len(ties)), dtype=np.int64)
    effects[:, others] = spent * ties[i, others]
    effects[:, i] = units - (spent * (ties[i, others] == 1)).sum(axis=1)
    return effects


def _reached(j: int, effects: Sequence[Integers], shape: tuple[int, ...]) -> NDArray[np.int8]:
    """The state of j in every profile, one axis for each player's ways."""
    margin = np.zeros(shape, dtype=np.int32)
    for i, effect in enumerate(effects):
        if effect[:, j].any():
            margin += effect[:, j].astype(np.int32).reshape([-1 if axis == i else 1 for axis in range(len(shape))])
    return np.sign(margin).astype(np.int8)


def _worth_on_grid(i: int, reached: Sequence[NDArray[np.int8]], ties: Integers) -> NDArray[np.int8]:
    """`worth` for i in every profile."""
    value = (len(ties) + 1) * (reached[i] >= 0).astype(np.int8)
    for j in (int(j) for j in np.flatnonzero(ties[i])):
        value += reached[j] >= 0 if ties[i, j] == 1 else reached[j] <= 0
    return value


def _whole(powers: Sequence[int]) -> list[int]:
    if any(p != int(p) or p < 0 for p in powers):
        raise QuestionError("power that is not in whole units", do="give whole numbers of 0 or above")
    return [int(p) for p in powers]


def _known_ties(ties: Integers, n: int) -> Integers:
    given = np.asarray(ties)
    if given.shape != (n, n) or not np.isin(given, (-1, 0, 1)).all():
        raise QuestionError(f"ties of shape {given.shape}, or other than -1, 0, 1", do=f"give [{n}, {n}] of these")
    if (given != given.T).any() or given.diagonal().any():
        raise QuestionError("a tie of one side only, or with oneself", do="give mutual ties and a diagonal of 0")
    return given.astype(np.int64)
