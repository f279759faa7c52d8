"""How many coalitions carry, by size and by member: exact, by whichever way of counting is short for the rule.

`Counts.with_player[i, s]` is the number of carrying coalitions of size s that contain player i, `carrying[s]` of all.
Everything that power indices need follows from these, because all rules are monotone: i is decisive for a coalition of
size s without it as often as  with_player[i, s + 1] - (carrying[s] - with_player[i, s]).

Three ways. *Kinds*: players who weigh the same are interchangeable, and only how many of each kind vote yes matters.
*Halves*: where the rule reads the number of yes votes and one weight, the coalitions of either half of the players are
sorted by weight, and every coalition of the one is matched with those of the other (Horowitz and Sahni's meeting in
the middle). *All*: every coalition, up to 24 players.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.voting_rules import Every, Quota, Rule, Some, carried, checked, kinds_of, quotas_of

Integers = NDArray[np.int64]

MOST_EXACT = 62  # players: counts up to 2^62 stand in 64 bits
_MOST_STATES = 1 << 21
_MOST_ALL = 24
_MOST_HALVES = 34
_NEVER = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, eq=False)
class Counts:
    """Carrying coalitions by size [n + 1], and by player and size [n, n + 1]."""

    players: int
    carrying: Integers
    with_player: Integers

    @property
    def swings(self) -> Integers:
        """[i, s]: coalitions of size s without i that i's yes makes carry."""
        without = self.carrying[None, :] - self.with_player
        found: Integers = self.with_player[:, 1:] - without[:, :-1]
        return found

    @property
    def total(self) -> int:
        """All carrying coalitions."""
        return int(self.carrying.sum())


def count(rule: Rule) -> Counts:
    """Count exactly. Raises QuestionError for a rule that makes no sense or is too large for every exact way."""
    players = checked(rule)
    if players > MOST_EXACT:
        raise QuestionError(f"{players} players are too many to count exactly", do="ask for an approximation")
    kinds = kinds_of(rule)
    if math.prod(len(kind) + 1 for kind in kinds) <= _MOST_STATES:
        return by_kinds(rule, players, kinds)
    thresholds = by_size(rule, players)
    if thresholds is not None and players <= _MOST_HALVES:
        return by_halves(*thresholds)
    if players <= _MOST_ALL:
        return by_kinds(rule, players, [[k] for k in range(players)])
    raise QuestionError(
        f"{players} players with {len(kinds)} different weights under several weighted quotas",
        do="ask for an approximation",
    )


def can_count(rule: Rule) -> bool:
    """Whether `count` is able to."""
    try:
        players = checked(rule)
    except QuestionError:
        return True  # counting says what is wrong
    states = math.prod(len(kind) + 1 for kind in kinds_of(rule))
    halves = players <= _MOST_HALVES and by_size(rule, players) is not None
    return players <= MOST_EXACT and (states <= _MOST_STATES or halves or players <= _MOST_ALL)


def by_kinds(rule: Rule, players: int, kinds: list[list[int]]) -> Counts:
    """Every way in which so many of each kind may vote yes, weighed by how many coalitions that is."""
    shape = tuple(len(kind) + 1 for kind in kinds)
    states = np.indices(shape).reshape(len(kinds), -1)
    sums = {one: np.array([one.weights[kind[0]] for kind in kinds]) @ states for one in set(quotas_of(rule))}
    wins = carried(rule, sums)
    size = states.sum(axis=0)
    ways = np.ones(states.shape[1], dtype=np.int64)
    for kind, yes in zip(kinds, states, strict=True):
        choose = np.array([math.comb(len(kind), k) for k in range(len(kind) + 1)], dtype=np.int64)
        ways *= choose[yes]
    carrying = _by_size(size[wins], ways[wins], players)
    with_player = np.zeros((players, players + 1), dtype=np.int64)
    for kind, yes in zip(kinds, states, strict=True):
        # of the coalitions with `yes` of the kind, a share yes / len(kind) holds any one of them: always a whole number
        own = ways[wins] * yes[wins] // len(kind)
        with_player[kind] = _by_size(size[wins], own, players)
    return Counts(players, carrying, with_player)


def by_size(rule: Rule, players: int) -> tuple[Integers, Integers] | None:
    """The rule as thresholds of one weight, by the number of yes votes: weights [n] and thresholds [n + 1].

    None where it reads more than one weight besides the number of votes.
    """
    plain = {one for one in quotas_of(rule) if len(set(one.weights)) == 1}
    others = {one.weights for one in quotas_of(rule)} - {one.weights for one in plain}
    if len(others) > 1:
        return None
    weights = np.array(others.pop() if others else (1,) * players, dtype=np.int64)
    return weights, np.array([_threshold(rule, plain, size) for size in range(players + 1)], dtype=np.int64)


def _threshold(rule: Rule, plain: set[Quota], size: int) -> int:
    """What the one weight has to reach when so many vote yes: 0 always carries, _NEVER never does."""
    if isinstance(rule, Quota):
        if rule in plain:
            return 0 if rule.weights[0] * size >= rule.quota else _NEVER
        return rule.quota
    parts = [_threshold(part, plain, size) for part in rule.rules]
    if isinstance(rule, Every):
        return max(parts)
    if isinstance(rule, Some):
        return min(parts)
    raise ValueError(rule)


def by_halves(weights: Integers, thresholds: Integers) -> Counts:
    """Coalitions of the first half matched with those of the second; 2^(n/2) of each instead of 2^n."""
    players = len(weights)
    middle = players // 2
    halves = [_Half.of(weights[:middle]), _Half.of(weights[middle:])]
    found = [_matched(one, other, thresholds) for one, other in (halves, halves[::-1])]
    carrying = np.zeros(players + 1, dtype=np.int64)
    with_player = np.zeros((players, players + 1), dtype=np.int64)
    for half, table, first in ((halves[0], found[0], 0), (halves[1], found[1], middle)):
        for size in range(half.players + 1):
            rows = half.size == size
            sums = table[rows].sum(axis=0)
            reach = slice(size, size + table.shape[1])
            if first == 0:
                carrying[reach] += sums
            members = half.members[rows].T.astype(np.int64) @ table[rows]
            with_player[first : first + half.players, reach] += members
    return Counts(players, carrying, with_player)


@dataclass(frozen=True, eq=False)
class _Half:
    """All coalitions of one half: weight, size, members [c, k], and weights in order for each size."""

    players: int
    weight: Integers
    size: Integers
    members: NDArray[np.bool_]
    ordered: tuple[Integers, ...]

    @staticmethod
    def of(weights: Integers) -> _Half:
        n = len(weights)
        weight, size = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        for own in weights.tolist():
            weight, size = np.concatenate([weight, weight + own]), np.concatenate([size, size + 1])
        members = (np.arange(1 << n)[:, None] >> np.arange(n)[None, :] & 1).astype(bool)
        ordered = tuple(np.sort(weight[size == s]) for s in range(n + 1))
        return _Half(n, weight, size, members, ordered)


def _matched(one: _Half, other: _Half, thresholds: Integers) -> Integers:
    """[c, s]: how many coalitions of size s in the other half carry together with coalition c of this one."""
    found = np.zeros((len(one.weight), other.players + 1), dtype=np.int64)
    for size, ordered in enumerate(other.ordered):
        needed = thresholds[one.size + size] - one.weight
        found[:, size] = len(ordered) - np.searchsorted(ordered, needed, side="left")
    return found


def _by_size(size: Integers, ways: Integers, players: int) -> Integers:
    """Sums of `ways` by size, in whole numbers (a sum in floating point would lose digits beyond 2^53)."""
    found = np.zeros(players + 1, dtype=np.int64)
    np.add.at(found, size, ways)
    return found
