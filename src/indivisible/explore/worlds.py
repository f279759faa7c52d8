"""The architecture at the start, and what each package makes of it.

Levers that do not interplay add up, so what a package does is put together from what its groups of levers do, each
group tried once; the packages that a search returns are applied as changes and read again, step by step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.arrays import PLEDGE_KINDS, Arrays, Integers, Plane, Promises
from indivisible.architecture.draft import Draft
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.assess.comparison import Comparison, compared
from indivisible.errors import ChangeError
from indivisible.explore.interplay import bits, clusters
from indivisible.explore.lever import Lever, change_of_levers
from indivisible.record.record import Record

Entry = tuple[str, int, int, bool]  # treaty, sender, receiver, certain
PLANES = ("power", "warheads", "deployments", "capability", "expenditure")


@dataclass(frozen=True)
class Part:
    """What one group of levers does: pledges that come and go by kind, and figures that are others.

    `arrays` is the architecture with this group alone; `impossible` says why it cannot be taken.
    """

    arrays: Arrays | None
    moves: Mapping[str, Counter[Entry]]
    planes: tuple[str, ...]
    shares: bool
    impossible: str = ""


@dataclass
class Worlds:
    """The start of a search, its levers, and what has been tried so far."""

    record: Record
    before: Architecture
    levers: tuple[Lever, ...]
    power: str
    hostility: str
    outside: Outside = NOTHING
    groups: tuple[tuple[int, ...], ...] = ()
    parts: dict[int, Part] = field(default_factory=dict)
    start: Comparison | None = None

    def __post_init__(self) -> None:
        self.groups = clusters(self.levers, Draft.of(self.before, self.record, "design"))

    @property
    def arrays(self) -> Arrays:
        """The start as arrays."""
        if self.start is None:
            self.start = self.comparison(0)
        return self.start.arrays_before

    def taken(self, package: int) -> tuple[Lever, ...]:
        """The levers of a package."""
        return tuple(lever for k, lever in enumerate(self.levers) if package >> k & 1)

    def comparison(self, package: int, *, name: str = "package") -> Comparison:
        """The start and what a package makes of it, each step applied as in any change. Raises ChangeError."""
        change = change_of_levers(name, name, self.taken(package))
        return compared(
            self.record, change, self.before, power=self.power, hostility=self.hostility, outside=self.outside
        )

    def parts_of(self, package: int) -> list[Part]:
        """What each group of the package's levers does; groups that take none are left out."""
        found = []
        for group in self.groups:
            mask = package & bits(group)
            if mask:
                if mask not in self.parts:
                    self.parts[mask] = self._part(mask)
                found.append(self.parts[mask])
        return found

    def impossible(self, package: int) -> str:
        """Why a package cannot be taken at all; empty if it can."""
        return next((part.impossible for part in self.parts_of(package) if part.impossible), "")

    def after(self, package: int) -> Arrays:
        """The arrays that a possible package makes of the start, put together from its parts."""
        parts = self.parts_of(package)
        if not parts:
            return self.arrays
        if len(parts) == 1:
            assert parts[0].arrays is not None
            return parts[0].arrays
        return together(self.arrays, parts)

    def seen(self, package: int, reads: frozenset[str]) -> int:
        """The levers of a package whose groups change anything that is read; packages that agree in it are alike."""
        found = 0
        for part, mask in zip(self.parts_of(package), self._masks(package), strict=True):
            names = {*part.planes, *(f"pledges.{kind}" for kind in part.moves)}
            if names & reads or (part.shares and "shared_organizations" in reads):
                found |= mask
        return found

    def _masks(self, package: int) -> list[int]:
        return [mask for group in self.groups if (mask := package & bits(group))]

    def _part(self, mask: int) -> Part:
        try:
            found = self.comparison(mask).arrays_after
        except ChangeError as problem:
            return Part(None, {}, (), False, str(problem))
        before = self.arrays
        return Part(
            found,
            {kind: moved for kind in PLEDGE_KINDS if (moved := _moved(before, found, kind))},
            tuple(name for name in PLANES if not getattr(before, name).same_as(getattr(found, name)).all()),
            not np.array_equal(before.shared_organizations, found.shared_organizations),
        )


def entries(arrays: Arrays, kind: str) -> Counter[Entry]:
    """How many pledges of a kind there are, by treaty, sender, receiver and whether they are certain."""
    found: Counter[Entry] = Counter()
    for made in arrays.promises:
        if made.kind == kind:
            names = [made.treaties[t] for t in made.treaty.tolist()]
            found.update(zip(names, made.senders.tolist(), made.receivers.tolist(), made.certain.tolist(), strict=True))
    return found


def _moved(before: Arrays, after: Arrays, kind: str) -> Counter[Entry]:
    """Pledges that came (above 0) and went (below)."""
    moved = entries(after, kind)
    moved.subtract(entries(before, kind))
    return Counter({entry: number for entry, number in moved.items() if number})


def together(before: Arrays, parts: Sequence[Part]) -> Arrays:
    """The arrays with what several parts do, each to pledges and figures of its own."""
    planes: dict[str, Any] = {}
    shared: Integers = before.shared_organizations
    for part in parts:
        assert part.arrays is not None
        for name in part.planes:
            old, new = getattr(before, name), getattr(part.arrays, name)
            planes[name] = _with(planes.get(name, old), old, new)
        if part.shares:
            shared = shared + part.arrays.shared_organizations - before.shared_organizations
    return replace(before, **planes, shared_organizations=shared, promises=tuple(_promises(before, parts)))


def _with(now: Plane, old: Plane, new: Plane) -> Plane:
    """A plane with the entries that differ between two others."""
    moved = ~old.same_as(new)
    return Plane(
        np.where(moved, new.low, now.low), np.where(moved, new.best, now.best), np.where(moved, new.high, now.high)
    )


def _promises(before: Arrays, parts: Sequence[Part]) -> Iterator[Promises]:
    for kind in PLEDGE_KINDS:
        moved: Counter[Entry] = Counter()
        for part in parts:
            moved.update(part.moves.get(kind, Counter()))
        held = entries(before, kind)
        if moved:
            held.update(moved)
        listed = sorted(entry for entry, number in held.items() for _ in range(number))
        if not listed:
            continue
        names = sorted({entry[0] for entry in listed})
        place = {name: n for n, name in enumerate(names)}
        table = np.array([(place[t], a, b, c) for t, a, b, c in listed], dtype=np.int64)
        yield Promises(kind, tuple(names), table[:, 0], table[:, 1], table[:, 2], table[:, 3] == 1)
