"""What one group of levers does to an architecture: the pledges, figures and memberships that differ afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from indivisible.architecture.architecture import Architecture, Membership, Pledge
from indivisible.architecture.arrays import Arrays, Bools, Floats, Integers, Plane, Promises
from indivisible.architecture.draft import Draft
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.architecture.to_arrays import planes_of
from indivisible.models.pledge_moves import PledgeMoves


@dataclass(frozen=True, slots=True)
class Moved:
    """Pledges of one kind that come and go: [e] by which treaty, from whom, to whom, whether certain, how many more."""

    treaty: Integers
    senders: Integers
    receivers: Integers
    certain: Bools
    more: Integers

    def certainly(self, without: Iterable[int]) -> PledgeMoves:
        """Those that are certain, of treaties that are not left out, pair by pair."""
        kept = self.certain & ~np.isin(self.treaty, list(without))
        return PledgeMoves.summed(self.senders[kept], self.receivers[kept], self.more[kept])


@dataclass(frozen=True, slots=True)
class Patch:
    """Entries of a plane that are others: at which places (in the flat plane), with what bounds."""

    places: Integers
    low: Floats
    best: Floats
    high: Floats

    def on(self, plane: Plane) -> Plane:
        """The plane with these entries."""
        found = []
        for old, new in ((plane.low, self.low), (plane.best, self.best), (plane.high, self.high)):
            changed = old.copy()
            changed.ravel()[self.places] = new
            found.append(changed)
        return Plane(*found)


@dataclass(frozen=True, slots=True)
class Part:
    """What one group of levers does; `reads` names the arrays that differ, `impossible` says why it cannot be taken.

    `shares` are the places and the differences in how many organisations two states share.
    """

    moves: Mapping[str, Moved] = field(default_factory=dict)
    planes: Mapping[str, Patch] = field(default_factory=dict)
    shares: tuple[Integers, Integers] | None = None
    reads: frozenset[str] = frozenset()
    impossible: str = ""


class Baseline:
    """The start, in the form in which differences from it are quickly found."""

    def __init__(self, before: Architecture, arrays: Arrays, power: str, outside: Outside = NOTHING) -> None:
        self.before, self.arrays, self.power, self.outside = before, arrays, power, outside
        self.row = {state: i for i, state in enumerate(before.states)}
        self.pledges = {id(one): one for one in before.pledges}
        self.seats = {id(one): one for one in before.memberships}
        names = sorted({name for made in arrays.promises for name in made.treaties})
        self.treaties = {name: k for k, name in enumerate(names)}

    def part(self, draft: Draft) -> Part:
        """What the steps taken in a working copy of the start have changed."""
        moves = self._moves(draft.pledges)
        planes = self._planes(draft)
        shares = self._shares(draft)
        names = {*planes, *(f"pledges.{kind}" for kind in moves)}
        return Part(moves, planes, shares, frozenset(names if shares is None else {*names, "shared_organizations"}))

    def _moves(self, after: Sequence[Pledge]) -> dict[str, Moved]:
        if after is self.before.pledges:
            return {}
        new = [one for one in after if id(one) not in self.pledges]
        kept = len(after) - len(new)
        gone: list[Pledge] = []
        if kept < len(self.pledges):
            still = set(map(id, after))
            gone = [one for key, one in self.pledges.items() if key not in still]
        counted: dict[str, Counter[tuple[int, int, int, bool]]] = {}
        for listed, by in ((new, 1), (gone, -1)):
            for one in listed:
                if one.sender in self.row and one.receiver in self.row and one.sender != one.receiver:
                    treaty = self.treaties.setdefault(one.treaty, len(self.treaties))
                    entry = (treaty, self.row[one.sender], self.row[one.receiver], one.certain)
                    counted.setdefault(one.kind, Counter())[entry] += by
        return {kind: moved for kind, found in sorted(counted.items()) if (moved := _moved(found)) is not None}

    def _planes(self, draft: Draft) -> dict[str, Patch]:
        before = self.before
        if (draft.figures, draft.caps, draft.deployments) == (before.figures, before.caps, before.deployments):
            return {}
        after = replace(before, figures=draft.figures, caps=draft.caps, deployments=draft.deployments)
        found = {}
        for name, plane in planes_of(after, power=self.power, outside=self.outside).items():
            places = np.flatnonzero(~getattr(self.arrays, name).same_as(plane))
            if len(places):
                found[name] = Patch(places, *(one.ravel()[places] for one in (plane.low, plane.best, plane.high)))
        return found

    def _shares(self, draft: Draft) -> tuple[Integers, Integers] | None:
        if draft.memberships is self.before.memberships:
            return None
        now = {id(one): one for one in draft.memberships}
        touched = [one for key, one in now.items() if key not in self.seats]
        touched += [one for key, one in self.seats.items() if key not in now]
        difference = np.zeros((len(self.row), len(self.row)), dtype=np.int64)
        for organization in sorted({one.organization for one in touched}):
            roles = draft.full_roles(organization)
            for seats, by in ((draft.memberships, 1), (self.before.memberships, -1)):
                rows = sorted({self.row[one.state] for one in seats if _full(one, organization, roles, self.row)})
                difference[np.ix_(rows, rows)] += by
        np.fill_diagonal(difference, 0)
        places = np.flatnonzero(difference)
        return (places, difference.ravel()[places]) if len(places) else None

    def promises(self, parts: Sequence[Part]) -> tuple[Promises, ...]:
        """All pledges of the start with those of several parts."""
        kinds = sorted({kind for part in parts for kind in part.moves})
        found = {made.kind: made for made in self.arrays.promises}
        for kind in kinds:
            made = self._promises(kind, found.pop(kind, None), [p.moves[kind] for p in parts if kind in p.moves])
            if len(made.senders):
                found[kind] = made
        return tuple(found[kind] for kind in sorted(found))

    def _promises(self, kind: str, held: Promises | None, moved: Sequence[Moved]) -> Promises:
        listed = list(moved)
        if held is not None:
            treaty = np.array([self.treaties[name] for name in held.treaties], dtype=np.int64)[held.treaty]
            ones = np.ones(len(treaty), dtype=np.int64)
            listed.insert(0, Moved(treaty, held.senders, held.receivers, held.certain, ones))
        n = len(self.row)
        keys = np.concatenate([((m.treaty * n + m.senders) * n + m.receivers) * 2 + m.certain for m in listed])
        spots, back = np.unique(keys, return_inverse=True)
        total = np.bincount(back, weights=np.concatenate([m.more for m in listed])).astype(np.int64)
        key = np.repeat(spots, np.maximum(total, 0))
        pair = key // 2
        return Promises(kind, tuple(self.treaties), pair // (n * n), pair // n % n, pair % n, key % 2 == 1)


def _moved(found: Mapping[tuple[int, int, int, bool], int]) -> Moved | None:
    listed = [(*entry, number) for entry, number in sorted(found.items()) if number]
    if not listed:
        return None
    table = np.array(listed, dtype=np.int64)
    return Moved(table[:, 0], table[:, 1], table[:, 2], table[:, 3] == 1, table[:, 4])


def _full(one: Membership, organization: str, roles: Sequence[str], row: Mapping[str, int]) -> bool:
    held = one.organization == organization and one.role in roles and one.layer == "legal" and one.certain
    return held and one.state in row
