"""Who or what an outcome is due to: the Shapley value, exact for few parts, sampled with an error for many.

Lloyd Shapley, "A Value for n-Person Games", in Kuhn and Tucker (eds.), Contributions to the Theory of Games II (1953).
Here the players are usually the steps of a package of changes and the worth is what a set of steps does to a state;
the worth may be an array (one element a state): each element is attributed by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]
Worth = Callable[[frozenset[int]], ArrayLike]

EXACT = 12  # players up to which all coalitions are asked by default: 4,096 of them
MOST = 20  # and the most for which that is allowed


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """What is due to each player, [players, ...]; `error` is its standard error (0 if exact); how it was computed.

    `asked` is how many coalitions were evaluated; `seed` is None if nothing was drawn.
    """

    due: Floats
    error: Floats
    asked: int
    seed: int | None

    @property
    def exact(self) -> bool:
        return self.seed is None


def attribute(
    worth: Worth, players: int, *, exact_up_to: int = EXACT, permutations: int = 1000, seed: int = 0
) -> Attribution:
    """Shapley value of `players` numbered from 0; `worth` takes a coalition and gives a number or an array.

    Exact, over all 2^n coalitions, for at most `exact_up_to` players; beyond it the mean over `permutations` random
    orders, each taken forwards and backwards, drawn from `seed`. Both give exactly worth(all) - worth(none) in sum. A
    worth of NaN makes NaN of what depends on it. Raises QuestionError for `exact_up_to` above 20 or fewer than two
    permutations.
    """
    if exact_up_to > MOST:
        raise QuestionError(f"exact for {exact_up_to} players asks 2^{exact_up_to} coalitions", do=f"at most {MOST}")
    if players <= exact_up_to:
        asked = [worth(coalition_of(bits)) for bits in range(1 << players)]
        due = shapley(np.asarray(asked, dtype=np.float64))
        return Attribution(due, np.zeros_like(due), len(asked), None)
    if permutations < 2:
        raise QuestionError("one permutation has no error to report", do="draw at least two")
    return _sampled(worth, players, permutations, seed)


def shapley(worths: Floats) -> Floats:
    """Shapley value from the worth of all coalitions, [2^n, ...] to [n, ...]; player k is in coalition c if bit k is.

    phi_k = sum over coalitions C without k of |C|! (n - |C| - 1)! / n! (v(C with k) - v(C)).
    Raises QuestionError if the number of worths is not a power of two.
    """
    table = np.asarray(worths, dtype=np.float64)
    players = len(table).bit_length() - 1
    if table.ndim < 1 or len(table) != 1 << max(players, 0):
        raise QuestionError(f"{len(table)} worths", do="give one for each of the 2^n coalitions")
    size = np.array([bits.bit_count() for bits in range(len(table))])
    chance = np.array([1.0 / (players * math.comb(players - 1, s)) for s in range(players)])
    due = np.empty((players, *table.shape[1:]))
    coalitions = np.arange(len(table))
    for player in range(players):
        without = coalitions[coalitions >> player & 1 == 0]
        due[player] = np.tensordot(chance[size[without]], table[without | 1 << player] - table[without], axes=1)
    return due


def coalition_of(bits: int) -> frozenset[int]:
    """The players whose bits are set."""
    return frozenset(player for player in range(bits.bit_length()) if bits >> player & 1)


def _sampled(worth: Worth, players: int, permutations: int, seed: int) -> Attribution:
    draw = np.random.default_rng(seed)
    known: dict[frozenset[int], Floats] = {}

    def ask(coalition: frozenset[int]) -> Floats:
        if coalition not in known:
            known[coalition] = np.asarray(worth(coalition), dtype=np.float64)
        return known[coalition]

    nobody = ask(frozenset())
    mean, squares = np.zeros((players, *nobody.shape)), np.zeros((players, *nobody.shape))
    for count in range(1, permutations + 1):
        order = draw.permutation(players)
        gain = (_marginal(ask, order) + _marginal(ask, order[::-1])) / 2.0
        step = gain - mean
        mean += step / count
        squares += step * (gain - mean)
    error = np.sqrt(squares / (permutations - 1) / permutations)
    return Attribution(mean, error, len(known), seed)


def _marginal(ask: Callable[[frozenset[int]], Floats], order: NDArray[np.int64]) -> Floats:
    """What each player adds when they come in this order."""
    coalition: frozenset[int] = frozenset()
    before = ask(coalition)
    gain = np.empty((len(order), *before.shape))
    for player in order.tolist():
        coalition |= {player}
        after = ask(coalition)
        gain[player] = after - before
        before = after
    return gain
