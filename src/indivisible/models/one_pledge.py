"""What every possible mutual defence pledge between two states would do to the security of every state.

For deterrence by the leader rule, exactly: the same scores as if each pledge were written into the arrays and they
were read again, all pairs in a fraction of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.arrays import Arrays, Bools, Floats, Integers
from indivisible.errors import QuestionError
from indivisible.models.base import Settings
from indivisible.models.coalitions import sides_of, weights_of, worst_world
from indivisible.models.one_link import Links, OneLink


class Held(IntEnum):
    """What defence pledges two states a, b (a first by alphabet) have given each other."""

    NONE = 0
    FIRST = 1  # a is pledged to b only
    SECOND = 2  # b is pledged to a only
    MUTUAL = 3


@dataclass(frozen=True)
class PledgeChanges:
    """Scores with a mutual defence pledge less scores without any, for every pair of states and every state.

    pairs      [p, 2] rows of the two states, the first before the second
    held       [p] what the two have pledged now, as `Held`: none, so the change is what making it would bring; mutual,
               so dropping it would bring minus the change; in one direction only, so neither of the two is now
    own        [p, 2] change of the two themselves
    gains      [n] sum over all pairs that a state is no part of, of its positive changes; `losses` of the negative
               ones, as positive numbers
    opened     how many times a third state that nobody could attack could be (infinite, and in no sum); `closed` the
               reverse
    all        [p, n] every change, where asked for
    """

    states: tuple[str, ...]
    pairs: Integers
    held: NDArray[np.int64]
    own: Floats
    gains: Floats
    losses: Floats
    rising: Integers
    falling: Integers
    opened: int
    closed: int
    all: Floats | None

    @property
    def positive(self) -> float:
        """P: the sum of all positive changes of third states."""
        return float(self.gains.sum())

    @property
    def negative(self) -> float:
        """N: the sum of all negative changes of third states, as a positive number."""
        return float(self.losses.sum())

    def row(self, one: str, other: str) -> int:
        """Where a pair stands among `pairs`."""
        i, j = sorted((self.states.index(one), self.states.index(other)))
        n = len(self.states)
        return i * n - i * (i + 1) // 2 + j - i - 1


def one_pledge_changes(arrays: Arrays, settings: Settings, *, full: bool = False) -> PledgeChanges:
    """The change of every score by every possible mutual defence pledge, by the leader rule.

    A pledge made is one in both directions; dropped, none in either, by whatever treaty. Changes are of the score
    (the natural logarithm, gamma cancels); no change where a state has no defence at all either way. `full` keeps all
    n^2 (n - 1) / 2 of them. Every figure and pledge has to be known: QuestionError names what is not. QuestionError
    for the clique rule.
    """
    if settings.choice("rule") != "leader":
        raise QuestionError("changes by one pledge are reckoned by the leader rule", do="set rule=leader")
    sides, weight = sides_of(arrays, settings), weights_of(arrays, settings)
    _refuse_unknown(arrays, weight.low != weight.high, sides.in_doubt)
    world = worst_world(sides, weight.low, weight.high)
    n = len(arrays.states)
    first, second = np.triu_indices(n, k=1)
    held = sides.defends.sure.T
    kinds = held[first, second] * int(Held.FIRST) + held[second, first] * int(Held.SECOND)
    apart = _Apart(first, second, sides.allied.sure)
    own = np.empty((len(first), 2))
    every = np.empty((len(first), n)) if full else None
    sums, links = _Sums(n), Links.of(world)
    for i in range(n):
        link = links.against(i)
        moved, mine = _of_third(link, apart), _of_itself(link, apart.allied[i])
        after, before = apart.pairs_of(i)
        own[after, 0], own[before, 1] = mine[i + 1 :], mine[:i]
        moved[after] = moved[before] = 0.0
        sums.add(i, moved)
        if every is not None:
            moved[after], moved[before] = mine[i + 1 :], mine[:i]
            every[:, i] = moved
    return PledgeChanges(
        arrays.states, np.column_stack((first, second)), kinds, own, sums.gains, sums.losses, sums.rising,
        sums.falling, sums.opened, sums.closed, every,
    )  # fmt: skip


class _Apart:
    """All pairs of states, and those among them that have pledges to drop."""

    def __init__(self, first: Integers, second: Integers, allied: Bools) -> None:
        self.allied, n = allied, len(allied)
        self.places = first * n + second, second * n + first  # in a table laid flat
        self.row = np.zeros((n, n), dtype=np.int64)
        self.row[first, second] = np.arange(len(first))
        self.tied = np.flatnonzero(allied[first, second])
        self.first, self.second = first[self.tied], second[self.tied]

    def pairs_of(self, i: int) -> tuple[Integers, Integers]:
        """Rows of the pairs in which a state comes first, and of those in which it comes second."""
        return self.row[i, i + 1 :], self.row[:i, i]


class _Sums:
    """What third states gain and lose over all pairs, added up state by state."""

    def __init__(self, n: int) -> None:
        self.gains, self.losses = np.zeros(n), np.zeros(n)
        self.rising, self.falling = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        self.opened = self.closed = 0

    def add(self, i: int, moved: Floats) -> None:
        self.rising[i], self.falling[i] = np.count_nonzero(moved > 0.0), np.count_nonzero(moved < 0.0)
        total = moved.sum()
        if not np.isfinite(total):
            self.closed += int((moved == np.inf).sum())
            self.opened += int((moved == -np.inf).sum())
            moved = moved[np.isfinite(moved)]
            total = moved.sum()
        self.gains[i] = moved[moved > 0.0].sum() if self.rising[i] else 0.0
        self.losses[i] = self.gains[i] - total


def _of_third(link: OneLink, apart: _Apart) -> Floats:
    """[p]: what the pledge of a pair does to a third state. Only attacks that one of the two leads can grow by it."""
    made = np.maximum(link.through(apart.places), link.strongest)
    dropped = np.full(len(made), link.strongest)
    dropped[apart.tied] = link.parted(apart.first, apart.second)
    return _log_ratio(dropped, made)


def _of_itself(link: OneLink, allied: Bools) -> Floats:
    """[b]: what its own pledge with b does to a state."""
    dropped = np.full(len(allied), link.strongest)
    partners = np.flatnonzero(allied)
    dropped[partners] = link.unpledged(partners)
    return _log_ratio(dropped, link.pledged())


def _log_ratio(old: Floats, new: Floats) -> Floats:
    """The change of a score where pressures change: exactly zero where they are the same."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        moved = old / new
        np.log(moved, out=moved)
    moved[old == new] = 0.0  # no attack both times, or no defence
    return moved


def _refuse_unknown(arrays: Arrays, unknown: Bools, in_doubt: bool) -> None:
    if in_doubt:
        raise QuestionError("some pledges may or may not hold", do="settle every doubt before asking for one pledge")
    if unknown.any():
        named = np.array(arrays.states)[np.broadcast_to(unknown, (len(arrays.states),) * 2).any(axis=0)]
        raise QuestionError(
            f"the power that these can bring to bear is not known: {', '.join(named[:8])}",
            do="settle every figure before asking for one pledge",
        )
