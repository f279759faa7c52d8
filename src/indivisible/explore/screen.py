"""A quick look at packages: who loses, with everything unknown at one point of its bounds.

Whoever loses at one point does not surely keep what he has, so a loss found here is proof that a package is not
harmless. That nobody loses here proves nothing: those packages are judged in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats
from indivisible.architecture.points import Point, settled, unknowns
from indivisible.assess.verdict import threshold
from indivisible.explore.part import Part
from indivisible.explore.worlds import Kept, Worlds
from indivisible.models.base import Model, Settings
from indivisible.models.many_pledges import at_once
from indivisible.models.pledge_moves import AtOnce, Moves, left_out

ROUNDING = 1e-9  # a loss this close to the bound of materiality is left to the full judgement
_STANDS = 96  # packages from which others go on


@dataclass
class Screen:
    """One model with its constants, ready to look at packages of one start."""

    worlds: Worlds
    model: Model
    settings: Settings
    materiality: float

    def __post_init__(self) -> None:
        start = self.worlds.arrays
        self.point = Point(dict.fromkeys(unknowns((start,), read=self.model.reads), 0.0))
        (self.base,) = settled((start,), self.point, read=self.model.reads)
        first = self.model.read(self.base, self.settings)
        self.before, self.unopposed = first.best, first.unopposed
        self.bound = threshold(self.model.scale, self.materiality, self.model.read(start, self.settings).unit)
        self.quick: AtOnce | None = at_once(self.base, self.settings)
        self.margin = ROUNDING if self.quick is None else self.quick.error
        self.moves: Kept[int, Moves] = Kept(4096)
        self.stands: Kept[tuple[int, ...], Any] = Kept(_STANDS)
        self.last: tuple[int, Floats] = (0, np.zeros(len(start.states)))

    def change(self, package: int) -> Floats:
        """[n]: the change of every score at the point; NaN where there is none, infinite where attacks begin."""
        if self.last[0] != package:
            self.last = package, self._change(package, self.worlds.parts(package))
        return self.last[1]

    def lose(self, package: int) -> Bools:
        """[n]: who surely does not keep what he has."""
        lost: Bools = self.change(package) < -(self.bound + self.margin)
        return lost

    def may_gain(self, package: int) -> Bools:
        """[n]: whose gain is not ruled out."""
        gained: Bools = ~(self.change(package) <= self.bound - self.margin)
        return gained

    def _change(self, package: int, parts: list[tuple[int, Part]]) -> Floats:
        read = self.model.reads
        kept = [(mask, part) for mask, part in parts if not read.isdisjoint(part.reads)]
        if not kept:
            return np.zeros(len(self.before))
        if self.quick is not None and not any(read & part.planes.keys() for _, part in kept):
            return self.quick.change(self._stand(kept))
        after = self.worlds.after(package)
        _, second = settled((self.worlds.arrays, after), self._point_of(after), read=read)
        found = self.model.read(second, self.settings)
        with np.errstate(invalid="ignore"):
            change = found.best - self.before
        opened = self.unopposed & ~found.unopposed
        change = np.where(opened, -np.inf, np.where(found.unopposed, np.nan, change))
        touched = np.asarray(self.model.touched(self.worlds.arrays, after, self.settings), dtype=bool)
        return np.where(touched, change, 0.0)

    def _stand(self, kept: list[tuple[int, Part]]) -> Any:
        """Where the quick reading stands after these parts; packages that begin alike share the way."""
        assert self.quick is not None
        masks = tuple(mask for mask, _ in kept)
        known, stand = 0, self.quick.begin()
        for length in range(len(masks), 0, -1):
            found = self.stands.asked(masks[:length])
            if found is not None:
                known, stand = length, found
                break
        for n in range(known, len(masks)):
            stand = self.quick.moved(stand, self.moves_of(*kept[n]))
            self.stands.put(masks[: n + 1], stand)
        return stand

    def moves_of(self, mask: int, part: Part) -> Moves:
        """The pledges that a part moves, as the quick reading takes them."""
        found = self.moves.asked(mask)
        if found is None:
            assert self.quick is not None
            treaties, by_kind = self.worlds.base.treaties, {}
            for kind in self.quick.kinds:
                if kind in part.moves:
                    without = [treaties[name] for name in left_out(kind, self.settings) if name in treaties]
                    by_kind[kind] = part.moves[kind].certainly(without)
            found = self.moves.put(mask, by_kind)
        return found

    def _point_of(self, after: Arrays) -> Point:
        return Point(dict.fromkeys(unknowns((self.worlds.arrays, after), read=self.model.reads), 0.0))
