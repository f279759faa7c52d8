"""Who is on whose side in the contest: allies by defence pledge, enemies by hostility, and the ties that are in doubt.

A defence pledge in either direction makes two states allies, as in deterrence. A pair that is hostile is at enmity
whatever it has pledged: groups that fight each other are no allies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Ties
from indivisible.measures.contest import Contest, interior_up_to
from indivisible.measures.contest_cases import Cases
from indivisible.models.base import Settings
from indivisible.models.coalitions import EU_42_7_TREATIES

MOST_DOUBTS = 10
"""So many ties in doubt are settled in every way, 1,024 at most; more leave every score unknown."""

PLEDGE, HOSTILITY = 0, 1
Doubt = tuple[int, int, int, int]
"""What is in doubt: pledge or hostility, between which two rows, and which doubt it is (`Ties.doubt`)."""


@dataclass(frozen=True)
class Network:
    """Allies and enemies, symmetric; in `allies` and `enemies` [n, n] the pairs in doubt have no tie.

    `pairs` [p, 2] are the pairs in doubt, the lower row first. For each of them `pledge` [p] tells whether it is allied
    unless hostile, `hostile` [p] whether it is at enmity; where `doubts` holds an entry for it, that decides instead.
    """

    allies: Bools
    enemies: Bools
    pairs: tuple[tuple[int, int], ...]
    pledge: Bools
    hostile: Bools
    doubts: tuple[Doubt, ...]

    def contest(self, settings: Settings) -> Contest:
        """The contest without the pairs in doubt, over a prize of 1."""
        beta, gamma = settings.number("beta"), settings.number("gamma")
        return Contest(self.allies.astype(float), self.enemies.astype(float), beta, gamma)

    def cases(self, doubts: tuple[Doubt, ...], table: Bools) -> Cases:
        """The pairs in doubt in each case: `table` [s, d] tells which of the `doubts` hold in it."""
        column = {doubt: k for k, doubt in enumerate(doubts)}
        place = {pair: k for k, pair in enumerate(self.pairs)}
        allied, hostile = (np.tile(row, (len(table), 1)) for row in (self.pledge, self.hostile))
        for doubt in self.doubts:
            plane = allied if doubt[0] == PLEDGE else hostile
            plane[:, place[doubt[1:3]]] = table[:, column[doubt]]
        ties = np.where(hostile, -1, np.where(allied, 1, 0))
        return Cases(np.array(self.pairs, dtype=np.int64).reshape(-1, 2), ties)

    def differs_from(self, other: Network) -> bool:
        """Whether any tie, or any doubt about one, is another."""
        return self.doubts != other.doubts or any(
            not np.array_equal(getattr(self, name), getattr(other, name))
            for name in ("allies", "enemies", "pairs", "pledge", "hostile")
        )


def network_of(arrays: Arrays, settings: Settings) -> Network:
    """The network of a day. A kind of tie of no weight (beta or gamma 0) is left out, hostile pairs still no allies."""
    without = () if settings.switch("eu_42_7") else EU_42_7_TREATIES
    defence = arrays.ties("defence", without=without)
    allied = _either_way(defence)
    hostile = Ties.none(len(arrays.states)) if arrays.hostility is None else arrays.hostility
    maybe_hostile = hostile.possible & ~hostile.sure
    maybe_allied = allied.possible & ~allied.sure & ~hostile.sure
    open_ = maybe_hostile | maybe_allied
    pairs = tuple((int(i), int(j)) for i, j in np.argwhere(np.triu(open_)))
    doubts = [(PLEDGE, i, j, int(allied.doubt[i, j])) for i, j in pairs if maybe_allied[i, j]]
    doubts += [(HOSTILITY, i, j, int(hostile.doubt[i, j])) for i, j in pairs if maybe_hostile[i, j]]
    rows, columns = (np.array([pair[side] for pair in pairs], dtype=np.intp) for side in (0, 1))
    counts = settings.number("beta") > 0.0, settings.number("gamma") > 0.0
    return Network(
        allies=allied.sure & ~hostile.possible & counts[0],
        enemies=hostile.sure & counts[1],
        pairs=pairs,
        pledge=allied.sure[rows, columns],
        hostile=hostile.sure[rows, columns],
        doubts=tuple(sorted(doubts)),
    )


def _either_way(defence: Ties) -> Ties:
    """A tie wherever one of the two is pledged to the other; a doubt about both is one doubt of the pair."""
    sure = defence.sure | defence.sure.T
    if not defence.doubt.any():
        return Ties(sure, sure, defence.doubt)
    return Ties(sure, defence.possible | defence.possible.T, np.where(sure, 0, defence.doubt + defence.doubt.T))


def every_way(*networks: Network) -> tuple[tuple[Doubt, ...], Bools] | None:
    """The doubts of all the networks together and every way of settling them [s, d]; None if they are too many."""
    doubts = tuple(sorted({doubt for network in networks for doubt in network.doubts}))
    if len(doubts) > MOST_DOUBTS:
        return None
    ways = np.arange(2 ** len(doubts))[:, None] >> np.arange(len(doubts))[None, :]
    return doubts, (ways & 1).astype(bool)


def equal_rates_up_to(allies: Floats, enemies: Floats) -> float:
    """`interior_up_to`, remembered for the networks last asked about: draws ask of one network many times."""
    return _remembered(len(allies), _packed((allies, enemies)))


def _packed(tables: Iterable[Floats]) -> bytes:
    return b"".join(np.packbits(table > 0.0).tobytes() for table in tables)


@lru_cache(maxsize=64)
def _remembered(n: int, packed: bytes) -> float:
    half = len(packed) // 2
    halves = (np.frombuffer(part, dtype=np.uint8) for part in (packed[:half], packed[half:]))
    allies, enemies = (np.unpackbits(part, count=n * n).reshape(n, n).astype(float) for part in halves)
    return interior_up_to(allies, enemies)
