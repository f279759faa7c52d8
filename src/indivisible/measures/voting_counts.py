"""How many coalitions carry, by size and by member: exact, by whichever way of counting is short for the rule.

`Counts.with_player[i, s]` is the number of carrying coalitions of size s that contain player i, `carrying[s]` of all.
Everything that power indices need follows from these, because all rules are monotone: i is decisive for a coalition of
size s without it as often as  with_player[i, s + 1] - (carrying[s] - with_player[i, s]).

Four ways. *Kinds*: players who weigh the same are interchangeable, and only how many of each kind vote yes matters.
Where the rule reads the number of yes votes and one weight: *sums*, how many coalitions of each size have which
weight, built player by player, if weights are small; or *halves*, the coalitions of either half of the players sorted
by weight, and every coalition of the one matched with those of the other (Horowitz and Sahni's meeting in the
middle). *All*: every coalition, up to 30 players.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.voting_rules import Every, Quota, Rule, Some, carried, checked, kinds_of, quotas_of

Integers = NDArray[Any]  # 64-bit whole numbers; Python's own, of any size, from MOST_64 players on

MOST_64 = 60  # players: their coalitions, times the size of a kind, are counted in 64 bits
_FEW_STATES = 1 << 14  # kinds are the shortest way up to here
_MOST_STATES = 1 << 21
_MOST_STATES_LARGE = 1 << 18  # with whole numbers of any size
_MOST_ALL = 30
_MOST_SUMS = 1 << 17  # sizes times weights
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
    players, kinds = checked(rule), kinds_of(rule)
    way = _way(rule, players, kinds)
    if way == "kinds":
        return by_kinds(rule, players, kinds)
    thresholds = by_size(rule, players)
    if way == "sums" and thresholds is not None:
        return by_sums(*thresholds)
    if way == "halves" and thresholds is not None:
        return by_halves(*thresholds)
    if way == "all":
        return by_all(rule, players)
    raise QuestionError(
        f"{players} players with {len(kinds)} different weights under this rule are too many to count exactly",
        do="ask for an approximation, which exists for one weighted quota",
    )


def can_count(rule: Rule) -> bool:
    """Whether `count` is able to."""
    return _way(rule, checked(rule), kinds_of(rule)) != "none"


def _way(rule: Rule, players: int, kinds: list[list[int]]) -> str:
    states = math.prod(len(kind) + 1 for kind in kinds)
    if players > MOST_64:
        return "kinds" if states <= _MOST_STATES_LARGE else "none"
    if states <= _FEW_STATES:
        return "kinds"
    thresholds = by_size(rule, players)
    if thresholds is not None and (players + 1) * _limit(*thresholds) <= _MOST_SUMS:
        return "sums"
    if thresholds is not None and players <= _MOST_HALVES:
        return "halves"
    if states <= _MOST_STATES and states * len(kinds) <= 1 << players:
        return "kinds"
    if players <= _MOST_ALL:
        return "all"
    return "kinds" if states <= _MOST_STATES else "none"


def by_kinds(rule: Rule, players: int, kinds: list[list[int]]) -> Counts:
    """Every way in which so many of each kind may vote yes, weighed by how many coalitions that is."""
    whole: Any = np.int64 if players <= MOST_64 else object
    states = np.indices(tuple(len(kind) + 1 for kind in kinds)).reshape(len(kinds), -1)
    sums = {one: np.array([one.weights[kind[0]] for kind in kinds]) @ states for one in set(quotas_of(rule))}
    states = states[:, carried(rule, sums)]
    size = states.sum(axis=0)
    ways = ways_of(kinds, states, whole)
    carrying = sums_by(size, ways, players + 1)
    with_player = np.zeros((players, players + 1), dtype=whole)
    for kind, yes in zip(kinds, states, strict=True):
        # of the coalitions with `yes` of the kind, a share yes / len(kind) holds any one of them: always a whole number
        with_player[kind] = sums_by(size, ways * yes // len(kind), players + 1)
    return Counts(players, carrying, with_player)


def ways_of(kinds: list[list[int]], states: Integers, whole: Any) -> Integers:
    """How many coalitions hold so many of each kind; states [kinds, states]."""
    ways = np.ones(states.shape[1], dtype=whole)
    for kind, yes in zip(kinds, states, strict=True):
        ways *= np.array([math.comb(len(kind), k) for k in range(len(kind) + 1)], dtype=whole)[yes]
    return ways


def sums_by(place: Integers, values: Integers, length: int) -> Integers:
    """Sums of whole numbers by place, in whole numbers (a sum in floating point would lose digits beyond 2^53)."""
    found = np.zeros(length, dtype=values.dtype)
    np.add.at(found, place, values)
    return found


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


def _limit(weights: Integers, thresholds: Integers) -> int:
    """Weights from here on do not have to be told apart."""
    return int(np.minimum(thresholds, weights.sum() + 1).max())


def by_sums(weights: Integers, thresholds: Integers) -> Counts:
    """How many coalitions there are of each size and weight; a player is taken out again by subtraction."""
    players, limit = len(weights), _limit(weights, thresholds)
    every = np.zeros((players + 1, limit), dtype=np.int64)
    every[0, 0] = 1
    for weight in weights[weights < limit].tolist():
        every[1:, weight:] += every[:-1, : limit - weight]
    fails = np.arange(limit)[None, :] < thresholds[:, None]
    carrying = _chosen(players) - (every * fails).sum(axis=1)
    with_player = np.zeros((players, players + 1), dtype=np.int64)
    for weight in np.unique(weights).tolist():
        failing, rest = np.zeros(players, dtype=np.int64), max(0, limit - weight)
        without = every.copy()
        for size in range(players):
            failing[size] = without[size, :rest] @ fails[size + 1, limit - rest :]
            without[size + 1, limit - rest :] -= without[size, :rest]
        with_player[weights == weight, 1:] = _chosen(players - 1) - failing
    return Counts(players, carrying, with_player)


def _chosen(players: int) -> Integers:
    return np.array([math.comb(players, size) for size in range(players + 1)], dtype=np.int64)


def by_halves(weights: Integers, thresholds: Integers) -> Counts:
    """Coalitions of the first half matched with those of the second; 2^(n/2) of each instead of 2^n."""
    players = len(weights)
    middle = players // 2
    one, other = _Half.of(weights[:middle]), _Half.of(weights[middle:])
    own, carrying = _matched(one, other, thresholds)
    others, _ = _matched(other, one, thresholds)
    return Counts(players, carrying, np.concatenate([own, others]))


@dataclass(frozen=True, eq=False)
class _Half:
    """All coalitions of one half, by size, heaviest first: their weights, and members [k, c] as 0.0 or 1.0."""

    players: int
    weights: tuple[Integers, ...]
    members: tuple[NDArray[np.float64], ...]

    @staticmethod
    def of(weights: Integers) -> _Half:
        players = len(weights)
        weight, size = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        for own in weights.tolist():
            weight, size = np.concatenate([weight, weight + own]), np.concatenate([size, size + 1])
        order = np.argsort(size * (int(weights.sum()) + 1) - weight)
        members = (order[None, :] >> np.arange(players)[:, None] & 1).astype(np.float64)
        ends = np.cumsum([math.comb(players, s) for s in range(players)])
        return _Half(players, tuple(np.split(weight[order], ends)), tuple(np.split(members, ends, axis=1)))


def _matched(one: _Half, other: _Half, thresholds: Integers) -> tuple[Integers, Integers]:
    """Carrying coalitions by player of the one half and size [k, n + 1], and by size [n + 1].

    Every number is a count of at most 2^34 coalitions, which floating point holds exactly.
    """
    players = one.players + other.players
    with_player, carrying = np.zeros((one.players, players + 1)), np.zeros(players + 1)
    lightest_first = [weights[::-1].copy() for weights in other.weights]
    for size, (weights, members) in enumerate(zip(one.weights, one.members, strict=True)):
        found = np.empty((other.players + 1, len(weights)))
        for add, theirs in enumerate(lightest_first):
            # the heaviest come first, so that what is needed of the others rises: a search along sorted keys is quick
            found[add] = len(theirs) - np.searchsorted(theirs, thresholds[size + add] - weights)
        reach = slice(size, size + other.players + 1)
        with_player[:, reach] += members @ found.T
        carrying[reach] += found.sum(axis=1)
    return with_player.astype(np.int64), carrying.astype(np.int64)


_TOGETHER = 16  # players whose coalitions are looked at in one go


def by_all(rule: Rule, players: int) -> Counts:
    """Every coalition: those of the first players one after another, those of the last sixteen at once."""
    last = min(players, _TOGETHER)
    first = players - last
    bits = np.arange(1 << last)[:, None] >> np.arange(last)[None, :] & 1
    bits = bits[np.argsort(bits.sum(axis=1), kind="stable")]
    starts = np.cumsum([0] + [math.comb(last, s) for s in range(last)])
    quotas = list(set(quotas_of(rule)))
    theirs = {one: bits @ np.array(one.weights[first:]) for one in quotas}
    often = np.zeros((first + 1, 1 << last), dtype=np.int64)  # by how many of the first, and coalition of the last
    with_player = np.zeros((players, players + 1), dtype=np.int64)
    for chosen in range(1 << first):
        held = [k for k in range(first) if chosen >> k & 1]
        wins = carried(rule, {one: theirs[one] + sum(one.weights[k] for k in held) for one in quotas})
        often[len(held)] += wins
        with_player[held, len(held) : len(held) + last + 1] += np.add.reduceat(wins, starts, dtype=np.int64)
    carrying = np.zeros(players + 1, dtype=np.int64)
    for size, row in enumerate(often):
        carrying[size : size + last + 1] += np.add.reduceat(row, starts)
        for k in range(last):
            with_player[first + k, size : size + last + 1] += np.add.reduceat(row * bits[:, k], starts)
    return Counts(players, carrying, with_player)
