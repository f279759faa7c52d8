"""Voting power where a member may also abstain: what each vote brings, and how often it decides.

A condition gives every player points for a yes, an abstention and a no, and passes where the points of all votes sum to
`needs` or more; conditions are joined by `every` and `some`. An abstention counts for no more than a yes and no less
than a no.

With three votes, equally likely and independent, of n players (Felsenthal and Machover 1997):

    swings     of the 3^(n-1) ways in which the others vote, those where a yes instead of a no changes the outcome,
               and the same for an abstention instead of a no, and a yes instead of an abstention
    Shapley-Shubik, roll call   the votes are called in random order; the probability that i's vote is the one after
               which the outcome stands, however the rest vote

The second is the Shapley value of the game whose worth, for a set of players, is the probability that their votes
alone settle the outcome. Both are counted over kinds of players: only how many of each kind vote how matters. Where an
abstention counts as a no in every condition (or as a yes), votes are of two kinds, of which one is twice as likely; the
coalitions of the rule without abstention then give both, and the roll call is Shapley and Shubik's own index, which
does not depend on how likely a yes is (Mann and Shapley 1964).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.voting_counts import Counts, can_count, count, sums_by
from indivisible.measures.voting_power import power_of
from indivisible.measures.voting_rules import Every, Quota, Rule, Some

Integers = NDArray[Any]
Fractions = tuple[Fraction, ...]
_MOST_STATES = 1 << 21
_MOST_64 = 38  # players: 3^38 votings, times one more, are counted in 64 bits


@dataclass(frozen=True, slots=True)
class Points:
    """Passes where the points of all votes sum to `needs` or more; whole numbers, one a player for each vote."""

    yes: tuple[int, ...]
    abstain: tuple[int, ...]
    no: tuple[int, ...]
    needs: int


@dataclass(frozen=True, slots=True)
class EveryOf:
    """Passes where every one of several rules passes."""

    rules: tuple[ThreeWay, ...]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Passes where at least one of several rules passes."""

    rules: tuple[ThreeWay, ...]


ThreeWay = Points | EveryOf | SomeOf


@dataclass(frozen=True)
class AbstentionPower:
    """Exact, by player; counts are of the 3^(n-1) ways in which the others vote, `carrying` of all 3^n votings."""

    players: int
    carrying: int
    swings: tuple[int, ...]
    no_to_abstain: tuple[int, ...]
    abstain_to_yes: tuple[int, ...]
    roll_call: Fractions

    @property
    def act(self) -> Fraction:
        """The share of all votings that carry."""
        return Fraction(self.carrying, 3**self.players)

    @property
    def banzhaf(self) -> Fractions:
        """Swings from no to yes as a share of the ways in which the others vote."""
        return tuple(Fraction(one, 3 ** (self.players - 1)) for one in self.swings)


def abstention_power(rule: ThreeWay) -> AbstentionPower:
    """Swings and roll-call Shapley-Shubik. Raises QuestionError for a rule that makes no sense or is too large."""
    players = checked_three_way(rule)
    kinds = _kinds(rule)
    if (same := _same_as(rule)) and isinstance(plain := two_way(rule), Quota | Every | Some) and can_count(plain):
        return _by_coalitions(count(plain), same)
    if math.prod(math.comb(len(kind) + 3, 3) for kind in kinds) > _MOST_STATES:
        raise QuestionError(
            f"{players} players of {len(kinds)} kinds are too many to count with abstention", do="count without it"
        )
    full = _States.of(kinds, waiting=False)
    wins = _passes(rule, full.sums(rule))
    found = np.zeros((3, players), dtype=object)
    for k, kind in enumerate(kinds):
        ways = full.ways * full.no[k] // len(kind)  # one given player of the kind votes no: always a whole number
        abstained = _passes(rule, full.sums(rule, kind[0], "abstain"))
        agreed = _passes(rule, full.sums(rule, kind[0], "yes"))
        for row, turned in enumerate((agreed & ~wins, abstained & ~wins, agreed & ~abstained)):
            found[row, kind] = int(ways[turned].sum())
    swings, weaker, stronger = (tuple(int(one) for one in row) for row in found)
    carrying = int(full.ways[wins].sum())
    return AbstentionPower(players, carrying, swings, weaker, stronger, _roll_call(rule, kinds, players))


def _same_as(rule: ThreeWay) -> str:
    """What an abstention counts as in every condition: yes or no; empty where it is a vote of its own."""
    parts = list(points_of(rule))
    if all(one.abstain == one.no for one in parts):
        return "no"
    return "yes" if all(one.abstain == one.yes for one in parts) else ""


def _by_coalitions(counts: Counts, same: str) -> AbstentionPower:
    """From the coalitions of those who vote yes (or what counts as yes), each with its number of ballots."""
    n = counts.players
    for_it, against = (1, 2) if same == "no" else (2, 1)
    ways = [for_it**size * against ** (n - 1 - size) for size in range(n)]
    swings = tuple(sum(k * way for k, way in zip(row, ways, strict=True)) for row in counts.swings.tolist())
    carrying = sum(int(k) * for_it**size * against ** (n - size) for size, k in enumerate(counts.carrying.tolist()))
    none = (0,) * n
    weaker, stronger = (none, swings) if same == "no" else (swings, none)
    return AbstentionPower(n, carrying, swings, weaker, stronger, power_of(counts).shapley_shubik)


def checked_three_way(rule: ThreeWay) -> int:
    """The number of players. Raises QuestionError for parts of different size and votes that are not in order."""
    parts = list(points_of(rule))
    sizes = {len(votes) for one in parts for votes in (one.yes, one.abstain, one.no)}
    if len(sizes) != 1 or sizes == {0}:
        raise QuestionError("parts of one rule with different players, or none", do="give points for every player")
    for one in parts:
        if any(not low <= middle <= high for low, middle, high in zip(one.no, one.abstain, one.yes, strict=True)):
            raise QuestionError(
                "an abstention that counts for more than a yes or less than a no", do="count without it"
            )
    return sizes.pop()


def points_of(rule: ThreeWay) -> Iterable[Points]:
    """The conditions that a rule is made of."""
    if isinstance(rule, Points):
        yield rule
        return
    for part in rule.rules:
        yield from points_of(part)


def two_way(rule: ThreeWay) -> Rule | bool:
    """The same where everybody votes yes or no; True or False where it passes, or fails, however they vote."""
    if isinstance(rule, Points):
        weights = tuple(yes - no for yes, no in zip(rule.yes, rule.no, strict=True))
        quota = rule.needs - sum(rule.no)
        if quota <= 0 or quota > sum(weights):
            return quota <= 0
        common = math.gcd(*weights)  # conditions that differ by a factor only are seen to read the same weights
        return Quota(tuple(one // common for one in weights), -(-quota // common))
    settles = isinstance(rule, SomeOf)  # what one part settles for all: passing for some, failing for every
    left = [two_way(part) for part in rule.rules]
    if settles in left:
        return settles
    open_ = tuple(part for part in left if not isinstance(part, bool))
    if not open_:
        return not settles
    if len(open_) == 1:
        return open_[0]
    return Some(open_) if settles else Every(open_)


@dataclass(frozen=True, eq=False)
class _States:
    """Numbers of yes, abstain, no and votes still to come [kinds, states], and how many ballots of voters each is."""

    kinds: list[list[int]]
    yes: Integers
    abstain: Integers
    no: Integers
    waiting: Integers
    ways: Integers

    @staticmethod
    def of(kinds: list[list[int]], *, waiting: bool) -> _States:
        """All of them; without `waiting` everybody has voted. `ways` counts ballots of given voters, a kind's size."""
        whole: Any = np.int64 if sum(map(len, kinds)) <= _MOST_64 else object
        tables, ways = [], []
        for kind in kinds:
            size = len(kind)
            grid = np.indices((size + 1,) * (3 if waiting else 2)).reshape(3 if waiting else 2, -1)
            grid = grid[:, grid.sum(axis=0) <= size]
            cast = size - grid[2] if waiting else np.full(grid.shape[1], size)
            tables.append(np.vstack([grid[:2], cast - grid[0] - grid[1], size - cast]))
            choose = np.array([[math.comb(n, k) for k in range(size + 1)] for n in range(size + 1)], dtype=whole)
            ways.append(choose[cast, grid[0]] * choose[cast - grid[0], grid[1]])
        where = np.indices(tuple(table.shape[1] for table in tables)).reshape(len(kinds), -1)
        rows = np.stack([table[:, at] for table, at in zip(tables, where, strict=True)])
        product = np.ones(where.shape[1], dtype=whole)
        for own, at in zip(ways, where, strict=True):
            product *= own[at]
        return _States(kinds, rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], product)

    def sums(
        self, rule: ThreeWay, player: int | None = None, instead: str = "", rest: str = ""
    ) -> dict[Points, Integers]:
        """Points in every condition; with one player's no made another vote, or with the rest all voting alike."""
        found = {}
        for one in set(points_of(rule)):
            votes = {"yes": one.yes, "abstain": one.abstain, "no": one.no}
            own = {vote: np.array([points[kind[0]] for kind in self.kinds]) for vote, points in votes.items()}
            total = own["yes"] @ self.yes + own["abstain"] @ self.abstain + own["no"] @ self.no
            if player is not None:
                total = total + (votes[instead][player] - one.no[player])
            found[one] = total + own[rest] @ self.waiting if rest else total
        return found


def _roll_call(rule: ThreeWay, kinds: list[list[int]], players: int) -> Fractions:
    """The Shapley value of the probability that the votes of a set of players settle the outcome."""
    states = _States.of(kinds, waiting=True)
    settled = _passes(rule, states.sums(rule, rest="no")) | ~_passes(rule, states.sums(rule, rest="yes"))
    shape = tuple(len(kind) + 1 for kind in kinds)
    sizes = np.array([[len(kind)] for kind in kinds])
    place = np.ravel_multi_index(tuple(sizes - states.waiting), shape)
    ballots = sums_by(place[settled], states.ways[settled], math.prod(shape)).reshape(shape)
    found = [Fraction(0)] * players
    for k, kind in enumerate(kinds):
        value = Fraction(0)
        for voted in itertools.product(*(range(size - (j == k)) for j, size in enumerate(shape))):
            then = tuple(number + (j == k) for j, number in enumerate(voted))
            cast = sum(voted)
            more = Fraction(int(ballots[then]) - 3 * int(ballots[voted]), 3 ** (cast + 1))
            sets = math.prod(math.comb(size - 1 - (j == k), voted[j]) for j, size in enumerate(shape))
            value += more * Fraction(sets, players * math.comb(players - 1, cast))
        for player in kind:
            found[player] = value
    return tuple(found)


def _passes(rule: ThreeWay, sums: dict[Points, Integers]) -> NDArray[np.bool_]:
    if isinstance(rule, Points):
        return np.asarray(sums[rule] >= rule.needs)
    parts = [_passes(part, sums) for part in rule.rules]
    found: NDArray[np.bool_]
    found = np.logical_and.reduce(parts) if isinstance(rule, EveryOf) else np.logical_or.reduce(parts)
    return found


def _kinds(rule: ThreeWay) -> list[list[int]]:
    """Players whose votes bring the same in every condition, together."""
    columns = zip(*(column for one in points_of(rule) for column in (one.yes, one.abstain, one.no)), strict=True)
    groups: dict[tuple[int, ...], list[int]] = {}
    for player, own in enumerate(columns):
        groups.setdefault(own, []).append(player)
    return list(groups.values())
