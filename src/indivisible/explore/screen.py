"""A quick look at packages: who loses, with everything unknown at one point of its bounds.

Whoever loses at one point does not surely keep what he has, so a loss found here is proof that a package is not
harmless. That nobody loses here proves nothing: those packages are judged in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from indivisible.architecture.arrays import Arrays, Floats
from indivisible.architecture.points import Point, settled, unknowns
from indivisible.assess.verdict import threshold
from indivisible.explore.worlds import Entry, Part, Worlds
from indivisible.models.base import Model, Settings
from indivisible.models.coalitions import EU_42_7_TREATIES
from indivisible.models.many_pledges import DeterrenceAtOnce, DistanceAtOnce, Moves, PledgeMoves, covers

MARGIN = 1e-9  # a loss this close to the bound of materiality is left to the full judgement


class AtOnce(Protocol):
    """Reads many packages of pledges from one baseline."""

    def changes(self, moves: Moves) -> Floats: ...


@dataclass
class Screen:
    """One model with its constants, ready to look at packages of one start."""

    worlds: Worlds
    model: Model
    settings: Settings
    materiality: float

    def __post_init__(self) -> None:
        self.point = Point(dict.fromkeys(unknowns((self.worlds.arrays,), read=self.model.reads), 0.0))
        (self.base,) = settled((self.worlds.arrays,), self.point, read=self.model.reads)
        first = self.model.read(self.base, self.settings)
        self.before, self.unopposed = first.best, first.unopposed
        self.bound = threshold(self.model.scale, self.materiality, first.unit) + MARGIN
        self.quick = self._at_once()
        self.moves: dict[int, Moves] = {}
        self.last: tuple[int, Floats] | None = None

    margin = MARGIN

    def change(self, package: int) -> Floats:
        """[n]: the change of every score at the point; NaN where there is none, infinite where attacks begin."""
        if self.last is None or self.last[0] != package:
            self.last = package, self._change(package, self.worlds.parts_of(package))
        return self.last[1]

    def _change(self, package: int, parts: Sequence[Part]) -> Floats:
        if self.quick is not None and not any(set(part.planes) & self.model.reads for part in parts):
            return self.quick.changes(self._moves(parts))
        if not self._touched(parts):
            return np.zeros(len(self.before))
        after = self.worlds.after(package)
        _, second = settled((self.worlds.arrays, after), self._point_of(after), read=self.model.reads)
        found = self.model.read(second, self.settings)
        with np.errstate(invalid="ignore"):
            change = found.best - self.before
        opened = self.unopposed & ~found.unopposed
        return np.where(opened, -np.inf, np.where(found.unopposed, np.nan, change))

    def _touched(self, parts: Sequence[Part]) -> bool:
        for part in parts:
            names = {*part.planes, *(f"pledges.{kind}" for kind in part.moves)}
            if names & self.model.reads or (part.shares and "shared_organizations" in self.model.reads):
                return True
        return False

    def _point_of(self, after: Arrays) -> Point:
        return Point(dict.fromkeys(unknowns((self.worlds.arrays, after), read=self.model.reads), 0.0))

    def _at_once(self) -> AtOnce | None:
        if not covers(self.model.name, self.settings) or np.isnan(self.base.power.best).any():
            return None
        if self.model.name == "deterrence":
            return DeterrenceAtOnce(self.base, self.settings)
        if self.model.name == "distance":
            return DistanceAtOnce(self.base, self.settings)
        raise ValueError(self.model.name)

    def _moves(self, parts: Sequence[Part]) -> Moves:
        each = [self._moves_of(part) for part in parts]
        if len(each) == 1:
            return each[0]
        return (
            {
                kind: PledgeMoves(
                    np.concatenate([one[kind].senders for one in each]),
                    np.concatenate([one[kind].receivers for one in each]),
                    np.concatenate([one[kind].more for one in each]),
                )
                for kind in ("defence", "offence")
            }
            if each
            else {}
        )

    def _moves_of(self, part: Part) -> Moves:
        if id(part) not in self.moves:
            without = () if self.settings.switch("eu_42_7") else EU_42_7_TREATIES
            self.moves[id(part)] = {
                kind: _pledge_moves(part.moves.get(kind, Counter()), without) for kind in ("defence", "offence")
            }
        return self.moves[id(part)]


def _pledge_moves(moved: Mapping[Entry, int], without: Sequence[str]) -> PledgeMoves:
    """Pledges that are certain, those of some treaties left out; one in doubt is taken not to hold."""
    listed = [(a, b, number) for (name, a, b, sure), number in moved.items() if sure and name not in without]
    table = np.array(listed, dtype=np.int64).reshape(-1, 3)
    return PledgeMoves(table[:, 0], table[:, 1], table[:, 2])
