"""How much power each player has under a rule: the classical indices, as exact fractions where the rule is small.

With eta_i the number of coalitions for which i is decisive and omega the number that carry, of n players:

    Banzhaf      eta_i / 2^(n-1); normalised eta_i / sum eta            (Penrose 1946; Banzhaf 1965)
    Shapley-Shubik  sum over coalitions S without i for which i is decisive of |S|! (n-1-|S|)! / n!   (1954)
    Coleman 1971 to act omega / 2^n; to prevent eta_i / omega; to initiate eta_i / (2^n - omega)
    Johnston 1978: every coalition that has decisive members gives each of them 1 / their number
    Deegan and Packel 1978: the same over minimal carrying coalitions, each of whose members is decisive
    Holler 1982 (public good): in how many minimal carrying coalitions i is, over the sum of these numbers

The last three need the coalitions themselves: they are given for rules whose kinds of players make few enough states.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.voting_counts import MOST_64, Counts, count, sums_by, ways_of
from indivisible.measures.voting_rules import Rule, carried, checked, kinds_of, quotas_of

Integers = NDArray[np.int64]
Fractions = tuple[Fraction, ...]
_MOST_STATES = 1 << 20


@dataclass(frozen=True)
class Power:
    """Exact indices of every player; `act` is one number for the rule. None where an index is not defined."""

    counts: Counts
    swings: tuple[int, ...]
    banzhaf: Fractions
    normalised: Fractions
    shapley_shubik: Fractions
    prevent: Fractions
    initiate: Fractions | None
    act: Fraction


def power(rule: Rule) -> Power:
    """Banzhaf, Shapley-Shubik and Coleman, exact. Raises QuestionError as `count` does."""
    return power_of(count(rule))


def power_of(counts: Counts) -> Power:
    """The same from counts of coalitions."""
    n, table = counts.players, counts.swings
    swings = [int(row.sum()) for row in table]
    total, omega = sum(swings), counts.total
    chance = [Fraction(1, n * math.comb(n - 1, s)) for s in range(n)]
    shapley = tuple(_weighed(row.tolist(), chance) for row in table)
    losing = (1 << n) - omega
    return Power(
        counts=counts,
        swings=tuple(swings),
        banzhaf=tuple(Fraction(eta, 1 << (n - 1)) for eta in swings),
        normalised=tuple(Fraction(eta, total) for eta in swings),
        shapley_shubik=shapley,
        prevent=tuple(Fraction(eta, omega) for eta in swings),
        initiate=tuple(Fraction(eta, losing) for eta in swings) if losing else None,
        act=Fraction(omega, 1 << n),
    )


def _weighed(numbers: Sequence[int], chance: Sequence[Fraction]) -> Fraction:
    """Sum of numbers times fractions, over one common denominator."""
    common = math.lcm(*(one.denominator for one in chance))
    weights = [one.numerator * (common // one.denominator) for one in chance]
    return Fraction(sum(k * weight for k, weight in zip(numbers, weights, strict=True)), common)


@dataclass(frozen=True)
class CoalitionPower:
    """The indices that look at coalitions one by one, exact; `minimal` is how many carry with nobody to spare."""

    johnston: Fractions
    deegan_packel: Fractions
    holler: Fractions
    minimal: int


def coalition_power(rule: Rule) -> CoalitionPower:
    """Johnston, Deegan-Packel and Holler. Raises QuestionError where the rule has too many different players."""
    players, kinds = checked(rule), kinds_of(rule)
    if not can_look(kinds):
        raise QuestionError(f"{players} players of {len(kinds)} kinds have too many coalitions to look at one by one")
    states = np.indices(tuple(len(kind) + 1 for kind in kinds)).reshape(len(kinds), -1)
    own = {one: np.array([one.weights[kind[0]] for kind in kinds]) for one in set(quotas_of(rule))}
    states = states[:, carried(rule, {one: weights @ states for one, weights in own.items()})]
    sums = {one: weights @ states for one, weights in own.items()}
    decisive = np.empty_like(states)
    for k in range(len(kinds)):
        less = carried(rule, {one: sums[one] - weights[k] for one, weights in own.items()})
        decisive[k] = np.where(less, 0, states[k])
    critical, size = decisive.sum(axis=0), states.sum(axis=0)
    minimal = (critical == size) & (size > 0)
    ways = ways_of(kinds, states, np.int64 if players <= MOST_64 else object)
    johnston, packed, public = ([Fraction(0)] * len(kinds) for _ in range(3))
    for k, kind in enumerate(kinds):
        member = ways * decisive[k] // len(kind)  # coalitions for which one given player of the kind is decisive
        johnston[k] = _divided(sums_by(critical, member, players + 1))
        by_size = sums_by(size[minimal], member[minimal], players + 1)
        packed[k], public[k] = _divided(by_size), Fraction(int(by_size.sum()))
    shares = [_shared(values, kinds, players) for values in (johnston, packed, public)]
    return CoalitionPower(shares[0], shares[1], shares[2], int(ways[minimal].sum()))


def can_look(kinds: Sequence[Sequence[int]]) -> bool:
    """Whether players of these kinds have few enough coalitions to look at one by one."""
    return math.prod(len(kind) + 1 for kind in kinds) <= _MOST_STATES


def _divided(numbers: Integers) -> Fraction:
    """Sum of numbers[k] / k for k from 1 on."""
    return _weighed(numbers.tolist()[1:], [Fraction(1, k) for k in range(1, len(numbers))])


def _shared(values: list[Fraction], kinds: list[list[int]], players: int) -> Fractions:
    """Values by kind as shares of all, by player."""
    whole = sum((value * len(kind) for value, kind in zip(values, kinds, strict=True)), Fraction(0))
    found = [Fraction(0)] * players
    for value, kind in zip(values, kinds, strict=True):
        for player in kind:
            found[player] = value / whole
    return tuple(found)
