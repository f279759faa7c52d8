"""The architecture at the start, and what each package makes of it.

Levers that do not interplay add up, so what a package does is put together from what its groups of levers do, each
group tried once; the packages of a frontier are applied as changes besides, step by step, and have to come out alike.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np

from indivisible.architecture.acts import take
from indivisible.architecture.architecture import Architecture
from indivisible.architecture.arrays import Arrays, Bools, changed_fields
from indivisible.architecture.change import Step
from indivisible.architecture.draft import Draft
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.architecture.steps import OPPOSITE, refuse_contradictions, targets_of
from indivisible.assess.comparison import Comparison, compared
from indivisible.errors import ChangeError, UnknownName
from indivisible.explore.interplay import Interplay, bits, clusters, contradictions, places_of
from indivisible.explore.lever import Lever, change_of_levers, steps_in_order
from indivisible.explore.part import Baseline, Part
from indivisible.record.record import Record

NAME = "package"
_DRAFTS, _PARTS = 512, 8192  # how many are kept; the others are made again
Refused = ChangeError | UnknownName
Key = TypeVar("Key")
Value = TypeVar("Value")


class Kept(OrderedDict[Key, Value]):
    """What was asked for last; the oldest is forgotten where there is more than `most`."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def put(self, key: Key, value: Value) -> Value:
        """Keep a value, and forget the one that was not asked for longest."""
        self[key] = value
        if len(self) > self.most:
            self.popitem(last=False)
        return value

    def asked(self, key: Key) -> Value | None:
        """A value that is kept; None otherwise."""
        if key not in self:
            return None
        self.move_to_end(key)
        return self[key]


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
    against: tuple[tuple[int, int], ...] = ()  # levers that contradict each other, two by two
    names: tuple[str, ...] = ()  # of the treaties and organisations that levers touch
    targets: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    start: Comparison | None = None

    def __post_init__(self) -> None:
        seen = Interplay(self.levers, Draft.of(self.before, self.record, NAME))
        self.groups = clusters(seen)
        named = {token[1] for tokens in seen.tokens for token in tokens if token[0] in ("treaty", "organization")}
        self.names = tuple(sorted({"", *named}))
        self.start = self.comparison(0)
        steps = [step for lever in self.levers for step in lever.steps]
        every = [*steps, *(effect for step in steps for effect in step.effects)]
        self.targets = {step.id: tuple(targets_of(step, seen.draft)) for step in every}
        self._forget()
        likely = contradictions(self.levers, self.targets, OPPOSITE)
        self.against = tuple((a, b) for a, b in likely if "contradiction" in self.impossible(bits((a, b))))

    def _forget(self) -> None:
        self.arrays = self.comparison(0).arrays_before if self.start is None else self.start.arrays_before
        self.base = Baseline(self.before, self.arrays, self.power, self.outside)
        for name in self.names:
            self.base.treaties.setdefault(name, len(self.base.treaties))
        self.group_of = {k: n for n, group in enumerate(self.groups) for k in group}
        self.drafts: Kept[tuple[str, ...], Draft | Refused] = Kept(_DRAFTS)
        self.tried: Kept[int, Part] = Kept(_PARTS)
        self.last_parts: tuple[int, list[tuple[int, Part]]] = (0, [])
        self.last_after: tuple[int, Arrays] = (0, self.arrays)

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: all but what can be made again."""
        left_out = {"base", "drafts", "tried", "last_parts", "last_after", "arrays"}
        return {name: value for name, value in self.__dict__.items() if name not in left_out}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._forget()

    def taken(self, package: int) -> tuple[Lever, ...]:
        """The levers of a package."""
        return tuple(self.levers[k] for k in places_of(package))

    def comparison(self, package: int, *, name: str = NAME) -> Comparison:
        """The start and what a package makes of it, each step applied as in any change. Raises ChangeError."""
        if not package and self.start is not None:
            return self.start
        change = change_of_levers(name, name, self.taken(package))
        return compared(
            self.record, change, self.before, power=self.power, hostility=self.hostility, outside=self.outside
        )

    def parts(self, package: int) -> list[tuple[int, Part]]:
        """Each group of the package's levers with what it does; groups that take none are left out."""
        if self.last_parts[0] != package:
            masks: dict[int, int] = {}
            for k in places_of(package):
                group = self.group_of[k]
                masks[group] = masks.get(group, 0) | 1 << k
            self.last_parts = package, [(mask, self._part(mask)) for mask in masks.values()]
        return self.last_parts[1]

    def impossible(self, package: int) -> str:
        """Why a package cannot be taken at all; empty if it can."""
        return next((part.impossible for _, part in self.parts(package) if part.impossible), "")

    def after(self, package: int) -> Arrays:
        """The arrays that a possible package makes of the start, put together from its parts."""
        if self.last_after[0] != package:
            self.last_after = package, self._together([part for _, part in self.parts(package)])
        return self.last_after[1]

    def seen(self, package: int, reads: frozenset[str]) -> int:
        """The levers of a package whose groups change anything that is read; packages that agree in it are alike."""
        found = 0
        for mask, part in self.parts(package):
            if not reads.isdisjoint(part.reads):
                found |= mask
        return found

    def ever(self, kinds: tuple[str, ...]) -> tuple[dict[str, Bools], dict[str, Bools]] | None:
        """By kind, which pledges any package brings and which it ends; None where that is not quickly known."""
        if sum(1 << min(len(group), 64) for group in self.groups) > _PARTS:
            return None
        n = len(self.arrays.states)
        added = {kind: np.zeros((n, n), dtype=bool) for kind in kinds}
        gone = {kind: np.zeros((n, n), dtype=bool) for kind in kinds}
        for group in self.groups:
            for chosen in range(1, 1 << len(group)):
                part = self._part(bits(group[k] for k in places_of(chosen)))
                if part.planes:
                    return None
                for kind in kinds:
                    if (moved := part.moves.get(kind)) is not None:
                        more = moved.more > 0
                        added[kind][moved.senders[more], moved.receivers[more]] = True
                        gone[kind][moved.senders[~more], moved.receivers[~more]] = True
        return added, gone

    def confirmed(self, package: int) -> Comparison:
        """The package applied step by step as a change; it has to come out as it was put together."""
        found = self.comparison(package)
        differ = changed_fields(self.after(package), found.arrays_after)
        if differ:
            ids = ", ".join(lever.id for lever in self.taken(package))
            raise AssertionError(f"{ids}: put together and applied differ in {', '.join(sorted(differ))}")
        return found

    def _part(self, mask: int) -> Part:
        known = self.tried.asked(mask)
        if known is not None:
            return known
        steps = steps_in_order(self.taken(mask))
        try:
            refuse_contradictions(steps, self._begun(), known=self.targets)
            return self.tried.put(mask, self.base.part(self._draft(steps)))
        except (ChangeError, UnknownName) as problem:
            return self.tried.put(mask, Part(impossible=problem.what))

    def _begun(self) -> Draft:
        return Draft.of(self.before, self.record, NAME)

    def _draft(self, steps: Sequence[Step]) -> Draft:
        """The working copy after these steps; groups that begin with the same steps share the way."""
        ids = tuple(step.id for step in steps)
        known, found = 0, None
        for length in range(len(ids), 0, -1):
            found = self.drafts.asked(ids[:length])
            if found is not None:
                known = length
                break
        draft = found if found is not None else self._begun()
        for n in range(known, len(ids)):
            if isinstance(draft, ChangeError | UnknownName):
                break
            draft = self.drafts.put(ids[: n + 1], _taken(steps[n], draft))
        if isinstance(draft, ChangeError | UnknownName):
            raise draft
        return draft

    def _together(self, parts: Sequence[Part]) -> Arrays:
        found: dict[str, Any] = {}
        shared = self.arrays.shared_organizations
        for part in parts:
            for name, patch in part.planes.items():
                found[name] = patch.on(found.get(name, getattr(self.arrays, name)))
            if part.shares is not None:
                places, more = part.shares
                shared = shared.copy()
                shared.ravel()[places] += more
        return replace(self.arrays, **found, shared_organizations=shared, promises=self.base.promises(parts))


def _taken(step: Step, draft: Draft) -> Draft | Refused:
    after = replace(draft)
    try:
        take(step, after)
    except (ChangeError, UnknownName) as problem:  # all names are looked up: it is not founded yet
        return problem
    return after
