"""Friends and foes of a day, and how much of each state's ties cannot fit two camps, whatever is not known.

A pair of states may have a friendly tie, a hostile one, both or neither. Where it has both, one of the two fits no
camps at all: that much is frustrated in any division, and the pair pulls neither together nor apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Integers, Ties
from indivisible.errors import MissingData
from indivisible.measures.blocks import blocks_of
from indivisible.measures.frustration import Frustration, frustration
from indivisible.measures.frustration_range import MOST_OPEN, corners, half_of_ties, tie_frustration_between
from indivisible.measures.signed_network import SignedNetwork

THOUSAND = 1000  # the mightiest state has this size, the weakest 1
MOST_DOUBTS = 6  # so many ties in doubt are settled both ways; where more can cost anything, bounds are given
_SECONDS = 20.0  # for one network; on the record's days a hundredth of one is enough
_OPTIMA = 5000  # kept of a block
_KEPT = 8  # relations: before and after a change, by a few choices of what is friendly

Doubt = tuple[int, int, str, int]  # two rows, friend or foe, and which doubt it is
Settled = frozenset[Doubt]  # those that hold


@dataclass(frozen=True)
class Relations:
    """Friendly and hostile ties, both symmetric, and sizes [n] in thousandths of the mightiest: least, best, most.

    Where the best is not known it is 0. Without weights every size is 1. `origin` is, for a size that is not known, all
    that it hangs on: where it is another, the size may be another even within the same bounds.
    """

    friends: Ties
    foes: Ties
    least: Integers
    best: Integers
    most: Integers
    origin: tuple[bytes, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether no tie is in doubt and every size is known."""
        return not self.doubts and bool((self.least == self.most).all())

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """The ties that may or may not hold and can matter: a tie on no cycle always fits, unless both kinds meet."""
        open_ = [(kind, ties) for kind, ties in (("foe", self.foes), ("friend", self.friends)) if ties.doubt.any()]
        if not open_:
            return ()
        matters = self.friends.possible & self.foes.possible
        for block in blocks_of(self.network):
            matters[np.ix_(block.nodes, block.nodes)] = True
        found = [
            (i, j, kind, int(ties.doubt[i, j]))
            for kind, ties in open_
            for i, j in np.argwhere(np.triu(ties.possible & ~ties.sure & matters)).tolist()
        ]
        return tuple(sorted(found))

    @cached_property
    def decisive(self) -> tuple[Doubt, ...] | None:
        """The ties in doubt that have to be settled both ways; None where they are too many.

        The rest are harmless: whatever the decisive ones are, all the rest together cost nothing, so no optimal
        division of any world is lost, or won, that is not one of the world without them.
        """
        chosen = {d for d in self.doubts if self.friends.possible[d[:2]] and self.foes.possible[d[:2]]}
        while len(chosen) <= MOST_DOUBTS:
            rest = frozenset(self.doubts) - chosen
            costly = next((found for one in _worlds(sorted(chosen)) if (found := self._costly(one, rest))), None)
            if costly is None:
                return tuple(sorted(chosen))
            chosen |= costly
        return None

    def _costly(self, holding: Settled, rest: Settled) -> Settled:
        """Ties of the rest that do not fit where they all hold, unless it is proved that they cost nothing.

        The proof: the best division found with all of the rest costs, at every corner of the sizes, no more than the
        best without any of the rest, and without the states of unknown size whose ties all fit.
        """
        if not rest:
            return rest
        every = self.divided(holding | rest)
        wrong = every.network.frustrated(every.camps)
        ends = every.network.source, every.network.target
        open_, strained = self.least < self.most, np.zeros(len(self.least), dtype=bool)
        strained[np.concatenate([end[wrong] for end in ends])] = True
        if (open_ & strained).sum() > MOST_OPEN:
            return rest
        idle = open_ & ~strained
        friends, foes = (table & ~idle & ~idle[:, None] for table in self.at(holding))
        for size in corners(self.least, self.most, open_ & strained):
            without = solved(friends, foes, size)
            if not without.proved or without.index != (wrong * size[ends[0]] * size[ends[1]]).sum():
                return (
                    _misfits(every.network, every.camps, rest) or _misfits(every.network, without.camps, rest) or rest
                )
        return frozenset()

    @property
    def worlds(self) -> tuple[Settled, ...]:
        """Every way of settling the decisive doubts, that in which none of them holds first."""
        return tuple(_worlds(self.decisive or ()))

    @cached_property
    def network(self) -> SignedNetwork:
        """Every tie that may hold and pull, as if it were friendly: its blocks are those that any world is made of."""
        either = (self.friends.possible | self.foes.possible) & ~(self.friends.sure & self.foes.sure)
        return _network(either, np.zeros_like(either))

    @cached_property
    def contents(self) -> tuple[list[tuple[bytes, ...]], list[set[tuple[bytes, ...]]]]:
        """By state, its own ties, and the blocks that it is part of."""
        return _own_ties(self), _block_contents(self)

    def at(self, holding: Collection[Doubt]) -> tuple[Bools, Bools]:
        """Friends and foes [n, n] in the world where of all ties in doubt just these hold."""
        friends, foes = self.friends.sure.copy(), self.foes.sure.copy()
        for i, j, kind, _ in holding:
            table = friends if kind == "friend" else foes
            table[i, j] = table[j, i] = True
        return friends, foes

    @cached_property
    def _kept(self) -> dict[tuple[str, Settled], Torn | Frustration]:
        """What was found out of its worlds: to ask it again for every state costs nothing."""
        return {}

    def torn_in(self, holding: Settled) -> Torn:
        """The range over all optimal divisions in one world, whatever sizes are not known."""
        kept = self._kept.get(("torn", holding))
        if not isinstance(kept, Torn):
            sizes = self.least, self.most
            kept = _torn(len(self.least), *(table.tobytes() for table in (*self.at(holding), *sizes)))
            self._kept["torn", holding] = kept
        return kept

    def divided(self, holding: Settled) -> Frustration:
        """The optimal divisions of one world at the least sizes."""
        kept = self._kept.get(("divided", holding))
        if not isinstance(kept, Frustration):
            kept = self._kept["divided", holding] = solved(*self.at(holding), self.least)
        return kept

    def at_best_sizes(self) -> Relations:
        """The best sizes where they are known, and the whole interval only where they are not."""
        known = self.best > 0
        if bool((self.least == self.most).all()):
            return self
        return replace(self, least=np.where(known, self.best, self.least), most=np.where(known, self.best, self.most))


@dataclass(frozen=True)
class Torn:
    """Least and most [n] that is frustrated of each state's ties, each tie by the size of its far end.

    `exact` is False where it is a bound that no optimal division need reach. (Where a state is friend and foe at once
    of one whose size is not known, the two ends may belong to different sizes even so.)
    """

    low: Integers
    high: Integers
    exact: Bools


_met: dict[bytes, Relations] = {}  # the last few, so that what a reading found out its bounds need not


def relations_of(arrays: Arrays, *, kinds: Sequence[str], without: Collection[str], by_power: bool) -> Relations:
    """Friends and foes of arrays; the same object again where the same relations were met a little before."""
    found = _relations_of(arrays, kinds=kinds, without=without, by_power=by_power)
    ties = [part.tobytes() for one in (found.friends, found.foes) for part in (one.sure, one.possible, one.doubt)]
    sizes = [part.tobytes() for part in (found.least, found.best, found.most)]
    content = hashlib.sha256(b"\0".join([str(len(found.least)).encode(), *ties, *sizes, *found.origin])).digest()
    found = _met.pop(content, found)
    _met[content] = found
    if len(_met) > _KEPT:
        del _met[next(iter(_met))]
    return found


def _relations_of(arrays: Arrays, *, kinds: Sequence[str], without: Collection[str], by_power: bool) -> Relations:
    """Friends by the `kinds` of pledge in either direction, the treaties `without` left out, and foes by hostility.

    Raises MissingData where hostility is not covered on that day.
    """
    if arrays.hostility is None:
        raise MissingData("it is not known who was hostile to whom then", do="choose another source of hostility")
    friends = Ties.none(len(arrays.states))
    for kind in kinds:
        pledged = arrays.ties(kind, without=without)
        friends = friends.united_with(pledged).united_with(pledged.reversed())
    if not by_power:
        one = np.ones(len(arrays.states), dtype=np.int64)
        return Relations(friends, arrays.hostility, one, one, one)
    power = arrays.power
    lowest, highest = float(power.low.max(initial=0.0)), float(power.high.max(initial=0.0))
    least, most = _size(power.low, highest), _size(power.high, lowest)
    unknown = np.isnan(power.best)
    top = float(power.best[~unknown].max(initial=0.0))
    best = np.where(unknown, 0, _size(np.where(unknown, 0.0, power.best), top))
    if power.high[unknown].max(initial=0.0) > top:  # the mightiest itself is not known
        best = np.zeros_like(least)
    mightiest = np.where(power.high >= lowest, np.stack([power.low, power.best, power.high]), -1.0).tobytes()
    hangs_on = zip(*(plane.tolist() for plane in (least, most, power.low, power.best, power.high)), strict=True)
    origin = tuple(b"" if one == other else repr(own).encode() + mightiest for one, other, *own in hangs_on)
    return Relations(friends, arrays.hostility, least, np.where(least == most, least, best), most, origin)


def _size(power: Floats, top: float) -> Integers:
    """Thousandths of the mightiest, the next whole number, from 1 to 1,000."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = np.where(power >= top, 1.0, power / top)
    size: Integers = np.clip(np.ceil(np.round(THOUSAND * share, 9)), 1, THOUSAND).astype(np.int64)
    return size


def torn(relations: Relations) -> Torn:
    """The range over every optimal division in every world that may be."""
    if relations.decisive is None:
        return _bounded(relations)
    found = [relations.torn_in(holding) for holding in relations.worlds]
    if len(relations.decisive) < len(relations.doubts) and not all(one.exact.all() for one in found):
        return _bounded(relations)
    low = np.min([one.low for one in found], axis=0)
    high = np.max([one.high for one in found], axis=0)
    return Torn(low, high, np.all([one.exact for one in found], axis=0))


def torn_between(before: Relations, after: Relations) -> tuple[Integers, Integers]:
    """Least and most [n] by which what is frustrated grows; a doubt is settled the same way before and after.

    Camps need not be the same: before and after, any of the optimal divisions may stand.
    """
    old, new = torn(before), torn(after)
    least, most = new.low - old.high, new.high - old.low
    if before.decisive is None or after.decisive is None or not (old.exact.all() and new.exact.all()):
        return least, most
    first, second = frozenset(before.decisive), frozenset(after.decisive)
    every = sorted(first | second)
    if len(every) > MOST_DOUBTS:
        return least, most
    grown = []
    for holding in _worlds(every):
        old, new = before.torn_in(holding & first), after.torn_in(holding & second)
        grown.append((new.low - old.high, new.high - old.low))
    return np.min([one for one, _ in grown], axis=0), np.max([one for _, one in grown], axis=0)


def _worlds(doubts: Sequence[Doubt]) -> Iterator[Settled]:
    for chosen in product((False, True), repeat=len(doubts)):
        yield frozenset(doubt for doubt, holds in zip(doubts, chosen, strict=True) if holds)


@lru_cache(maxsize=1024)
def _torn(n: int, friends: bytes, foes: bytes, least: bytes, most: bytes) -> Torn:
    friendly, hostile = (np.frombuffer(raw, dtype=bool).reshape(n, n) for raw in (friends, foes))
    low, high = (np.frombuffer(raw, dtype=np.int64) for raw in (least, most))
    result = _solved(n, friends, foes, least)
    fewest, largest, exact = tie_frustration_between(result, high, time_limit=_SECONDS, cap=_OPTIMA)
    both = (friendly & hostile).astype(np.int64)
    return Torn(fewest + both @ low, largest + both @ high, exact)


def _bounded(relations: Relations) -> Torn:
    """Where doubts are too many: what no optimal division of any world exceeds, for states in blocks with a doubt."""
    network, pairs = relations.network, {(i, j) for i, j, _, _ in relations.doubts}
    doubtful = np.zeros(network.n, dtype=bool)
    half = np.zeros(network.n, dtype=np.int64)
    doubtful[[row for pair in pairs for row in pair]] = True
    for block in blocks_of(network):
        ends = zip(network.source[block.ties].tolist(), network.target[block.ties].tolist(), strict=True)
        doubtful[block.nodes] |= not pairs.isdisjoint(ends)
        half += half_of_ties(network, block, relations.most)
    certain = relations.torn_in(frozenset())
    least = (relations.friends.sure & relations.foes.sure) @ relations.least
    most = half + (relations.friends.possible & relations.foes.possible) @ relations.most
    low, high = np.where(doubtful, least, certain.low), np.where(doubtful, most, certain.high)
    return Torn(low, high, certain.exact & ~doubtful)


def solved(friends: Bools, foes: Bools, size: Integers) -> Frustration:
    """The optimal divisions of one world; a pair that is both friend and foe has no tie in it."""
    return _solved(len(friends), *(table.tobytes() for table in (friends, foes, size)))


@lru_cache(maxsize=128)
def _solved(n: int, friends: bytes, foes: bytes, size: bytes) -> Frustration:
    positive, negative = (np.frombuffer(raw, dtype=bool).reshape(n, n) for raw in (friends, foes))
    network = _network(positive & ~negative, negative & ~positive)
    return frustration(network, size=np.frombuffer(size, dtype=np.int64), time_limit=_SECONDS, cap=_OPTIMA)


def _misfits(network: SignedNetwork, camps: Bools, doubts: Settled) -> Settled:
    wrong = network.frustrated(camps)
    pairs = set(zip(network.source[wrong].tolist(), network.target[wrong].tolist(), strict=True))
    return frozenset(doubt for doubt in doubts if doubt[:2] in pairs)


def forget() -> None:
    """Forget every division solved so far; what is asked again is solved anew."""
    _met.clear()
    _torn.cache_clear()
    _solved.cache_clear()


def _network(positive: Bools, negative: Bools) -> SignedNetwork:
    return SignedNetwork.from_matrix(positive.astype(np.int64) - negative.astype(np.int64))


def touched_camps(before: Relations, after: Relations) -> Bools:
    """[n]: whether any tie or size changed in the blocks that a state is part of, or any tie of its own."""
    (old, first), (new, second) = before.contents, after.contents
    differs = np.array([one != other for one, other in zip(old, new, strict=True)], dtype=bool)
    for i in range(len(differs)):
        differs[i] |= first[i] != second[i]
    return differs


def _own_ties(relations: Relations) -> list[tuple[bytes, ...]]:
    found = []
    for friends, foes in zip(_rows(relations.friends), _rows(relations.foes), strict=True):
        far = np.flatnonzero(friends.any(axis=0) | foes.any(axis=0))
        sizes = relations.least[far], relations.best[far], relations.most[far]
        found.append((*(part.tobytes() for part in (friends, foes, *sizes)), _origins(relations, far)))
    return found


def _origins(relations: Relations, rows: Integers) -> bytes:
    return b"".join(relations.origin[row] for row in rows.tolist()) if relations.origin else b""


def _rows(ties: Ties) -> Integers:
    """[i]: the three rows of state i."""
    return np.stack([ties.sure.astype(np.int64), ties.possible.astype(np.int64), ties.doubt], axis=1)


def _block_contents(relations: Relations) -> list[set[tuple[bytes, ...]]]:
    """For each state the blocks it is part of: ties of both kinds with their doubts, and sizes."""
    network = relations.network
    found: list[set[tuple[bytes, ...]]] = [set() for _ in range(network.n)]
    ties = (relations.friends, relations.foes)
    tables = [table for one in ties for table in (one.sure, one.possible, one.doubt)]
    sizes = np.stack([relations.least, relations.best, relations.most])
    for block in blocks_of(network):
        ends = network.source[block.ties], network.target[block.ties]
        parts = (*ends, *(table[ends] for table in tables), sizes[:, block.nodes])
        content = (*(part.tobytes() for part in parts), _origins(relations, block.nodes))
        for i in block.nodes.tolist():
            found[i].add(content)
    return found
